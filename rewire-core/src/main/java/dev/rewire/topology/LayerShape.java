package dev.rewire.topology;

/**
 * The neurons on both sides of a layer.
 *
 * @param inputs 1 or more
 * @param outputs 1 or more
 */
public record LayerShape(int inputs, int outputs) {
  /** Checks the sizes. */
  public LayerShape {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a layer needs 1 neuron or more on each side: " + inputs + " x " + outputs);
    }
  }

  /**
   * Returns the number of possible connections.
   *
   * @return inputs times outputs
   */
  public long cells() {
    return (long) inputs * outputs;
  }

  /**
   * Returns the density of this layer in an Erdős–Rényi network, up to a common factor (RigL, Evci
   * et al. 2020).
   *
   * @return {@code (inputs + outputs) / (inputs * outputs)}
   */
  double raw() {
    return ((double) inputs + outputs) / cells();
  }
}
