package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.topology.Topology;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** Where new connections of a layer come. */
public interface GrowRule {
  /**
   * Chooses free cells.
   *
   * @param situation the layer and what was dropped from it
   * @param count how many, at most {@link Situation#free}
   * @return their numbers, ascending and distinct
   */
  long[] choose(Situation situation, int count);

  /**
   * A layer between removal and growth.
   *
   * @param layer with its connections of before
   * @param dropped those of them that go
   * @param forbidden cells without a connection where none may grow either, ascending
   * @param random where chance comes from
   */
  record Situation(SparseLayer layer, BitSet dropped, long[] forbidden, RandomGenerator random) {
    /**
     * Counts the cells where a connection may grow.
     *
     * @return 0 or more
     */
    public long free() {
      return layer.topology().cells() - taken();
    }

    private int taken() {
      return layer.topology().connections() - dropped.cardinality() + forbidden.length;
    }

    /**
     * Lists the cells where none may grow: survivors and forbidden ones.
     *
     * @return their numbers, ascending
     */
    public long[] takenCells() {
      long[] cells = new long[taken()];
      int next = 0;
      int other = 0;
      Topology topology = layer.topology();
      int[] rowStart = topology.rowStart().toArray();
      int[] column = topology.column().toArray();
      for (int j = 0; j < topology.outputs(); j++) {
        long row = (long) j * topology.inputs();
        for (int e = rowStart[j]; e < rowStart[j + 1]; e++) {
          long cell = row + column[e];
          while (other < forbidden.length && forbidden[other] < cell) {
            cells[next++] = forbidden[other++];
          }
          if (!dropped.get(e)) {
            cells[next++] = cell;
          }
        }
      }
      System.arraycopy(forbidden, other, cells, next, forbidden.length - other);
      return cells;
    }
  }
}
