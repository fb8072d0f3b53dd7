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

  /**
   * Puts back what an earlier run knew.
   *
   * @param epoch number of the epoch of the removal, from 0
   * @param wanted connections after growth
   * @param forbidden cells where none may grow, ascending; copied
   */
  public void restore(int epoch, int wanted, CellList forbidden) {
    begin(epoch, wanted);
    this.forbidden.copy(forbidden);
  }

  /**
   * Says when it was.
   *
   * @return number of the epoch, from 0
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Says how many connections there are to be.
   *
   * @return after growth
   */
  public int wanted() {
    return wanted;
  }

  /**
   * Returns the cells where none may grow.
   *
   * @return ascending, empty where all may return; live
   */
  public CellList forbidden() {
    return forbidden;
  }

  /** Gives its memory back. */
  @Override
  public void close() {
    forbidden.close();
  }
}
