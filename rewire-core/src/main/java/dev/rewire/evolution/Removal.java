package dev.rewire.evolution;

import dev.rewire.topology.CellList;

/**
 * What must be known about a layer that has lost connections and not yet got new ones. Used again
 * for the next removal.
 */
public final class Removal implements AutoCloseable {
  private final CellList forbidden = new CellList();
  private int epoch;
  private int wanted;

  /** Begins without a removal. */
  public Removal() {}

  void begin(int epoch, int wanted) {
    this.epoch = epoch;
    this.wanted = wanted;
    forbidden.clear(0);
  }

  int epoch() {
    return epoch;
  }

  int wanted() {
    return wanted;
  }

  /** Cells where none may grow; empty where all may return. */
  CellList forbidden() {
    return forbidden;
  }

  /** Gives its memory back. */
  @Override
  public void close() {
    forbidden.close();
  }
}
