package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.util.BitSet;

/** What rules choose, in sets and arrays that tests can compare. */
public final class Choices {
  private static final RandomStreams STREAMS = new RandomStreams(0);

  private Choices() {}

  /**
   * Asks a rule what goes.
   *
   * @return numbers of connections
   */
  public static BitSet dropped(DropRule rule, SparseLayer layer, double fraction) {
    return dropped(rule, layer, fraction, 1);
  }

  /**
   * Asks a rule what goes, on some threads.
   *
   * @return numbers of connections
   */
  public static BitSet dropped(DropRule rule, SparseLayer layer, double fraction, int threads) {
    try (WorkerTeam team = new WorkerTeam(threads);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      workspace.choose(rule, layer, fraction, Moment.START, 0, STREAMS);
      BitSet dropped = new BitSet();
      Bits marks = workspace.marks();
      for (int e = 0; e < marks.length(); e++) {
        dropped.set(e, marks.get(e));
      }
      return dropped;
    }
  }

  /** What a rule of growth does in a layer between removal and growth. */
  interface Growth {
    /** Looks at the layer, and fills the list or does not. */
    void with(GrowSituation situation);
  }

  /** Lets something grow; returns the cells. */
  static long[] grown(
      SparseLayer layer, BitSet dropped, long[] forbidden, long seed, int threads, Growth growth) {
    try (WorkerTeam team = new WorkerTeam(threads);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team);
        CellList none = list(forbidden)) {
      workspace.choose(
          (situation, fraction) -> dropped.stream().forEach(situation.marks()::set),
          layer,
          0,
          Moment.START,
          0,
          STREAMS);
      long[][] grown = new long[1][];
      workspace.grow(
          (situation, count) -> {
            growth.with(situation);
            grown[0] = situation.grown().toArray();
          },
          layer,
          0,
          true,
          none,
          0,
          new RandomStreams(seed));
      return grown[0];
    }
  }

  private static CellList list(long[] cells) {
    CellList list = new CellList();
    list.clear(cells.length);
    for (long cell : cells) {
      list.add(cell);
    }
    return list;
  }

  /** Lists the cells of some connections. */
  static long[] cells(Topology topology, BitSet connections) {
    long[] cells = new long[connections.cardinality()];
    int next = 0;
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        if (connections.get(e)) {
          cells[next++] = (long) j * topology.inputs() + topology.column().get(e);
        }
      }
    }
    return cells;
  }
}
