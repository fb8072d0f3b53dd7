package dev.rewire.measure;

import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows every change of a topology to measures that want to see them all: {@link Exploration},
 * {@link Churn} and {@link Lineage}. The changes come from a training that is under way or from the
 * history of one, and are the same. For each layer the first change has epoch {@link
 * TopologyChange#START} and the connections at the start as grown ones.
 */
public final class TopologyObservation implements TrainingListener {
  private final List<Consumer<TopologyChange>> measures;

  private TopologyObservation(List<? extends Consumer<TopologyChange>> measures) {
    this.measures = List.copyOf(measures);
  }

  /**
   * Observes a training.
   *
   * @param network before the training; its connections are shown at once
   * @param measures what looks; a change's lists are valid only during the call
   * @return to be told of the training
   */
  public static TopologyObservation live(
      Network network, List<? extends Consumer<TopologyChange>> measures) {
    TopologyObservation observation = new TopologyObservation(measures);
    try (CellList cells = new CellList();
        CellList none = new CellList()) {
      for (SparseLayer layer : network.layers()) {
        fill(cells, layer.topology());
        observation.show(
            new TopologyChange(
                layer.index(),
                TopologyChange.START,
                network.steps(),
                layer.topology().connections(),
                none,
                cells));
      }
    }
    return observation;
  }

  /** Lists the cells of a topology, ascending. */
  static void fill(CellList cells, Topology topology) {
    cells.clear(topology.connections());
    for (int j = 0; j < topology.outputs(); j++) {
      long row = (long) j * topology.inputs();
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        cells.add(row + topology.column().get(e));
      }
    }
  }

  /**
   * Observes what a run has written down.
   *
   * @param history a topology history
   * @param measures what looks; a change's lists are valid only during the call
   * @throws IOException if it cannot be read or is damaged
   */
  public static void replay(Path history, List<? extends Consumer<TopologyChange>> measures)
      throws IOException {
    TopologyObservation observation = new TopologyObservation(measures);
    try (HistoryReader reader = HistoryReader.open(history)) {
      for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
        observation.show(change);
      }
    }
  }

  @Override
  public void onTopologyUpdate(Network network, TopologyUpdate update) {
    show(
        new TopologyChange(
            update.layer(),
            update.epoch(),
            network.steps(),
            update.connections(),
            update.dropped(),
            update.grown()));
  }

  private void show(TopologyChange change) {
    measures.forEach(measure -> measure.accept(change));
  }
}
