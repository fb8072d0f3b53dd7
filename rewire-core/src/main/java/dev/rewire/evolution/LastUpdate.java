package dev.rewire.evolution;

/** What happens at the evolution that falls on the end of training. */
public enum LastUpdate {
  /** Nothing: the network is left as it was trained. */
  SKIP,
  /** Removal without growth, as in the paper of SET: the network is left with fewer connections. */
  REMOVE_ONLY,
  /** As at any other time. */
  FULL
}
