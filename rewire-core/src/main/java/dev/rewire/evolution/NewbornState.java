package dev.rewire.evolution;

/** What the optimizer remembers about a connection that has just grown. */
public enum NewbornState {
  /** Nothing. */
  ZERO,
  /**
   * Nothing, unless it grew where one was dropped in the same evolution: then what that one had.
   */
  KEEP_IF_SAME_CELL,
  /** The mean over the survivors of the layer. */
  MEAN
}
