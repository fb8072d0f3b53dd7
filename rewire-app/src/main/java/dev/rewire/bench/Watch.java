package dev.rewire.bench;

/** Hears how far a measurement is, and may end it. */
public interface Watch {
  /**
   * Called before each piece of work.
   *
   * @param what for people
   * @param done pieces that are done
   * @param of pieces in all
   */
  void at(String what, int done, int of);

  /**
   * Asked before each piece of work whether to leave out the rest.
   *
   * @return true to end with what has been measured
   */
  boolean stop();
}
