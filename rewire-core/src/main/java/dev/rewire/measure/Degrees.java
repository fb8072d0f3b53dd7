package dev.rewire.measure;

import dev.rewire.topology.Topology;
import java.util.Arrays;

/**
 * The degree distribution of one side of a layer. Costs one pass over the connections.
 *
 * @param counts neurons of each degree, from 0 to the largest degree
 * @param others neurons of the other side: the largest degree that is possible
 */
public record Degrees(long[] counts, int others) {
  /**
   * Counts what comes in.
   *
   * @param topology a layer
   * @return the in-degrees of its output neurons
   */
  public static Degrees incoming(Topology topology) {
    int[] degrees = new int[topology.outputs()];
    Arrays.setAll(degrees, topology::fanIn);
    return of(degrees, topology.inputs());
  }

  /**
   * Counts what goes out.
   *
   * @param topology a layer
   * @return the out-degrees of its input neurons
   */
  public static Degrees outgoing(Topology topology) {
    return of(InputConnectivity.of(topology, null).outgoing(), topology.outputs());
  }

  /**
   * Counts neurons by their degree.
   *
   * @param degrees one number a neuron, 1 neuron or more
   * @param others neurons of the other side
   * @return the distribution
   */
  public static Degrees of(int[] degrees, int others) {
    int most = Arrays.stream(degrees).max().orElseThrow();
    if (most > others || Arrays.stream(degrees).min().orElseThrow() < 0) {
      throw new IllegalArgumentException(
          "degrees lie between 0 and the %d neurons of the other side".formatted(others));
    }
    long[] counts = new long[most + 1];
    for (int degree : degrees) {
      counts[degree]++;
    }
    return new Degrees(counts, others);
  }

  /**
   * Counts the neurons.
   *
   * @return 1 or more
   */
  public long neurons() {
    return Arrays.stream(counts).sum();
  }

  /**
   * Returns the smallest degree.
   *
   * @return 0 or more
   */
  public int min() {
    int degree = 0;
    while (counts[degree] == 0) {
      degree++;
    }
    return degree;
  }

  /**
   * Returns the largest degree.
   *
   * @return 0 or more
   */
  public int max() {
    return counts.length - 1;
  }

  /**
   * Returns the mean degree.
   *
   * @return connections of the layer over neurons
   */
  public double mean() {
    double sum = 0;
    for (int degree = 0; degree < counts.length; degree++) {
      sum += (double) degree * counts[degree];
    }
    return sum / neurons();
  }

  /**
   * Returns the coefficient of variation: standard deviation over mean.
   *
   * @return 0 or more; 0 where there are no connections
   */
  public double variation() {
    double mean = mean();
    double squares = 0;
    for (int degree = 0; degree < counts.length; degree++) {
      squares += (degree - mean) * (degree - mean) * counts[degree];
    }
    return mean == 0 ? 0 : Math.sqrt(squares / neurons()) / mean;
  }

  /**
   * Returns the coefficient of variation of an Erdős–Rényi layer of this density d, whose degrees
   * are binomial: &radic;((1 - d) / (n d)) with n neurons on the other side.
   *
   * @return 0 or more; 0 where there are no connections
   */
  public double randomVariation() {
    double mean = mean();
    return mean == 0 ? 0 : Math.sqrt((1 - mean / others) / mean);
  }

  /**
   * Counts the neurons without any connection on this side.
   *
   * @return 0 or more
   */
  public long isolated() {
    return counts[0];
  }

  /**
   * Returns the complementary cumulative distribution.
   *
   * @return at index k, the share of neurons of degree k or more: 1 at index 0, then falling
   */
  public double[] ccdf() {
    double[] shares = new double[counts.length];
    long above = 0;
    for (int degree = counts.length - 1; degree >= 0; degree--) {
      above += counts[degree];
      shares[degree] = above;
    }
    double neurons = above;
    Arrays.setAll(shares, degree -> shares[degree] / neurons);
    return shares;
  }
}
