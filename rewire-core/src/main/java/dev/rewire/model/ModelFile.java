package dev.rewire.model;

import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.TargetScale;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.Longs;
import dev.rewire.model.Safetensors.Tensor;
import dev.rewire.model.Safetensors.Type;
import dev.rewire.network.Network;
import dev.rewire.network.Outputs;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronLayers;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network in one file that other tools can read: safetensors, one array a thing.
 *
 * <p>For layer {@code l}: {@code layers.l.row_starts} (I32, outputs + 1), {@code layers.l.columns}
 * (I32, input of each connection), {@code layers.l.values} (F32, its weight), {@code layers.l.bias}
 * (F32, outputs), and for each slot of the optimizer {@code layers.l.values.SLOT} and {@code
 * layers.l.bias.SLOT}. What neuron layer {@code k} of it learns and remembers is in {@code
 * layers.l.neurons.k.NAME} (F32, outputs), with {@code .SLOT} behind it what the optimizer knows.
 * {@code input.shift} and {@code input.scale} are the scaling of raw features, and {@code
 * input.missing}, if it is there, what stands in for those that are missing. In SciPy a layer is
 * {@code csr_matrix((values, columns, row_starts), (outputs, inputs))}.
 *
 * <p>The metadata says {@code format} (rewire-model), {@code version} (1, or 2 with a {@code head}
 * or neuron layers), {@code fingerprint} (see {@link Fingerprint}), {@code checksum} (SHA-256 of
 * all arrays in the order of the file) and {@code network}, a JSON text with loss, classes, picture
 * shape, steps, and for each layer inputs, outputs, neuron layers, activation, dropout, initializer
 * and connections at the start; and if there are any, {@code head}, what the outputs are unless
 * they are classes (binary, multi-label, regression: the latter with {@code target.mean} and {@code
 * target.deviation}, by which numbers to predict were scaled), {@code features}, the names of the
 * inputs, and {@code transform}, what comes before shift and scale: {@code log1p}, see {@link
 * Scaling#log1p}. A {@link Checkpoint} is a model file with more in it.
 */
public final class ModelFile {
  private static final String FORMAT = "rewire-model";
  private static final String VERSION = "1";

  /** Of networks with something that programs of before would overlook. */
  private static final String NEWER = "2";

  private static final String TARGET_MEAN = "target.mean";
  private static final String TARGET_DEVIATION = "target.deviation";
  private static final String LOG1P = "log1p";
  private static final String MISSING = "input.missing";
  private static final String NEURONS = ".neurons.";
  private static final String NEURON_LAYERS = "neuron_layers";

  /** Name of the text that describes the layers. */
  static final String NETWORK = "network";

  private final Path path;
  private final FileChannel channel;
  private final Safetensors.Header header;

  private ModelFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    header = Safetensors.header(path, channel);
  }

  /**
   * Writes a network, the optimizer's memory included. At any moment either the old file or the new
   * one is there, and whole.
   *
   * @param network what to write
   * @param path the file, replaced if it exists; its folder must exist
   * @throws IOException if it cannot be written
   */
  public static void write(Network network, Path path) throws IOException {
    Safetensors.write(path, metadata(network), tensors(network));
  }

  /** Describes a network; the map may be added to. */
  static Map<String, String> metadata(Network network) {
    List<Object> layers = new ArrayList<>();
    network.layers().forEach(layer -> layers.add(describe(layer)));
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    ImageShape image = network.image();
    description.put("loss", network.loss().id());
    if (network.head() != Head.CLASSES) {
      description.put("head", network.head().id());
    }
    description.put("classes", network.classNames());
    description.put(
        "image", image == null ? null : List.of(image.height(), image.width(), image.channels()));
    description.put("steps", network.steps());
    if (!network.featureNames().isEmpty()) {
      description.put("features", network.featureNames());
    }
    if (network.scaling().logarithmic()) {
      description.put("transform", LOG1P);
    }
    description.put("layers", layers);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", isOfBefore(network) ? VERSION : NEWER);
    metadata.put("fingerprint", Fingerprint.of(network));
    metadata.put("checksum", checksum(tensors(network)));
    metadata.put(NETWORK, Json.write(description));
    return metadata;
  }

  /** All arrays of a network, where they are. */
  static List<Tensor> tensors(Network network) {
    List<Tensor> tensors = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      String name = "layers." + layer.index();
      add(tensors, name + ".row_starts", layer.topology().rowStart());
      add(tensors, name + ".columns", layer.topology().column());
      add(tensors, name + ".values", layer.weight());
      add(tensors, name + ".bias", layer.bias());
      for (int s = 0; s < layer.slots().size(); s++) {
        String slot = layer.slots().get(s);
        add(tensors, name + ".values." + slot, layer.weightState()[s]);
        add(tensors, name + ".bias." + slot, layer.biasState()[s]);
      }
      for (int k = 0; k < layer.neurons().size(); k++) {
        addNeurons(tensors, name + NEURONS + k + ".", layer.neurons().get(k), layer.slots());
      }
    }
    Scaling scaling = network.scaling();
    Floats shift = new Floats(scaling.width());
    Floats scale = new Floats(scaling.width());
    for (int f = 0; f < scaling.width(); f++) {
      shift.set(f, scaling.shift(f));
      scale.set(f, scaling.scale(f));
    }
    add(tensors, "input.shift", shift);
    add(tensors, "input.scale", scale);
    if (scaling.fillsGaps()) {
      add(tensors, MISSING, floats(scaling.substitutes()));
    }
    TargetScale targets = network.meaning().scale();
    if (!targets.isNone()) {
      add(tensors, TARGET_MEAN, floats(targets.mean()));
      add(tensors, TARGET_DEVIATION, floats(targets.deviation()));
    }
    return tensors;
  }

  private static void addNeurons(
      List<Tensor> tensors, String name, NeuronNumbers numbers, List<String> slots) {
    List<String> parameters = numbers.layer().parameters();
    for (int p = 0; p < parameters.size(); p++) {
      add(tensors, name + parameters.get(p), numbers.parameter(p));
      for (int s = 0; s < slots.size(); s++) {
        add(tensors, name + parameters.get(p) + "." + slots.get(s), numbers.state(p)[s]);
      }
    }
    List<String> memory = numbers.layer().memory();
    for (int m = 0; m < memory.size(); m++) {
      add(tensors, name + memory.get(m), numbers.memory(m));
    }
  }

  private static Floats floats(float[] values) {
    Floats copy = new Floats(values.length);
    copy.copy(values, 0, 0, values.length);
    return copy;
  }

  /** Whether its outputs are classes, and nothing lies between sums and activations. */
  private static boolean isOfBefore(Network network) {
    return network.head() == Head.CLASSES
        && network.layers().stream().allMatch(layer -> layer.neurons().isEmpty());
  }

  private static String checksum(List<Tensor> tensors) {
    Fingerprint all = new Fingerprint();
    tensors.forEach(tensor -> all.add(tensor.data()));
    return all.digits();
  }

  private static Map<String, Object> describe(SparseLayer layer) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("inputs", layer.inputs());
    description.put("outputs", layer.outputs());
    if (!layer.neurons().isEmpty()) {
      description.put(
          NEURON_LAYERS, layer.neurons().stream().map(numbers -> numbers.layer().id()).toList());
    }
    description.put("activation", layer.activation().id());
    description.put("dropout", layer.dropout().rate());
    description.put("dropout_style", layer.dropout().style().name());
    description.put("initializer", layer.initializer().id());
    description.put("initial_connections", layer.initialConnections());
    description.put("slots", layer.slots());
    return description;
  }

  private static void add(List<Tensor> tensors, String name, Floats values) {
    tensors.add(new Tensor(name, Type.F32, values.segment()));
  }

  private static void add(List<Tensor> tensors, String name, Ints values) {
    tensors.add(new Tensor(name, Type.I32, values.segment()));
  }

  /**
   * Reads a network.
   *
   * @param path a file written by {@link #write}
   * @return a network that computes the same, bit by bit, and can be trained further
   * @throws ModelFormatException if it is not a model, or damaged, or of a later version
   * @throws IOException if it cannot be read
   */
  public static Network read(Path path) throws IOException {
    return read(path, NeuronLayers::of);
  }

  /**
   * Reads a network with neuron layers of one's own.
   *
   * @param path a file written by {@link #write}
   * @param neuronLayers finds a neuron layer by its {@link NeuronLayer#id}; for those of this
   *     library {@link NeuronLayers#of}
   * @return a network that computes the same, bit by bit, and can be trained further
   * @throws ModelFormatException if it is not a model, or damaged, or of a later version
   * @throws IOException if it cannot be read
   */
  public static Network read(Path path, Function<String, NeuronLayer> neuronLayers)
      throws IOException {
    return open(path, file -> file.network(neuronLayers));
  }

  /**
   * Says whether a file is a model written by this library, by its header alone.
   *
   * @param path any file
   * @return false if it is a safetensors file of another program
   * @throws ModelFormatException if it is no safetensors file
   * @throws IOException if it cannot be read
   */
  public static boolean isOurs(Path path) throws IOException {
    return open(path, file -> FORMAT.equals(file.header.metadata().get("format")));
  }

  /** What is read from an open file. */
  interface Part<T> {
    T read(ModelFile file) throws IOException;
  }

  static <T> T open(Path path, Part<T> part) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such model file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return part.read(new ModelFile(path, channel));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  Path path() {
    return path;
  }

  @Nullable String metadata(String key) {
    return header.metadata().get(key);
  }

  Network network() throws IOException {
    return network(NeuronLayers::of);
  }

  private Network network(Function<String, NeuronLayer> neuronLayers) throws IOException {
    Map<String, String> metadata = header.metadata();
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new ModelFormatException(
          path + " is a safetensors file, but not a model written by Rewire");
    }
    String version = metadata.get("version");
    if (!VERSION.equals(version) && !NEWER.equals(version)) {
      throw new ModelFormatException(
          "%s is a model of format version %s; this program reads versions %s and %s"
              .formatted(path, version, VERSION, NEWER));
    }
    Network network =
        damagedUnless(() -> network(String.valueOf(metadata.get(NETWORK)), neuronLayers));
    if (!checksum(tensors(network)).equals(metadata.get("checksum"))) {
      throw new ModelFormatException(
          path + " is damaged: its arrays do not have the checksum that it was written with");
    }
    return network;
  }

  /** What is made of the contents of a file. */
  interface Contents<T> {
    T make() throws IOException;
  }

  /** Says of contents of which nothing can be made that the file is damaged. */
  <T> T damagedUnless(Contents<T> contents) throws IOException {
    try {
      return contents.make();
    } catch (IllegalArgumentException
        | ArithmeticException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException bad) {
      throw new ModelFormatException(path + " is damaged: " + bad.getMessage(), bad);
    }
  }

  @SuppressWarnings("unchecked") // what does not fit is a ClassCastException, see above
  private Network network(String json, Function<String, NeuronLayer> neuronLayers)
      throws IOException {
    Map<String, Object> description = (Map<String, Object>) object(Json.read(json));
    List<SparseLayer> layers = new ArrayList<>();
    for (Object layer : (List<Object>) object(description.get("layers"))) {
      Map<String, Object> facts = (Map<String, Object>) layer;
      if (!layers.isEmpty() && number(facts, "inputs") != layers.getLast().outputs()) {
        throw new IllegalArgumentException(
            "layer " + layers.size() + " does not fit the one before");
      }
      layers.add(layer(layers.size(), facts, neuronLayers));
    }
    List<Long> image = (List<Long>) description.get("image");
    if (image != null && image.size() != 3) {
      throw new IllegalArgumentException("its picture shape is not three numbers");
    }
    Object transform = description.get("transform");
    if (transform != null && !transform.equals(LOG1P)) {
      throw new IllegalArgumentException("it transforms its inputs by " + transform);
    }
    List<String> features = (List<String>) description.get("features");
    return new Network(
        layers,
        Loss.of((String) object(description.get("loss"))),
        new Scaling(
                floats("input.shift").toArray(), floats("input.scale").toArray(), transform != null)
            .withSubstitutes(
                header.places().containsKey(MISSING) ? floats(MISSING).toArray() : new float[0]),
        outputs(description),
        image == null
            ? null
            : new ImageShape(
                Math.toIntExact(image.get(0)),
                Math.toIntExact(image.get(1)),
                Math.toIntExact(image.get(2))),
        (Long) object(description.get("steps")),
        features == null ? List.of() : features);
  }

  @SuppressWarnings("unchecked") // as above
  private Outputs outputs(Map<String, Object> description) throws IOException {
    Object name = description.get("head");
    Head head = name == null ? Head.CLASSES : Head.of((String) name);
    return new Outputs(
        head,
        (List<String>) object(description.get("classes")),
        head == Head.REGRESSION
            ? new TargetScale(floats(TARGET_MEAN).toArray(), floats(TARGET_DEVIATION).toArray())
            : TargetScale.NONE);
  }

  @SuppressWarnings("unchecked") // as above
  private SparseLayer layer(
      int index, Map<String, Object> description, Function<String, NeuronLayer> neuronLayers)
      throws IOException {
    String name = "layers." + index;
    List<String> slots = (List<String>) object(description.get("slots"));
    List<NeuronNumbers> neurons = new ArrayList<>();
    Object ids = description.getOrDefault(NEURON_LAYERS, List.of());
    for (String id : (List<String>) object(ids)) {
      NeuronLayer neuronLayer = neuronLayers.apply(id);
      String prefix = name + NEURONS + neurons.size() + ".";
      neurons.add(neurons(neuronLayer, prefix, number(description, "outputs"), slots));
    }
    Topology topology =
        new Topology(
            number(description, "inputs"),
            number(description, "outputs"),
            ints(name + ".row_starts"),
            ints(name + ".columns"));
    SparseLayer layer =
        new SparseLayer(
            index,
            topology,
            floats(name + ".values"),
            floats(name + ".bias"),
            neurons,
            Activation.of((String) object(description.get("activation"))),
            new Dropout(
                ((Number) object(description.get("dropout"))).doubleValue(),
                Dropout.Style.valueOf((String) object(description.get("dropout_style")))),
            Initializer.of((String) object(description.get("initializer"))));
    Floats[] weightState = new Floats[slots.size()];
    Floats[] biasState = new Floats[slots.size()];
    for (int s = 0; s < weightState.length; s++) {
      weightState[s] = floats(name + ".values." + slots.get(s));
      biasState[s] = floats(name + ".bias." + slots.get(s));
    }
    layer.restore(slots, weightState, biasState, number(description, "initial_connections"));
    return layer;
  }

  private NeuronNumbers neurons(NeuronLayer layer, String prefix, int outputs, List<String> slots)
      throws IOException {
    Floats[] parameters = new Floats[layer.parameters().size()];
    Floats[][] state = new Floats[parameters.length][slots.size()];
    for (int p = 0; p < parameters.length; p++) {
      String name = prefix + layer.parameters().get(p);
      parameters[p] = floats(name);
      for (int s = 0; s < slots.size(); s++) {
        state[p][s] = floats(name + "." + slots.get(s));
      }
    }
    Floats[] memory = new Floats[layer.memory().size()];
    for (int m = 0; m < memory.length; m++) {
      memory[m] = floats(prefix + layer.memory().get(m));
    }
    NeuronNumbers numbers = new NeuronNumbers(layer, outputs, parameters, memory);
    numbers.restore(state);
    return numbers;
  }

  static Object object(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("its description of the network is incomplete");
    }
    return value;
  }

  static int number(Map<String, Object> description, String key) {
    return Math.toIntExact((Long) object(description.get(key)));
  }

  private Floats floats(String name) throws IOException {
    Safetensors.Place place = place(name, Type.F32);
    Floats values = new Floats(place.length());
    read(place, values.segment());
    return values;
  }

  private Ints ints(String name) throws IOException {
    Safetensors.Place place = place(name, Type.I32);
    Ints values = new Ints(place.length());
    read(place, values.segment());
    return values;
  }

  Longs longs(String name) throws IOException {
    Safetensors.Place place = place(name, Type.I64);
    Longs values = new Longs(place.length());
    read(place, values.segment());
    return values;
  }

  private void read(Safetensors.Place place, MemorySegment target) throws IOException {
    Safetensors.read(channel, header, place, target);
  }

  private Safetensors.Place place(String name, Type type) {
    Safetensors.Place place = header.places().get(name);
    if (place == null || !place.type().equals(type.name())) {
      throw new IllegalArgumentException("it has no array " + name + " of type " + type);
    }
    return place;
  }
}
