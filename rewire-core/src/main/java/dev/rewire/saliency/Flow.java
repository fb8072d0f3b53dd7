package dev.rewire.saliency;

/**
 * The flow through a layer in one round of SynFlow: from the inputs of the network to each of its
 * inputs, from each of its outputs to the outputs of the network. The score of a cell is {@code |w|
 * * input * output}, a share of all that flows.
 *
 * @param input one number an input, 0 or more
 * @param output one number an output, 0 or more
 */
record Flow(double[] input, double[] output) {
  /** Bits of the score of a cell. */
  static int score(double magnitude, double input, double output) {
    return Float.floatToRawIntBits((float) (magnitude * input * output));
  }
}
