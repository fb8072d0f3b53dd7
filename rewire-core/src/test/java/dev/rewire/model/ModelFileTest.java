package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Sgd;
import dev.rewire.topology.Topology;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that is written and read is the same network. */
class ModelFileTest {
  @TempDir Path folder;

  static InMemoryDataset data(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[60][12];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < 12; f++) {
        samples[i][f] = (float) random.nextGaussian() + (f % 3 == labels[i] ? 1 : 0);
      }
    }
    return InMemoryDataset.of("clouds", samples, labels);
  }

  /** Trained for two epochs with an evolution between them, with momentum. */
  static Network trained() {
    Network network =
        new NetworkBuilder(12, List.of("cat", "\"dog\"\n\\", "Zürich 🐈"))
            .hidden(9, 7)
            .epsilon(2)
            .scaling(Scaling.standard(data(1), 0))
            .image(new ImageShape(3, 4, 1))
            .build();
    train(network);
    return network;
  }

  private static void train(Network network) {
    InMemoryDataset data =
        new InMemoryDataset(
            "clouds", features(), 12, labels(), network.classNames(), network.image());
    new Trainer(TrainingPlan.defaults().withEpochs(2).withBatch(20).withThreads(1))
        .train(network, data, data);
  }

  private static Floats features() {
    Floats features = new Floats(60 * 12);
    for (int i = 0; i < 60; i++) {
      for (int f = 0; f < 12; f++) {
        features.set(i * 12L + f, data(1).feature(i, f));
      }
    }
    return features;
  }

  private static int[] labels() {
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }

  private Network copy(Network network) throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(network, file);
    return ModelFile.read(file);
  }

  private static void same(Floats found, Floats expected) {
    assertThat(found.segment().mismatch(expected.segment())).isEqualTo(-1);
  }

  @Test
  void everythingComesBackBitByBit() throws IOException {
    Network network = trained();
    Network copy = copy(network);
    assertThat(Fingerprint.of(copy)).isEqualTo(Fingerprint.of(network));
    assertThat(copy.steps()).isEqualTo(network.steps()).isEqualTo(6);
    assertThat(copy.loss()).isEqualTo(network.loss());
    assertThat(copy.scaling()).isEqualTo(network.scaling());
    assertThat(copy.classNames()).isEqualTo(network.classNames());
    assertThat(copy.image()).isEqualTo(network.image());
    assertThat(copy.layers()).hasSameSizeAs(network.layers());
    for (int l = 0; l < copy.layers().size(); l++) {
      SparseLayer found = copy.layers().get(l);
      SparseLayer expected = network.layers().get(l);
      found.topology().checkInvariants();
      assertThat(found.topology().rowStart().toArray())
          .isEqualTo(expected.topology().rowStart().toArray());
      assertThat(found.topology().column().toArray())
          .isEqualTo(expected.topology().column().toArray());
      same(found.weight(), expected.weight());
      same(found.bias(), expected.bias());
      assertThat(found.slots()).isEqualTo(expected.slots()).containsExactly("velocity");
      same(found.weightState()[0], expected.weightState()[0]);
      same(found.biasState()[0], expected.biasState()[0]);
      assertThat(found.index()).isEqualTo(l);
      assertThat(found.activation()).isEqualTo(expected.activation());
      assertThat(found.dropout()).isEqualTo(expected.dropout());
      assertThat(found.initializer()).isEqualTo(expected.initializer());
      assertThat(found.initialConnections()).isEqualTo(expected.initialConnections());
    }
  }

  @Test
  void predictionsAreTheSame() throws IOException {
    Network network = trained();
    Network copy = copy(network);
    for (int i = 0; i < 60; i++) {
      float[] sample = new float[12];
      for (int f = 0; f < 12; f++) {
        sample[f] = data(2).feature(i, f);
      }
      assertThat(copy.predict(sample)).isEqualTo(network.predict(sample));
    }
  }

  @Test
  void trainingGoesOnAsIfNothingHadHappened() throws IOException {
    Network network = trained();
    Network copy = copy(network);
    train(network);
    train(copy);
    assertThat(Fingerprint.of(copy)).isEqualTo(Fingerprint.of(network));
    assertThat(copy.steps()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({
    "relu, cross-entropy, 0, INVERTED",
    "leaky-relu:0.25, mse, 0.3, TUTORIAL_2019",
    "sigmoid, binary-cross-entropy, 0.5, INVERTED",
    "tanh, scipy-mse, 0.1, INVERTED"
  })
  void settings(String activation, String loss, double rate, Dropout.Style style)
      throws IOException {
    Network network =
        new NetworkBuilder(4, List.of("a"))
            .hidden(3)
            .activation(Activation.of(activation))
            .loss(Loss.of(loss))
            .dropout(new Dropout(rate, style))
            .build();
    Network copy = copy(network);
    assertThat(copy.layers().getFirst().activation().id()).isEqualTo(activation);
    assertThat(copy.loss().id()).isEqualTo(loss);
    assertThat(copy.layers().getFirst().dropout()).isEqualTo(new Dropout(rate, style));
    assertThat(copy.image()).isNull();
    assertThat(copy.layers().getFirst().slots()).isEmpty();
    assertThat(copy.scaling().isNone()).isTrue();
  }

  @Test
  void preparationAndNamesOfFeatures() throws IOException {
    Network network =
        new NetworkBuilder(3, List.of("a", "b"))
            .scaling(new Scaling(new float[] {1, 2, 3}, new float[] {4, 5, 6}, true))
            .featureNames(List.of("length", "größe", "\"x\""))
            .build();
    Network copy = copy(network);
    assertThat(copy.scaling()).isEqualTo(network.scaling());
    assertThat(copy.scaling().logarithmic()).isTrue();
    assertThat(copy.featureNames()).containsExactly("length", "größe", "\"x\"");
    assertThat(copy.predict(9f, -8f, 0f)).isEqualTo(network.predict(9f, -8f, 0f));
    assertThat(copy(trained()).featureNames()).isEmpty();
    assertThat(copy(trained()).scaling().logarithmic()).isFalse();
  }

  /** What these files did not have, they still need not have. */
  @Test
  void filesWithoutTransformAndNamesLookAsTheyAlwaysDid() throws IOException {
    Path file = folder.resolve("old.safetensors");
    ModelFile.write(trained(), file);
    String header = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(header)
        .contains("\"version\":\"1\"")
        .doesNotContain("transform", "\\\"features\\\"");
    Network network = ModelFile.read(file);
    assertThat(network.featureNames()).isEmpty();
  }

  @Test
  void aLayerWithoutConnectionsIsALayer() throws IOException {
    List<Topology> given =
        List.of(
            Topology.ofCells(50, 40, new long[0]),
            Topology.complete(40, 1),
            Topology.complete(1, 2));
    Network network =
        new NetworkBuilder(50, List.of("a", "b")).hidden(40, 1).topologies(given).build();
    assertThat(network.layers().getFirst().topology().connections()).isZero();
    assertThat(Fingerprint.of(copy(network))).isEqualTo(Fingerprint.of(network));
  }

  @Test
  void theOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("model");
    Files.writeString(file, "old");
    Network network = trained();
    ModelFile.write(network, file);
    assertThat(Fingerprint.of(ModelFile.read(file))).isEqualTo(Fingerprint.of(network));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theOldFileStaysWhenTheNewOneFails() throws IOException {
    Path file = folder.resolve("model");
    Network network = trained();
    ModelFile.write(network, file);
    byte[] old = Files.readAllBytes(file);
    SparseLayer last = network.layers().getLast();
    try (Arena arena = Arena.ofConfined()) {
      // Memory that is gone when the last array is written.
      Floats gone = Floats.view(arena.allocate(last.weight().length() * 4, 64));
      last.restore(
          List.of("velocity"), new Floats[] {gone}, last.biasState(), last.initialConnections());
    }
    assertThatThrownBy(() -> ModelFile.write(network, file))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(old);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderThatDoesNotExistIsAnError() {
    Path file = folder.resolve("no/such/folder/model");
    assertThatThrownBy(() -> ModelFile.write(trained(), file)).isInstanceOf(IOException.class);
  }

  @Test
  void theFingerprintSeesEveryBitOfWeightsBiasesAndTopology() {
    Network network = trained();
    String before = Fingerprint.of(network);
    assertThat(before).matches("[0-9a-f]{64}");
    SparseLayer layer = network.layers().get(1);
    for (Floats parameters : List.of(layer.weight(), layer.bias())) {
      float value = parameters.get(3);
      parameters.set(3, Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ 1));
      assertThat(Fingerprint.of(network)).isNotEqualTo(before);
      parameters.set(3, value);
    }
    assertThat(Fingerprint.of(network)).isEqualTo(before);
    layer.prepare(Sgd.rate(1));
    assertThat(Fingerprint.of(network)).isEqualTo(before);
  }
}
