package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.history.HistoryWriter;
import dev.rewire.history.TopologyChange;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen during a training and what is read from its history afterwards is the same. */
class TopologyObservationTest {
  @TempDir private Path folder;

  /** Keeps what it sees. */
  private static final class Notes implements Consumer<TopologyChange> {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void accept(TopologyChange change) {
      lines.add(
          "%d %d %d %d %s %s"
              .formatted(
                  change.layer(),
                  change.epoch(),
                  change.step(),
                  change.connections(),
                  Arrays.toString(change.dropped().toArray()),
                  Arrays.toString(change.grown().toArray())));
    }
  }

  @Test
  void liveAndReplayShowTheSame() throws IOException {
    Network network =
        new NetworkBuilder(12, List.of("a", "b", "c")).hidden(10).epsilon(2).seed(4).build();
    Notes live = new Notes();
    Notes replayed = new Notes();
    Path file = folder.resolve("topology.history");
    try (HistoryWriter writer = HistoryWriter.create(file, network);
        Lineage lineage = new Lineage(2);
        Lineage later = new Lineage(2)) {
      TopologyObservation observation = TopologyObservation.live(network, List.of(live, lineage));
      Topology topology = network.layers().getFirst().topology();
      TreeSet<Long> alive = new TreeSet<>();
      try (CellList cells = new CellList()) {
        TopologyObservation.fill(cells, topology);
        for (long cell : cells.toArray()) {
          alive.add(cell);
        }
      }
      for (int epoch = 0; epoch < 5; epoch++) {
        long gone = alive.removeFirst();
        long come = 119 - epoch;
        List<Long> grown = alive.add(come) ? List.of(come) : List.of();
        TopologyUpdate update =
            new TopologyUpdate(
                0,
                epoch,
                RandomHistory.list(List.of(gone)),
                RandomHistory.list(grown),
                alive.size());
        observation.onTopologyUpdate(network, update);
        writer.onTopologyUpdate(network, update);
      }
      writer.settle();
      TopologyObservation.replay(file, List.of(replayed, later));
      assertThat(replayed.lines).hasSize(7).isEqualTo(live.lines);
      assertThat(later.ages(0)).containsExactly(lineage.ages(0));
      assertThat(later.deaths(0)).containsExactly(lineage.deaths(0));
      assertThat(lineage.updates(0)).isEqualTo(5);
      assertThat(lineage.updates(1)).isZero();
    }
  }
}
