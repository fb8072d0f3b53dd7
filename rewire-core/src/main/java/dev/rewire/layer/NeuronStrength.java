package dev.rewire.layer;

import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;
import dev.rewire.random.RandomStreams;
import org.jspecify.annotations.Nullable;

/** What single neurons say in a batch, added up over its samples: one number a neuron. */
final class NeuronStrength {
  private NeuronStrength() {}

  /** Adds the squares of all inputs. */
  static void addInputSquares(Signals.Batch batch, double[] sums) {
    addSquares(batch.in(), batch.count(), sums);
    addSquares(batch.sparse(), sums);
  }

  static void addSquares(@Nullable Activations values, int count, double[] sums) {
    for (int unit = 0; values != null && unit < sums.length; unit++) {
      for (int b = 0; b < count; b++) {
        double value = values.get(unit, b);
        sums[unit] += value * value;
      }
    }
  }

  static void addSquares(@Nullable SparseBatch sparse, double[] sums) {
    for (int i = 0; sparse != null && i < sums.length; i++) {
      for (int k = sparse.start()[i]; k < sparse.start()[i + 1]; k++) {
        sums[i] += (double) sparse.value()[k] * sparse.value()[k];
      }
    }
  }

  static void inverseRoots(double[] squares) {
    for (int i = 0; i < squares.length; i++) {
      squares[i] = squares[i] == 0 ? 0 : 1 / Math.sqrt(squares[i]);
    }
  }

  /** Absolute inputs, or the absolute sum of inputs with a random sign for each sample. */
  static double[] ofInputs(Signals.Batch batch, @Nullable Long signs) {
    SparseBatch sparse = batch.sparse();
    Activations in = batch.in();
    double[] strength = new double[batch.inputs()];
    for (int i = 0; in != null && i < strength.length; i++) {
      strength[i] = strength(in, i, batch.count(), signs);
    }
    for (int i = 0; sparse != null && i < strength.length; i++) {
      double sum = 0;
      for (int k = sparse.start()[i]; k < sparse.start()[i + 1]; k++) {
        sum += signed(sparse.value()[k], sparse.sample()[k], signs);
      }
      strength[i] = Math.abs(sum);
    }
    return strength;
  }

  /** The same of gradients. */
  static double[] ofGradients(Signals.Batch batch, @Nullable Long signs) {
    double[] strength = new double[batch.gradient().units()];
    for (int j = 0; j < strength.length; j++) {
      strength[j] = strength(batch.gradient(), j, batch.count(), signs);
    }
    return strength;
  }

  private static double strength(Activations values, int unit, int count, @Nullable Long signs) {
    double sum = 0;
    for (int b = 0; b < count; b++) {
      sum += signed(values.get(unit, b), b, signs);
    }
    return Math.abs(sum);
  }

  private static double signed(float value, int sample, @Nullable Long signs) {
    if (signs == null) {
      return Math.abs(value);
    }
    return RandomStreams.mix(signs + sample) < 0 ? -value : value;
  }
}
