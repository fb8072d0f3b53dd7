package dev.rewire.evolution;

/** Work on some connections of a layer, one part of all. */
@FunctionalInterface
public interface ConnectionRange {
  /**
   * Does the work; called from several threads.
   *
   * @param from first connection, a multiple of 64
   * @param to one past the last connection
   */
  void run(int from, int to);
}
