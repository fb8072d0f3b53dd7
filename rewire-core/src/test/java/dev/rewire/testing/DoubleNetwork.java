package dev.rewire.testing;

import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The obvious twin of a network: dense matrices, double precision, one sample after another.
 * Weights are public, to be moved a little.
 */
public final class DoubleNetwork {
  /** Weights of each layer, {@code [layer][output][input]}, 0 where there is no connection. */
  public final double[][][] weights;

  /** Biases of each layer. */
  public final double[][] biases;

  private final Network network;
  private double nearestToKink = Double.POSITIVE_INFINITY;

  /**
   * Copies the parameters.
   *
   * @param network the network to be a twin of
   */
  public DoubleNetwork(Network network) {
    this.network = network;
    int layers = network.layers().size();
    weights = new double[layers][][];
    biases = new double[layers][];
    for (int l = 0; l < layers; l++) {
      SparseLayer layer = network.layers().get(l);
      Topology topology = layer.topology();
      weights[l] = new double[layer.outputs()][layer.inputs()];
      biases[l] = new double[layer.outputs()];
      for (int j = 0; j < layer.outputs(); j++) {
        biases[l][j] = layer.bias().get(j);
        for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1); e++) {
          weights[l][j][topology.column().get(e)] = layer.weight().get(e);
        }
      }
    }
  }

  /**
   * Computes the outputs of a sample.
   *
   * @param sample scaled features
   * @param masks what the outputs of each layer are multiplied with, {@code [layer][neuron]}, or
   *     null
   * @return the outputs of the last layer
   */
  public double[] outputs(double[] sample, double @Nullable [][] masks) {
    double[] x = sample;
    for (int l = 0; l < weights.length; l++) {
      double[] y = new double[weights[l].length];
      String activation = network.layers().get(l).activation().id();
      for (int j = 0; j < y.length; j++) {
        double sum = biases[l][j];
        for (int i = 0; i < x.length; i++) {
          sum += weights[l][j][i] * x[i];
        }
        double toKink =
            activation.equals("hard-tanh") ? Math.abs(Math.abs(sum) - 1) : Math.abs(sum);
        nearestToKink = Math.min(nearestToKink, toKink);
        y[j] = activation(activation, sum) * (masks == null ? 1 : masks[l][j]);
      }
      x = y;
    }
    return x;
  }

  /**
   * Returns the weighted sum nearest to 0 so far, where ReLU has no derivative.
   *
   * @return its absolute value
   */
  public double nearestToKink() {
    return nearestToKink;
  }

  private static double activation(String id, double x) {
    return switch (id) {
      case "relu" -> Math.max(0, x);
      case "leaky-relu:0.01" -> x > 0 ? x : 0.01 * x;
      case "sigmoid" -> 1 / (1 + StrictMath.exp(-x));
      case "tanh" -> StrictMath.tanh(x);
      case "identity" -> x;
      case "elu" -> x > 0 ? x : StrictMath.expm1(x);
      case "softplus" -> StrictMath.log1p(StrictMath.exp(x));
      case "silu" -> x / (1 + StrictMath.exp(-x));
      case "gelu" -> x * normal(x);
      case "hard-tanh" -> Math.clamp(x, -1, 1);
      case "all-relu:-0.6" -> x > 0 ? x : -0.6 * x;
      default -> throw new IllegalArgumentException(id);
    };
  }

  /** The normal distribution, by its series around 0. */
  private static double normal(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; Math.abs(term) > 1e-18; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  /**
   * Computes the loss of a sample.
   *
   * @param outputs of the sample
   * @param label its class
   * @return as the network's loss defines it
   */
  public double loss(double[] outputs, int label) {
    double sum = 0;
    double loss = 0;
    int n = outputs.length;
    for (int k = 0; k < n; k++) {
      double t = k == label ? 1 : 0;
      double y = outputs[k];
      sum += StrictMath.exp(y);
      loss +=
          switch (network.loss().id()) {
            case "cross-entropy" -> -t * y;
            case "binary-cross-entropy" -> {
              double p = 1 / (1 + StrictMath.exp(-y));
              yield -(t * StrictMath.log(p) + (1 - t) * StrictMath.log(1 - p)) / n;
            }
            case "mse" -> (y - t) * (y - t) / n;
            case "mae" -> Math.abs(y - t) / n;
            case "huber" ->
                (Math.abs(y - t) <= 1 ? (y - t) * (y - t) / 2 : Math.abs(y - t) - 0.5) / n;
            case "hinge" -> Math.max(0, t == 1 ? 1 - y : 1 + y) / n;
            case "multi-margin" -> t == 1 ? 0 : Math.max(0, 1 - outputs[label] + y) / n;
            default -> throw new IllegalArgumentException(network.loss().id());
          };
    }
    return network.loss().id().equals("cross-entropy") ? loss + StrictMath.log(sum) : loss;
  }
}
