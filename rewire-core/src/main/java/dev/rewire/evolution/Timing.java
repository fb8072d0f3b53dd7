package dev.rewire.evolution;

/** Where removal and growth lie between training and test. */
public enum Timing {
  /** Test first, then removal and growth together. */
  AFTER_TEST,
  /** Removal before the test, growth before the next epoch: synapses. */
  AROUND_TEST
}
