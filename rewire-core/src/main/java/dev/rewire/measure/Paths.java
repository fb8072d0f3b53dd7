package dev.rewire.measure;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many ways lead from the inputs to the outputs: 1<sup>T</sup> A<sup>1</sup> A<sup>2</sup> …
 * A<sup>L</sup> 1 of the connection matrices, or the same with |w| in their place, which is R of
 * SynFlow (Tanaka et al., NeurIPS 2020). A deep network has far more paths than a double can count,
 * so only their logarithm is kept, and the share of each input and each output. Biases are no
 * paths. Costs two passes over the connections.
 *
 * @param log10 decimal logarithm of the number, or of the sum of the products of |w|; minus
 *     infinity without any path
 * @param inputShare share of each input, 0 to 1; all 0 without any path
 * @param outputShare share of each output, 0 to 1
 */
public record Paths(double log10, double[] inputShare, double[] outputShare) {
  /**
   * Counts paths.
   *
   * @param layers from the input on, each as wide as the next one expects
   * @return their number and shares
   */
  public static Paths counted(List<Topology> layers) {
    return of(layers, null);
  }

  /**
   * Weighs paths by the product of their |w|: SynFlow.
   *
   * @param network as it is now
   * @return the logarithm of R and its shares
   */
  public static Paths weighted(Network network) {
    return of(network.topologies(), network.layers().stream().map(SparseLayer::weight).toList());
  }

  private static Paths of(List<Topology> layers, @Nullable List<Floats> weights) {
    Flow forward = new Flow(ones(layers.getFirst().inputs()));
    for (int l = 0; l < layers.size(); l++) {
      forward.forward(layers.get(l), weights == null ? null : weights.get(l));
    }
    Flow backward = new Flow(ones(layers.getLast().outputs()));
    for (int l = layers.size() - 1; l >= 0; l--) {
      backward.backward(layers.get(l), weights == null ? null : weights.get(l));
    }
    return new Paths(forward.log10(), backward.shares(), forward.shares());
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** One number a neuron, times a common power of two. */
  private static final class Flow {
    private double[] values;
    private long exponent;

    Flow(double[] values) {
      this.values = values;
    }

    void forward(Topology layer, @Nullable Floats weight) {
      double[] next = new double[layer.outputs()];
      for (int j = 0; j < next.length; j++) {
        int end = layer.rowStart().get(j + 1L);
        for (int e = layer.rowStart().get(j); e < end; e++) {
          next[j] += values[layer.column().get(e)] * strength(weight, e);
        }
      }
      replace(next);
    }

    void backward(Topology layer, @Nullable Floats weight) {
      double[] next = new double[layer.inputs()];
      for (int j = 0; j < values.length; j++) {
        int end = layer.rowStart().get(j + 1L);
        for (int e = layer.rowStart().get(j); e < end; e++) {
          next[layer.column().get(e)] += values[j] * strength(weight, e);
        }
      }
      replace(next);
    }

    private static double strength(@Nullable Floats weight, int e) {
      return weight == null ? 1 : Math.abs(weight.get(e));
    }

    /** Brings the largest number between 1 and 2, which is exact. */
    private void replace(double[] next) {
      double most = 0;
      for (double value : next) {
        most = Math.max(most, value);
      }
      int power = most == 0 ? 0 : Math.getExponent(most);
      for (int i = 0; i < next.length; i++) {
        next[i] = Math.scalb(next[i], -power);
      }
      exponent += power;
      values = next;
    }

    private double sum() {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum;
    }

    double log10() {
      return Math.log10(sum()) + exponent * Math.log10(2);
    }

    double[] shares() {
      double sum = sum();
      double[] shares = values.clone();
      for (int i = 0; i < shares.length; i++) {
        shares[i] = sum == 0 ? 0 : shares[i] / sum;
      }
      return shares;
    }
  }
}
