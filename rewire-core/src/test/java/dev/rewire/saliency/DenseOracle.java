package dev.rewire.saliency;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.LayerShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A small network with all its weights in arrays, in double precision, and every score of it. */
final class DenseOracle {
  final double[][][] weight;
  final double[][] bias;
  final Activation hidden;
  final boolean binary;

  /** Of each layer the neuron layers, with their first numbers. */
  private final List<List<NeuronNumbers>> neurons;

  DenseOracle(NetworkBuilder builder, Activation hidden, Initializer given, boolean binary) {
    this.hidden = hidden;
    this.binary = binary;
    List<LayerShape> shapes = builder.shapes();
    neurons = builder.build().layers().stream().map(SparseLayer::neurons).toList();
    weight = new double[shapes.size()][][];
    bias = new double[shapes.size()][];
    RandomStreams streams = new RandomStreams(builder.seed());
    for (int l = 0; l < weight.length; l++) {
      LayerShape shape = shapes.get(l);
      double gain = l < weight.length - 1 ? hidden.gain() : 1;
      Initializer initializer = given == null ? new Initializer.SparseHe(gain) : given;
      ImplicitLayer layer =
          ImplicitLayer.of(shape.inputs(), shape.outputs(), initializer, streams, l);
      weight[l] = new double[shape.outputs()][shape.inputs()];
      bias[l] = new double[shape.outputs()];
      for (int j = 0; j < shape.outputs(); j++) {
        bias[l][j] = layer.bias(j);
        for (int i = 0; i < shape.inputs(); i++) {
          weight[l][j][i] = layer.weight((long) j * shape.inputs() + i);
        }
      }
    }
  }

