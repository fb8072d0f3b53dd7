package dev.rewire.saliency;

import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.KWinners;
import dev.rewire.neuron.LayerNorm;
import dev.rewire.neuron.NeuronAffine;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.SRelu;
import java.util.Arrays;

/** A neuron layer on rows of samples, in double precision, by its definition. */
final class DenseNeurons {
  private final NeuronNumbers numbers;
  private double[][] in = {};

  DenseNeurons(NeuronNumbers numbers) {
    this.numbers = numbers;
  }

  void forward(double[][] x) {
    in = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    switch (numbers.layer()) {
      case BatchNorm(double _, double epsilon) -> {
        for (int j = 0; j < x[0].length; j++) {
          double[] column = column(in, j);
          for (int b = 0; b < x.length; b++) {
            x[b][j] = (column[b] - mean(column)) / deviation(column, epsilon);
          }
        }
      }
      case LayerNorm(double epsilon) -> {
        for (int b = 0; b < x.length; b++) {
          for (int j = 0; j < x[b].length; j++) {
            x[b][j] = (in[b][j] - mean(in[b])) / deviation(in[b], epsilon);
          }
        }
      }
      default -> {
        for (int b = 0; b < x.length; b++) {
          for (int j = 0; j < x[b].length; j++) {
            x[b][j] = piece(b, j)[0] + piece(b, j)[1] * in[b][j];
          }
        }
      }
    }
  }

  void backward(double[][] d) {
    switch (numbers.layer()) {
      case BatchNorm(double _, double epsilon) -> {
        for (int j = 0; j < d[0].length; j++) {
          double[] below = normal(column(in, j), column(d, j), epsilon);
          for (int b = 0; b < d.length; b++) {
            d[b][j] = below[b];
          }
        }
      }
      case LayerNorm(double epsilon) -> {
        for (int b = 0; b < d.length; b++) {
          d[b] = normal(in[b], d[b], epsilon);
        }
      }
      default -> {
        for (int b = 0; b < d.length; b++) {
          for (int j = 0; j < d[b].length; j++) {
            d[b][j] *= piece(b, j)[1];
          }
        }
      }
    }
  }

  /** Start and slope of the piece in which an input lies. */
  private double[] piece(int b, int j) {
    double x = in[b][j];
    return switch (numbers.layer()) {
      case NeuronAffine _ ->
          new double[] {numbers.parameter(1).get(j), numbers.parameter(0).get(j)};
      case KWinners winners -> {
        long better = Arrays.stream(in[b]).filter(other -> other > x).count();
        long winning = Math.max(1, Math.round(winners.share() * in[b].length));
        yield new double[] {0, better < winning ? 1 : 0};
      }
      case SRelu _ -> {
        double left = numbers.parameter(0).get(j);
        double right = left + Math.abs(numbers.parameter(2).get(j));
        double slope =
            x <= left ? numbers.parameter(1).get(j) : x >= right ? numbers.parameter(3).get(j) : 1;
        double at = x <= left ? left : x >= right ? right : 0;
        yield new double[] {at - slope * at, slope};
      }
      default -> throw new AssertionError(numbers.layer().id());
    };
  }

  private static double[] column(double[][] rows, int j) {
    return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double deviation(double[] x, double epsilon) {
    double mean = mean(x);
    return Math.sqrt(
        Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow() + epsilon);
  }

  /** Each partial derivative of each output, summed up. */
  private static double[] normal(double[] x, double[] d, double epsilon) {
    double mean = mean(x);
    double s = deviation(x, epsilon);
    int n = x.length;
    double[] below = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double own = i == k ? 1 : 0;
        double distances = (x[k] - mean) * (x[i] - mean);
        below[i] += d[k] * ((own - 1.0 / n) / s - distances / (n * s * s * s));
      }
    }
    return below;
  }
}
