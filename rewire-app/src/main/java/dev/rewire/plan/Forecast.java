package dev.rewire.plan;

/**
 * How long an epoch will take on this machine, by a measurement of networks of the same kind.
 *
 * @param training seconds of the training steps
 * @param evolution seconds of the evolution
 * @param test seconds of the test
 * @param measuredNeurons neurons of the network that was measured, inputs included
 * @param measuredConnections connections of that network
 * @param connections connections of the network that was asked about
 * @param thinned whether that network has fewer connections a neuron; if not, and it is smaller, it
 *     has the same fan-in
 * @param steps training steps that were measured
 */
public record Forecast(
    double training,
    double evolution,
    double test,
    long measuredNeurons,
    long measuredConnections,
    long connections,
    boolean thinned,
    int steps) {

  /**
   * Adds up the parts.
   *
   * @return seconds of a whole epoch
   */
  public double seconds() {
    return training + evolution + test;
  }

  /**
   * Says whether the very network was measured, not a smaller one.
   *
   * @return true if nothing was scaled
   */
  public boolean whole() {
    return measuredConnections >= connections;
  }
}
