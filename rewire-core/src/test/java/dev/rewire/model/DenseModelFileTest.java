package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dense layers of other programs. */
class DenseModelFileTest {
  private static final int[] WIDTHS = {5, 7, 4, 3};

  @TempDir Path folder;

  private final Map<String, float[]> arrays = new LinkedHashMap<>();
  private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();

  /** As PyTorch's writer lays it out, in the order of names. */
  private Path write(String type) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, float[]> array : arrays.entrySet()) {
      int begin = data.position();
      for (float value : array.getValue()) {
        switch (type) {
          case "F32" -> data.putFloat(value);
          case "F64" -> data.putDouble(value);
          case "F16" -> data.putShort(Float.floatToFloat16(value));
          case "BF16" -> data.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
          default -> data.putInt((int) value);
        }
      }
      entries.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(array.getKey(), type, shapes.get(array.getKey()), begin, data.position()));
    }
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header).put(data.flip());
    return Files.write(folder.resolve("dense.safetensors"), file.array());
  }

  private void add(String name, float[] values, Integer... shape) {
    arrays.put(name, values);
    shapes.put(name, List.of(shape));
  }

  /** Values that all types can hold; some weights are 0. */
  private void layers(String... names) {
    Random random = new Random(1);
    for (int l = 0; l < names.length; l++) {
      float[] weight = new float[WIDTHS[l] * WIDTHS[l + 1]];
      float[] bias = new float[WIDTHS[l + 1]];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = i % 4 == 0 ? 0 : (random.nextInt(128) - 64) / 64f + 0.0078125f;
      }
      for (int j = 0; j < bias.length; j++) {
        bias[j] = (random.nextInt(128) - 64) / 64f;
      }
      add(names[l] + ".weight", weight, WIDTHS[l + 1], WIDTHS[l]);
      add(names[l] + ".bias", bias, WIDTHS[l + 1]);
    }
  }

  private static DenseModelFile.Reading reading(String... layers) {
    return new DenseModelFile.Reading(
        List.of(layers), new Activation.Relu(), new Scaling(new float[] {0}, new float[] {0.5f}));
  }

  /** Three loops. */
  private float[] dense(float[] features, String... names) {
    double[] x = new double[features.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = features[i] * 0.5;
    }
    for (int l = 0; l < names.length; l++) {
      float[] weight = arrays.get(names[l] + ".weight");
      double[] y = new double[WIDTHS[l + 1]];
      for (int j = 0; j < y.length; j++) {
        y[j] = arrays.get(names[l] + ".bias")[j];
        for (int i = 0; i < x.length; i++) {
          y[j] += weight[j * x.length + i] * x[i];
        }
        y[j] = l == names.length - 1 ? y[j] : Math.max(0, y[j]);
      }
      x = y;
    }
    double sum = 0;
    for (double value : x) {
      sum += Math.exp(value);
    }
    float[] probabilities = new float[x.length];
    for (int k = 0; k < x.length; k++) {
      probabilities[k] = (float) (Math.exp(x[k]) / sum);
    }
    return probabilities;
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F64", "F16", "BF16"})
  void predictsAsDenseLayersDo(String type) throws IOException {
    String[] names = {"fc2", "fc9", "fc10"};
    layers(names);
    Path file = write(type);
    assertThat(ModelFile.isOurs(file)).isFalse();
    Network network = DenseModelFile.read(file, reading());
    float[] sample = {1, -2, 0.5f, 3, -1};
    float[] found = network.predict(sample);
    float[] expected = dense(sample, names);
    for (int k = 0; k < 3; k++) {
      assertThat(found[k]).isCloseTo(expected[k], within(1e-5f));
    }
    assertThat(network.classNames()).containsExactly("0", "1", "2");
    int zeros = 0;
    for (String name : names) {
      for (float weight : arrays.get(name + ".weight")) {
        zeros += weight == 0 ? 1 : 0;
      }
    }
    assertThat(zeros).isGreaterThan(15);
    assertThat(network.connections()).isEqualTo(5 * 7 + 7 * 4 + 4 * 3 - zeros);
    Path again = folder.resolve("sparse.safetensors");
    ModelFile.write(network, again);
    assertThat(ModelFile.isOurs(again)).isTrue();
    assertThat(ModelFile.read(again).predict(sample)).isEqualTo(found);
  }

  @Test
  void layersCanBeNamedAndBiasesMayBeMissing() throws IOException {
    layers("in", "then", "end");
    arrays.remove("then.bias");
    Path file = write("F32");
    assertThatThrownBy(() -> DenseModelFile.read(file, reading()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("in has 5 inputs, but end before it 3 outputs");
    Network network = DenseModelFile.read(file, reading("in", "then", "end"));
    assertThat(network.layers().get(1).bias().toArray()).containsOnly(0f);
    assertThatThrownBy(() -> DenseModelFile.read(file, reading("in", "out")))
        .hasMessageContaining("no array out.weight of two extents");
  }

  @Test
  void whatIsNoDenseLayerIsRefused() throws IOException {
    layers("fc1");
    add("norm.weight", new float[7], 7);
    Path norm = write("F32");
    assertThatThrownBy(() -> DenseModelFile.read(norm, reading()))
        .hasMessageContaining("an array norm.weight of shape [7], which is no dense layer");
    arrays.remove("norm.weight");
    Path whole = write("I32");
    assertThatThrownBy(() -> DenseModelFile.read(whole, reading()))
        .hasMessageContaining("type I32");
    arrays.put("fc1.bias", new float[3]);
    shapes.put("fc1.bias", List.of(3));
    Path short1 = write("F32");
    assertThatThrownBy(() -> DenseModelFile.read(short1, reading()))
        .hasMessageContaining("3 biases for 7 neurons");
    arrays.clear();
    Path empty = write("F32");
    assertThatThrownBy(() -> DenseModelFile.read(empty, reading()))
        .hasMessageContaining("no dense layer");
  }
}
