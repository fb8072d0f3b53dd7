package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.Timing;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.HistoryWriter;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
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
  private static final String HISTORY = "topology-1.history";
  private static final String FINGERPRINT =
      "277b53a4aa8474d9cd2fd95851de7b08abdbfa9de5d0fb59e59b6d50151b99e6";

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
    TrainingListener keeper =
        new TrainingListener() {
          private int points;

          @Override
          public void onSafePoint(SafePoint point) {
            points++;
            if (points == 6) {
              try {
                new Checkpoint(point.network(), point.state(), Map.of("metrics.jsonl", 567L))
                    .write(folder.resolve(CHECKPOINT));
                ModelFile.write(point.network(), folder.resolve(MODEL));
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            }
          }

          @Override
          public boolean stop() {
            return points == 6;
          }
        };
    try (HistoryWriter writer = HistoryWriter.create(folder.resolve(HISTORY), network)) {
      new Trainer(
              TrainingPlan.defaults()
                  .withEvolution(rules.evolution())
                  .withEpochs(9)
                  .withBatch(5)
                  .withThreads(1))
          .listen(writer)
          .listen(keeper)
          .train(network, data(), data());
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "rewire.golden", matches = ".+")
  void makeThem() throws IOException {
    Path target = Files.createDirectories(Path.of(System.getProperty("rewire.golden")));
    write(folder);
    for (String name : new String[] {MODEL, CHECKPOINT, HISTORY}) {
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

  /** As long as version 1 is the present one, it is also written as it was. */
  @Test
  void writtenAgainTheyAreTheSameBytes() throws IOException {
    ModelFile.write(ModelFile.read(golden(MODEL)), folder.resolve("again"));
    assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve(MODEL));
    Checkpoint.read(golden(CHECKPOINT)).write(folder.resolve("again"));
    assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve(CHECKPOINT));
  }
}
