package dev.rewire.evolution;

import dev.rewire.topology.DistinctNumbers;

/**
 * The growth of SET: uniformly over all free cells of the layer, in time and memory proportional to
 * the connections. Free cells are counted, not listed: their ranks are drawn and turned into
 * numbers by one walk along the taken ones.
 */
public record RandomGrow() implements GrowRule {
  @Override
  public long[] choose(Situation situation, int count) {
    long[] taken = situation.takenCells();
    long[] cells = DistinctNumbers.draw(situation.free(), count, situation.random());
    int before = 0;
    for (int i = 0; i < cells.length; i++) {
      while (before < taken.length && taken[before] - before <= cells[i]) {
        before++;
      }
      cells[i] += before;
    }
    return cells;
  }
}
