package dev.rewire.saliency;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.KWinners;
import dev.rewire.neuron.LayerNorm;
import dev.rewire.neuron.NeuronAffine;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.SRelu;

/**
 * A neuron layer in the R-operator: what a change of its inputs changes at its outputs, and at the
 * gradient of its inputs.
 *
 * <p>The derivative J of each of our layers is symmetric, so that its backward is its forward of
 * changes. SReLU, k-winners and scale and shift are linear in pieces, and have no second one.
 * Normalisation has, with {@code y = (x - mean(x)) / s} and means over what it normalises:
 *
 * <pre>
 * R{y}   = (R{x} - mean(R{x}) - y mean(y R{x})) / s
 * dx     = (d - mean(d) - y mean(y d)) / s
 * R{dx}  = J R{d} - (R{y} mean(y d) + y mean(R{y} d) + dx mean(y R{x})) / s
 * </pre>
 */
final class NeuronCurve {
  private final NeuronNumbers numbers;
  private final int samples;
  private final Activations input;
  private final Activations gradient;
  private final Activations change;

  NeuronCurve(NeuronNumbers numbers, int samples) {
    this.numbers = numbers;
    this.samples = samples;
    int batch = BatchPass.batch(samples);
    input = new Activations(numbers.neurons(), batch);
    gradient = new Activations(numbers.neurons(), batch);
    change = new Activations(numbers.neurons(), batch);
  }

  /**
   * Checks that the second derivative of a layer is known.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(NeuronLayer layer) {
    boolean known =
        switch (layer) {
          case BatchNorm _, LayerNorm _, SRelu _, NeuronAffine _, KWinners _ -> true;
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "GraSP knows no second derivative of %s: begin with snip or synflow, which need none"
              .formatted(layer.id()));
    }
  }

  /** Keeps what went in. */
  void input(Activations x) {
    input.values().copy(x.values(), 0, 0, x.values().length());
  }

  /** Keeps the gradient of what came out. */
  void gradient(Activations d) {
    gradient.values().copy(d.values(), 0, 0, d.values().length());
  }

  /** Keeps how inputs change, with padding that adds nothing to sums. */
  void change(Activations x) {
    for (int unit = 0; unit < x.units(); unit++) {
      for (int b = samples; b < x.tilesOf(samples) * x.width(); b++) {
        x.set(unit, b, 0f);
      }
    }
    change.values().copy(x.values(), 0, 0, x.values().length());
  }

  /** Adds the second derivative to a change of the gradient that has come through the layer. */
  void bend(Activations d) {
    switch (numbers.layer()) {
      case LayerNorm(double epsilon) -> {
        Group group = new Group(d.units());
        for (int b = 0; b < samples; b++) {
          for (int unit = 0; unit < d.units(); unit++) {
            group.set(unit, unit, b, 1);
          }
          group.bend(epsilon);
          for (int unit = 0; unit < d.units(); unit++) {
            d.set(unit, b, (float) (d.get(unit, b) + group.bent[unit]));
          }
        }
      }
      case BatchNorm(double _, double epsilon) -> {
        Floats scale = numbers.parameter(0);
        Group group = new Group(samples);
        for (int unit = 0; unit < d.units(); unit++) {
          for (int b = 0; b < samples; b++) {
            group.set(b, unit, b, scale.get(unit));
          }
          group.bend(epsilon);
          for (int b = 0; b < samples; b++) {
            d.set(unit, b, (float) (d.get(unit, b) + group.bent[b]));
          }
        }
      }
      default -> {
        // linear in pieces
      }
    }
  }

  /** Numbers that are normalised together. */
  private final class Group {
    private final double[] x;
    private final double[] d;
    private final double[] change;
    private final double[] bent;

    Group(int size) {
      x = new double[size];
      d = new double[size];
      change = new double[size];
      bent = new double[size];
    }

    void set(int place, int unit, int sample, float scale) {
      x[place] = input.get(unit, sample);
      d[place] = (double) scale * gradient.get(unit, sample);
      change[place] = NeuronCurve.this.change.get(unit, sample);
    }

    void bend(double epsilon) {
      int n = x.length;
      double mean = 0;
      double meanGradient = 0;
      double meanChange = 0;
      for (int i = 0; i < n; i++) {
        mean += x[i] / n;
        meanGradient += d[i] / n;
        meanChange += change[i] / n;
      }
      double variance = 0;
      for (int i = 0; i < n; i++) {
        variance += (x[i] - mean) * (x[i] - mean) / n;
      }
      double s = Math.sqrt(variance + epsilon);
      double along = 0;
      double moved = 0;
      for (int i = 0; i < n; i++) {
        x[i] = (x[i] - mean) / s;
        along += x[i] * d[i] / n;
        moved += x[i] * change[i] / n;
      }
      double turned = 0;
      for (int i = 0; i < n; i++) {
        change[i] = (change[i] - meanChange - x[i] * moved) / s;
        turned += change[i] * d[i] / n;
      }
      for (int i = 0; i < n; i++) {
        double below = (d[i] - meanGradient - x[i] * along) / s;
        bent[i] = -(change[i] * along + x[i] * turned + below * moved) / s;
      }
    }
  }
}
