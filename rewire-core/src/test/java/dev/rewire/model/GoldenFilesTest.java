package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.NumberTargets;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.Timing;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.HistoryWriter;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.layer.Activation;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.SRelu;
import dev.rewire.optimizer.Adam;
import dev.rewire.testing.Rules;
import dev.rewire.train.SafePoint;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of each version of the formats, kept for ever: what they hold must be read as it was
 * written, by every later version of the program. Those of a new version are made by {@code
 * -Drewire.golden=FOLDER}; files that are here already are never written again.
 */
class GoldenFilesTest {
  private static final String MODEL = "model-1.safetensors";
  private static final String CHECKPOINT = "checkpoint-1.safetensors";
  private static final String SECOND_MODEL = "model-2.safetensors";
  private static final String SECOND_CHECKPOINT = "checkpoint-2.safetensors";
  private static final String HISTORY = "topology-1.history";
  private static final String FINGERPRINT =
      "277b53a4aa8474d9cd2fd95851de7b08abdbfa9de5d0fb59e59b6d50151b99e6";

  private static final String SECOND_FINGERPRINT =
      "be006efb058d14f48b6013ff3eb214f78333ee85b6a20ebcd14b0125bb9e0e8e";

  @TempDir Path folder;

  private Path golden(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(in).as(name).isNotNull();
      Files.copy(in, copy);
    }
    return copy;
  }

  private static InMemoryDataset data() {
    float[][] samples = new float[12][5];
    int[] labels = new int[12];
    for (int i = 0; i < 12; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < 5; f++) {
        samples[i][f] = (i * 7 + f * 5) % 11 / 8f + (f == labels[i] ? 1 : 0);
      }
    }
    return InMemoryDataset.of("golden", samples, labels);
  }

  /** Momentum, an evolution around the test, cells where nothing may grow. */
  static void write(Path folder) throws IOException {
    Network network =
        new NetworkBuilder(5, InMemoryDataset.numbered(3)).hidden(6, 4).epsilon(1.3).build();
    Rules rules = new Rules();
    rules.timing = Timing.AROUND_TEST;
    rules.mayReturn = false;
    rules.last = LastUpdate.SKIP;
    try (HistoryWriter writer = HistoryWriter.create(folder.resolve(HISTORY), network)) {
      new Trainer(
              TrainingPlan.defaults()
                  .withEvolution(rules.evolution())
                  .withEpochs(9)
                  .withBatch(5)
                  .withThreads(1))
          .listen(writer)
          .listen(new Keeper(folder.resolve(MODEL), folder.resolve(CHECKPOINT)))
          .train(network, data(), data());
    }
  }

  /** Numbers to predict, and neurons that learn and remember: version 2. */
  static void writeSecond(Path folder) {
    float[] numbers = new float[24];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 7 * 10 + i % 2;
    }
    InMemoryDataset data = data().withTargets(new NumberTargets(numbers, List.of("speed", "heat")));
    Network network =
        NetworkBuilder.forData(data)
            .hidden(6, 4)
            .epsilon(1.3)
            .neuronLayers(List.of(BatchNorm.DEFAULT, new SRelu()))
            .activation(new Activation.Identity())
            .build();
    new Trainer(
            TrainingPlan.defaults()
                .withOptimizer(Adam.rate(0.01))
                .withEvolution(new Rules().evolution())
                .withEpochs(9)
                .withBatch(5)
                .withThreads(1))
        .listen(new Keeper(folder.resolve(SECOND_MODEL), folder.resolve(SECOND_CHECKPOINT)))
        .train(network, data, data);
  }

  /** Writes both files after six steps or epochs, and stops. */
  private static final class Keeper implements TrainingListener {
    private final Path model;
    private final Path checkpoint;
    private int points;

    Keeper(Path model, Path checkpoint) {
      this.model = model;
      this.checkpoint = checkpoint;
    }

    @Override
    public void onSafePoint(SafePoint point) {
      points++;
      if (points == 6) {
        try {
          new Checkpoint(point.network(), point.state(), Map.of("metrics.jsonl", 567L))
              .write(checkpoint);
          ModelFile.write(point.network(), model);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }

    @Override
    public boolean stop() {
      return points == 6;
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "rewire.golden", matches = ".+")
  void makeThem() throws IOException {
    Path target = Files.createDirectories(Path.of(System.getProperty("rewire.golden")));
    write(folder);
    writeSecond(folder);
    for (String name : List.of(MODEL, CHECKPOINT, HISTORY, SECOND_MODEL, SECOND_CHECKPOINT)) {
      if (!Files.exists(target.resolve(name))) {
        Files.copy(folder.resolve(name), target.resolve(name));
      }
    }
  }

  @Test
  void theModelOfVersion1IsReadAsItWasWritten() throws IOException {
    Network network = ModelFile.read(golden(MODEL));
    assertThat(Fingerprint.of(network)).isEqualTo(FINGERPRINT);
    assertThat(network.steps()).isEqualTo(6);
    assertThat(network.layers()).hasSize(3);
    assertThat(network.layers().getFirst().slots()).containsExactly("velocity");
    assertThat(network.layers().getFirst().weightState()[0].toArray())
        .contains(-0.5676685571670532f, 0.08507741987705231f);
    assertThat(network.predict(1, 0, 0, 0.5f, 0))
        .containsExactly(0.34546024f, 0.35185915f, 0.30268064f);
  }

  @Test
  void theCheckpointOfVersion1IsReadAsItWasWritten() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(golden(CHECKPOINT));
    assertThat(Fingerprint.of(checkpoint.network())).isEqualTo(FINGERPRINT);
    assertThat(checkpoint.lengths()).containsExactly(Map.entry("metrics.jsonl", 567L));
    assertThat(checkpoint.state().epoch()).isEqualTo(2);
    assertThat(checkpoint.state().samples()).isZero();
    assertThat(checkpoint.state().evolutions()).isEqualTo(1);
    assertThat(checkpoint.state().ended()).isFalse();
    assertThat(checkpoint.state().pending()).hasSize(2);
    assertThat(checkpoint.state().pending().getFirst().wanted()).isEqualTo(14);
    assertThat(checkpoint.state().pending().getFirst().forbidden().toArray())
        .containsExactly(0, 12, 25);
    // also what only wants the network can read it
    assertThat(Fingerprint.of(ModelFile.read(folder.resolve(CHECKPOINT)))).isEqualTo(FINGERPRINT);
  }

  @Test
  void theModelOfVersion2IsReadAsItWasWritten() throws IOException {
    Network network = ModelFile.read(golden(SECOND_MODEL));
    assertThat(Fingerprint.of(network)).isEqualTo(SECOND_FINGERPRINT);
    assertThat(network.head()).isEqualTo(Head.REGRESSION);
    assertThat(network.classNames()).containsExactly("speed", "heat");
    SparseLayer first = network.layers().getFirst();
    assertThat(first.slots()).isEqualTo(Adam.rate(0.01).slots());
    assertThat(first.neurons().stream().map(numbers -> numbers.layer().id()))
        .containsExactly("batch-norm", "srelu");
    assertThat(first.neurons().getFirst().memory(0).toArray())
        .contains(-0.09724954515695572f, 0.39091572165489197f);
    assertThat(first.neurons().getLast().state(0)[1].toArray())
        .contains(3.132972415187396e-05f, 1.4289025784819387e-05f);
    assertThat(network.predict(1, 0, 0, 0.5f, 0)).containsExactly(31.904198f, 21.577166f);
  }

  @Test
  void theCheckpointOfVersion2IsReadAsItWasWritten() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(golden(SECOND_CHECKPOINT));
    assertThat(Fingerprint.of(checkpoint.network())).isEqualTo(SECOND_FINGERPRINT);
    assertThat(checkpoint.state().epoch()).isEqualTo(2);
    assertThat(checkpoint.state().samples()).isZero();
  }

  @Test
  void theHistoryOfVersion1IsReadAsItWasWritten() throws IOException {
    Network network = ModelFile.read(golden(MODEL));
    int records = 0;
    try (HistoryReader reader = HistoryReader.open(golden(HISTORY))) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
        replay.apply(change);
        records++;
        if (records == 9) {
          // when the model was written: two layers had lost connections, and nothing had grown
          for (SparseLayer layer : network.layers()) {
            assertThat(replay.topology(layer.index()).column().toArray())
                .containsExactly(layer.topology().column().toArray());
          }
        }
      }
    }
    assertThat(records).isEqualTo(11);
  }

  /** As long as both versions are written, they are also written as they were. */
  @Test
  void writtenAgainTheyAreTheSameBytes() throws IOException {
    for (String model : List.of(MODEL, SECOND_MODEL)) {
      ModelFile.write(ModelFile.read(golden(model)), folder.resolve("again"));
      assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve(model));
    }
    for (String checkpoint : List.of(CHECKPOINT, SECOND_CHECKPOINT)) {
      Checkpoint.read(golden(checkpoint)).write(folder.resolve("again"));
      assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve(checkpoint));
    }
  }
}
