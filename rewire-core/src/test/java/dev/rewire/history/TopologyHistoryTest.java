package dev.rewire.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.testing.Rules;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The history of a network is enough to build every topology that it had. */
class TopologyHistoryTest {
  @TempDir Path folder;

  private static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] samples = new float[60][300];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < 300; f++) {
        samples[i][f] = (float) random.nextGaussian();
      }
    }
    return InMemoryDataset.of("noise", samples, labels);
  }

  private static Network network() {
    return new NetworkBuilder(300, InMemoryDataset.numbered(3)).hidden(200, 5).epsilon(4).build();
  }

  /** Trains and returns the cells of all layers after each change. */
  private static List<String> train(Network network, Path file, Timing timing) throws IOException {
    Rules rules = new Rules();
    rules.timing = timing;
    rules.newbornWeight = new NewbornWeight.AsInitial();
    List<String> topologies = new ArrayList<>();
    try (HistoryWriter writer = HistoryWriter.create(file, network)) {
      TrainingPlan plan = TrainingPlan.defaults().withEpochs(4).withBatch(20).withThreads(2);
      new Trainer(plan.withEvolution(rules.evolution()))
          .listen(writer)
          .listen(
              new TrainingListener() {
                @Override
                public void onTopologyUpdate(Network changed, TopologyUpdate update) {
                  topologies.add(cells(changed.layers().get(update.layer()).topology()));
                }
              })
          .train(network, data(), data());
      assertThat(writer.settle()).isEqualTo(Files.size(file));
    }
    return topologies;
  }

  private static String cells(Topology topology) {
    return Arrays.toString(topology.rowStart().toArray())
        + Arrays.toString(topology.column().toArray());
  }

  @ParameterizedTest
  @EnumSource(Timing.class)
  void replayedItGivesEveryTopology(Timing timing) throws IOException {
    Path file = folder.resolve("topology.history");
    Network network = network();
    List<String> starts = network.layers().stream().map(layer -> cells(layer.topology())).toList();
    List<String> expected = train(network, file, timing);
    assertThat(expected).hasSizeGreaterThan(6);

    List<String> found = new ArrayList<>();
    try (HistoryReader reader = HistoryReader.open(file)) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      TopologyChange change = reader.next();
      while (change != null) {
        replay.apply(change);
        if (change.epoch() == TopologyChange.START) {
          assertThat(cells(replay.topology(change.layer()))).isEqualTo(starts.get(change.layer()));
        } else {
          assertThat(change.step()).isEqualTo(3L * (change.epoch() + 1));
          found.add(cells(replay.topology(change.layer())));
        }
        change = reader.next();
      }
      for (SparseLayer layer : network.layers()) {
        assertThat(cells(replay.topology(layer.index()))).isEqualTo(cells(layer.topology()));
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aChangedConnectionTakesAtMostSixBytes() throws IOException {
    Path file = folder.resolve("topology.history");
    // 4e12 cells, of which a few are far apart
    long inputs = 2_000_000;
    CellList far = new CellList();
    far.clear(1000);
    SplittableRandom random = new SplittableRandom(3);
    random.longs(1000, 0, inputs * inputs).sorted().distinct().forEach(far::add);
    Network network = network();
    try (HistoryWriter writer = HistoryWriter.create(file, network)) {
      long before = writer.settle();
      writer.onTopologyUpdate(network, new TopologyUpdate(0, 0, far, far, 1000));
      long bytes = writer.settle() - before - HistoryWriter.RECORD - Integer.BYTES;
      assertThat(bytes).isLessThanOrEqualTo(6 * 2000).isGreaterThan(4 * 2000);
    }
  }

  @Test
  void whatAnUnfinishedRunWroteIsCutOff() throws IOException {
    Path file = folder.resolve("topology.history");
    train(network(), file, Timing.AFTER_TEST);
    byte[] whole = Files.readAllBytes(file);
    long kept;
    try (HistoryWriter writer = HistoryWriter.create(folder.resolve("start"), network())) {
      kept = writer.settle();
    }
    HistoryWriter.append(file, kept, new FirstNumbers(network())).close();
    assertThat(Files.readAllBytes(file))
        .isEqualTo(Arrays.copyOf(whole, (int) kept))
        .isEqualTo(Files.readAllBytes(folder.resolve("start")));
    assertThatThrownBy(() -> HistoryWriter.append(file, kept + 1, new FirstNumbers(network())))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("cut short");
  }

  private void readAll(byte[] bytes) throws IOException {
    Path file = folder.resolve("other.history");
    Files.write(file, bytes);
    try (HistoryReader reader = HistoryReader.open(file)) {
      while (reader.next() != null) {
        // only whether it can be read
      }
    }
  }

  @Test
  void damageIsNoticed() throws IOException {
    Path file = folder.resolve("topology.history");
    train(network(), file, Timing.AFTER_TEST);
    byte[] bytes = Files.readAllBytes(file);
    readAll(bytes);
    for (int at = 0; at < bytes.length; at += at < 200 ? 1 : 41) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      // the shapes at the beginning have no checksum; larger ones do no harm
      if (at < 16 || at >= 40) {
        assertThatThrownBy(() -> readAll(damaged))
            .as("byte %d", at)
            .isInstanceOf(HistoryFormatException.class)
            .hasMessageContaining("other.history");
      }
    }
    int cut = 0;
    for (int length = 0; length < bytes.length; length += length < 200 ? 1 : 41) {
      try {
        readAll(Arrays.copyOf(bytes, length));
      } catch (HistoryFormatException expected) {
        cut++;
      }
    }
    assertThat(cut).isGreaterThan(200);
  }

  @Test
  void aChangeThatDoesNotFitIsRefused() {
    TopologyReplay replay = new TopologyReplay(List.of(new HistoryReader.Shape(3, 3)));
    CellList cells = new CellList();
    cells.clear(2);
    cells.add(1);
    CellList none = new CellList();
    replay.apply(new TopologyChange(0, TopologyChange.START, 0, 1, none, cells));
    assertThatThrownBy(() -> replay.apply(new TopologyChange(0, 0, 1, 2, none, cells)))
        .hasMessageContaining("layer 0");
    assertThatThrownBy(() -> replay.apply(new TopologyChange(0, 0, 1, 2, none, none)))
        .hasMessageContaining("does not fit");
  }
}
