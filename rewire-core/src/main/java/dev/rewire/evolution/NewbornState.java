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
  MEAN,
  /**
   * What one of the dropped connections had, each of them given once: an optimizer whose memory
   * stays where it is while connections are exchanged, as in EvolNet. Nothing for more newcomers
   * than dropped ones, and where removal and growth are apart.
   */
  INHERITED
}