  /** The normal distribution by its power series. */
  private static double phi(double x) {
    double term = x;
    double sum = x;
    for (int k = 3; k < 400; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private double value(double x) {
    return switch (hidden) {
      case Activation.Identity _ -> x;
      case Activation.Tanh _ -> Math.tanh(x);
      case Activation.Sigmoid _ -> 1 / (1 + Math.exp(-x));
      case Activation.Softplus _ -> Math.log1p(Math.exp(x));
      case Activation.Silu _ -> x / (1 + Math.exp(-x));
      case Activation.Gelu _ -> x * phi(x);
      case Activation.Elu _ -> x > 0 ? x : Math.expm1(x);
      case Activation.LeakyRelu(double slope) -> x > 0 ? x : slope * x;
      default -> Math.max(0, x);
    };
  }

  private double slope(double x) {
    double s = 1 / (1 + Math.exp(-x));
    return switch (hidden) {
      case Activation.Identity _ -> 1;
      case Activation.Tanh _ -> 1 - Math.tanh(x) * Math.tanh(x);
      case Activation.Sigmoid _ -> s * (1 - s);
      case Activation.Softplus _ -> s;
      case Activation.Silu _ -> s * (1 + x * (1 - s));
      case Activation.Gelu _ -> phi(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case Activation.Elu _ -> x > 0 ? 1 : Math.exp(x);
      case Activation.LeakyRelu(double slope) -> x > 0 ? 1 : slope;
      default -> x > 0 ? 1 : 0;
    };
  }

  /** The gradient of the mean loss of logits divided by a number, with respect to all weights. */
  double[][][] gradient(float[][] samples, int[] labels, double temperature) {
    int depth = weight.length;
    int count = samples.length;
    double[][][] gradient = zeros();
    List<List<DenseNeurons>> works = new ArrayList<>();
    double[][][] sums = new double[depth][count][];
    double[][][] in = new double[depth + 1][count][];
    for (int b = 0; b < count; b++) {
      in[0][b] = IntStream.range(0, samples[b].length).mapToDouble(at(samples[b])).toArray();
    }
    for (int l = 0; l < depth; l++) {
      for (int b = 0; b < count; b++) {
        sums[l][b] = bias[l].clone();
        for (int j = 0; j < weight[l].length; j++) {
          for (int i = 0; i < in[l][b].length; i++) {
            sums[l][b][j] += weight[l][j][i] * in[l][b][i];
          }
        }
      }
      works.add(
          l < depth - 1 ? neurons.get(l).stream().map(DenseNeurons::new).toList() : List.of());
      works.getLast().forEach(forwardOf(sums[l]));
      for (int b = 0; b < count; b++) {
        boolean last = l == depth - 1;
        double[] z = sums[l][b];
        in[l + 1][b] = Arrays.stream(z).map(x -> last ? x : value(x)).toArray();
      }
    }
    double[][] d = new double[count][];
    for (int b = 0; b < count; b++) {
      d[b] = last(in[depth][b], labels[b], temperature, count);
    }
    for (int l = depth - 1; l >= 0; l--) {
      if (l < depth - 1) {
        for (int b = 0; b < count; b++) {
          for (int j = 0; j < d[b].length; j++) {
            d[b][j] *= slope(sums[l][b][j]);
          }
        }
        works.get(l).reversed().forEach(backwardOf(d));
      }
      for (int b = 0; b < count; b++) {
        double[] below = new double[in[l][b].length];
        for (int j = 0; j < d[b].length; j++) {
          for (int i = 0; i < below.length; i++) {
            gradient[l][j][i] += d[b][j] * in[l][b][i];
            below[i] += d[b][j] * weight[l][j][i];
          }
        }
        d[b] = below;
      }
    }
    return gradient;
  }

  private static Consumer<DenseNeurons> forwardOf(double[][] x) {
    return work -> work.forward(x);
  }

  private static Consumer<DenseNeurons> backwardOf(double[][] d) {
    return work -> work.backward(d);
  }

  private static IntToDoubleFunction at(float[] sample) {
    return i -> sample[i];
  }

  private double[] last(double[] logits, int label, double temperature, int samples) {
    double[] d = new double[logits.length];
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    for (int k = 0; k < d.length; k++) {
      double p =
          binary
              ? 1 / (1 + Math.exp(-logits[k] / temperature))
              : Math.exp(logits[k] / temperature) / sum;
      double target = binary ? label : k == label ? 1 : 0;
      d[k] = (p - target) / samples / temperature;
    }
    return d;
  }

  double[][][] zeros() {
    double[][][] zeros = new double[weight.length][][];
    for (int l = 0; l < weight.length; l++) {
      zeros[l] = new double[weight[l].length][weight[l][0].length];
    }
    return zeros;
  }

  /** The product of the Hessian with a direction, from gradients at two points. */
  double[][][] hessianTimes(
      double[][][] direction, float[][] samples, int[] labels, double temperature) {
    double norm = Math.sqrt(Arrays.stream(flat(direction)).map(x -> x * x).sum());
    double step = 1e-5 / norm;
    move(direction, step);
    double[] up = flat(gradient(samples, labels, temperature));
    move(direction, -2 * step);
    double[] down = flat(gradient(samples, labels, temperature));
    move(direction, step);
    double[][][] product = zeros();
    int at = 0;
    for (double[][] layer : product) {
      for (double[] row : layer) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (up[at] - down[at++]) / (2 * step);
        }
      }
    }
    return product;
  }

  private void move(double[][][] direction, double step) {
    for (int l = 0; l < weight.length; l++) {
      for (int j = 0; j < weight[l].length; j++) {
        for (int i = 0; i < weight[l][j].length; i++) {
          weight[l][j][i] += step * direction[l][j][i];
        }
      }
    }
  }

  /** All cells in the order of their numbers. */
  static double[] flat(double[][][] cells) {
    return Arrays.stream(cells).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Scores of the layers that take part. */
  double[] products(double[][][] other, int taking) {
    double[][][] products = zeros();
    for (int l = 0; l < weight.length; l++) {
      for (int j = 0; j < weight[l].length; j++) {
        for (int i = 0; i < weight[l][j].length; i++) {
          products[l][j][i] = weight[l][j][i] * other[l][j][i];
        }
      }
    }
    return flat(Arrays.copyOf(products, taking));
  }

  /** The cells that SynFlow leaves, by its definition: masks, and all scores sorted each round. */
  long[] synFlow(int taking, int wanted, int rounds) {
    boolean[] alive = new boolean[flat(Arrays.copyOf(weight, taking)).length];
    Arrays.fill(alive, true);
    for (int round = 1; round <= rounds; round++) {
      float[] scores = flowScores(alive, taking);
      double share = Math.pow((double) wanted / alive.length, (double) round / rounds);
      int keep = round == rounds ? wanted : (int) Math.round(alive.length * share);
      List<Integer> order = new ArrayList<>();
      for (int cell = 0; cell < alive.length; cell++) {
        if (alive[cell]) {
          order.add(cell);
        }
      }
      order.sort(
          Comparator.<Integer>comparingDouble(cell -> -scores[cell]).thenComparingInt(c -> c));
      Arrays.fill(alive, false);
      order.subList(0, keep).forEach(cell -> alive[cell] = true);
    }
    return IntStream.range(0, alive.length).filter(c -> alive[c]).asLongStream().toArray();
  }

  private float[] flowScores(boolean[] alive, int taking) {
    int depth = weight.length;
    double[][][] magnitude = zeros();
    int number = 0;
    for (int l = 0; l < depth; l++) {
      for (int j = 0; j < weight[l].length; j++) {
        for (int i = 0; i < weight[l][j].length; i++) {
          boolean there = l >= taking || alive[number++];
          magnitude[l][j][i] = there ? Math.abs(weight[l][j][i]) : 0;
        }
      }
    }
    double[][] in = new double[depth + 1][];
    in[0] = new double[weight[0][0].length];
    Arrays.fill(in[0], 1);
    for (int l = 0; l < depth; l++) {
      in[l + 1] = new double[weight[l].length];
      for (int j = 0; j < weight[l].length; j++) {
        for (int i = 0; i < in[l].length; i++) {
          in[l + 1][j] += magnitude[l][j][i] * in[l][i];
        }
      }
    }
    double[] out = new double[weight[depth - 1].length];
    Arrays.fill(out, 1);
    double[][] outs = new double[depth][];
    for (int l = depth - 1; l >= 0; l--) {
      outs[l] = out;
      double[] below = new double[in[l].length];
      for (int j = 0; j < out.length; j++) {
        for (int i = 0; i < below.length; i++) {
          below[i] += magnitude[l][j][i] * out[j];
        }
      }
      out = below;
    }
    float[] scores = new float[alive.length];
    number = 0;
    for (int l = 0; l < taking; l++) {
      for (int j = 0; j < weight[l].length; j++) {
        for (int i = 0; i < in[l].length; i++) {
          scores[number++] = (float) (magnitude[l][j][i] * in[l][i] * outs[l][j]);
        }
      }
    }
    return scores;
  }
}
