package dev.rewire.random;

/** What a stream of random numbers is for. The order is part of every seed: add at the end only. */
public enum Purpose {
  /** Which connections exist at the start. */
  TOPOLOGY,
  /** Initial weights and biases. */
  WEIGHTS,
  /** Order of the samples. */
  SHUFFLE,
  /** Which units drop out. */
  DROPOUT,
  /** Where connections grow. */
  GROWTH,
  /** Weights of newly grown connections. */
  NEWBORN,
  /** Splits of a data set. */
  SPLIT,
  /** Which connections go, where chance decides. */
  REMOVAL,
  /** How a picture is moved before an epoch of training sees it. */
  AUGMENTATION,
  /** Whether a layer evolves after a step, where chance decides. */
  EVOLUTION,
  /** Samples and random references that a measure compares with. */
  MEASURE,
  /** First values of what neurons learn beside their bias. */
  NEURONS,
  /** Noise that is added to weights in a step. */
  NOISE
}
