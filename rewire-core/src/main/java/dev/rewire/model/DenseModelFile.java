package dev.rewire.model;

import dev.rewire.dataset.Head;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.TargetScale;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.network.Network;
import dev.rewire.network.Outputs;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Dense layers that another program has written as safetensors: {@code NAME.weight} of shape
 * outputs × inputs and {@code NAME.bias} of as many outputs, as PyTorch names and lays out its
 * linear layers; F64, F32, F16 or BF16. Rows are read one by one, and what is 0 is not stored, so
 * that a layer that was pruned there is as small here.
 *
 * <p>Such a file does not say what neurons do with their sums, nor what was done to the features:
 * whoever reads it must.
 */
public final class DenseModelFile {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final Path path;
  private final FileChannel channel;
  private final Safetensors.Header header;

  private DenseModelFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    header = Safetensors.header(path, channel);
  }

  /**
   * What the file does not say.
   *
   * @param layers names of the layers from the input on, or none to take all in the order of their
   *     names, numbers in them as numbers
   * @param activation of hidden neurons
   * @param scaling of raw features
   */
  public record Reading(List<String> layers, Activation activation, Scaling scaling) {}

  /**
   * Reads a network. Its outputs are classes 0, 1, … with softmax and cross-entropy, or, if there
   * is only one, the odds of class 1.
   *
   * @param path a safetensors file
   * @param reading what the file does not say
   * @return the network; connections are the weights that are not 0
   * @throws ModelFormatException if it has other arrays, or layers that do not fit each other
   * @throws IOException if it cannot be read
   */
  public static Network read(Path path, Reading reading) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new DenseModelFile(path, channel).network(reading);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private Network network(Reading reading) throws IOException {
    List<String> names = reading.layers().isEmpty() ? names() : reading.layers();
    List<SparseLayer> layers = new ArrayList<>();
    for (String name : names) {
      Activation activation =
          layers.size() == names.size() - 1
              ? new Activation.Identity()
              : reading.activation().forHidden(layers.size());
      SparseLayer layer = layer(name, layers.size(), activation);
      if (!layers.isEmpty() && layers.getLast().outputs() != layer.inputs()) {
        throw new ModelFormatException(
            "%s: %s has %d inputs, but %s before it %d outputs: name the layers in their order"
                .formatted(
                    path,
                    name,
                    layer.inputs(),
                    names.get(layers.size() - 1),
                    layers.getLast().outputs()));
      }
      layers.add(layer);
    }
    int outputs = layers.getLast().outputs();
    boolean odds = outputs == 1;
    List<String> classes =
        IntStream.range(0, odds ? 2 : outputs).mapToObj(String::valueOf).toList();
    return new Network(
        layers,
        odds ? new Loss.BinaryCrossEntropy() : new Loss.SoftmaxCrossEntropy(),
        reading.scaling(),
        new Outputs(odds ? Head.BINARY : Head.CLASSES, classes, TargetScale.NONE),
        null,
        0,
        List.of());
  }

  /** All layers of the file, and nothing else may be in it. */
  private List<String> names() throws ModelFormatException {
    List<String> names = new ArrayList<>();
    for (var array : header.places().entrySet()) {
      String name = array.getKey();
      boolean bias = name.endsWith(BIAS) && array.getValue().shape().size() == 1;
      if (name.endsWith(WEIGHT) && array.getValue().shape().size() == 2) {
        names.add(name.substring(0, name.length() - WEIGHT.length()));
      } else if (!bias) {
        throw new ModelFormatException(
            ("%s has an array %s of shape %s, which is no dense layer: only NAME.weight of two"
                    + " extents and NAME.bias of one can be read, or name the layers")
                .formatted(path, name, array.getValue().shape()));
      }
    }
    if (names.isEmpty()) {
      throw new ModelFormatException(
          path + " has no dense layer: no array NAME.weight of two extents");
    }
    names.sort(Comparator.comparing(DenseModelFile::padded));
    return names;
  }

  /** So that fc10 comes after fc9. */
  private static String padded(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll((MatchResult number) ->
            "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
  }

  private Safetensors.Place place(String name, int extents) throws ModelFormatException {
    Safetensors.Place place = header.places().get(name);
    if (place == null || place.shape().size() != extents || place.length() == 0) {
      throw new ModelFormatException(
          "%s has no array %s of %s: it has %s"
              .formatted(
                  path,
                  name,
                  extents == 1 ? "one extent" : "two extents",
                  String.join(", ", header.places().keySet())));
    }
    return place;
  }

  private SparseLayer layer(String name, int index, Activation activation) throws IOException {
    Safetensors.Place place = place(name + WEIGHT, 2);
    int outputs = extent(place, 0);
    int inputs = extent(place, 1);
    Floats bias = new Floats(outputs);
    if (header.places().containsKey(name + BIAS)) {
      Safetensors.Place biases = place(name + BIAS, 1);
      if (biases.length() != outputs) {
        throw new ModelFormatException(
            "%s: %s has %d biases for %d neurons".formatted(path, name, biases.length(), outputs));
      }
      bias.copy(row(biases, 0, outputs), 0, 0, outputs);
    }
    Ints rowStart = new Ints(outputs + 1L);
    long count = 0;
    for (int j = 0; j < outputs; j++) {
      for (float weight : row(place, j, inputs)) {
        count += weight != 0 ? 1 : 0;
      }
      if (count > Integer.MAX_VALUE - 8) {
        throw new ModelFormatException(
            "%s: %s has more than %d weights".formatted(path, name, Integer.MAX_VALUE - 8));
      }
      rowStart.set(j + 1L, (int) count);
    }
    Ints column = new Ints(count);
    Floats values = new Floats(count);
    long next = 0;
    for (int j = 0; j < outputs; j++) {
      float[] row = row(place, j, inputs);
      for (int i = 0; i < inputs; i++) {
        if (row[i] != 0) {
          column.set(next, i);
          values.set(next++, row[i]);
        }
      }
    }
    return new SparseLayer(
        index,
        new Topology(inputs, outputs, rowStart, column),
        values,
        bias,
        activation,
        Dropout.NONE,
        new Initializer.SparseHe(activation.gain()));
  }

  private int extent(Safetensors.Place place, int axis) throws ModelFormatException {
    long extent = place.shape().get(axis);
    if (extent > Integer.MAX_VALUE - 8) {
      throw new ModelFormatException("%s has a layer of %d neurons".formatted(path, extent));
    }
    return (int) extent;
  }

  private float[] row(Safetensors.Place place, long row, int length) throws IOException {
    int bytes = (int) ((place.end() - place.begin()) / place.length());
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(length, bytes));
    Safetensors.readFully(
        channel, header.dataStart() + place.begin() + row * length * bytes, buffer);
    buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          switch (place.type()) {
            case "F32" -> buffer.getFloat();
            case "F64" -> (float) buffer.getDouble();
            case "F16" -> Float.float16ToFloat(buffer.getShort());
            case "BF16" -> Float.intBitsToFloat(buffer.getShort() << Short.SIZE);
            default ->
                throw new ModelFormatException(
                    "%s has weights of type %s: only F64, F32, F16 and BF16 can be read"
                        .formatted(path, place.type()));
          };
    }
    return values;
  }
}
