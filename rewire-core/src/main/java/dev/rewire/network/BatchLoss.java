package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.layer.Compute;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.RangeTask;
import org.jspecify.annotations.Nullable;

/** What the outputs for a batch are worth: its loss, the gradient of it, and how many are right. */
final class BatchLoss {
  /** Samples of a part: they fill a cache line of each row. */
  private static final int SAMPLES = 16;

  private final Outputs meaning;
  private final Compute compute;
  private final Activations target;
  private final double[] losses;
  private final boolean[] right;
  private final RangeTask task = this::part;

  // The arguments of the batch under way, see LayerPass.
  private @Nullable Loss loss;
  private @Nullable Activations output;
  private @Nullable Activations gradient;
  private @Nullable Dataset data;
  private int[] order = {};
  private int first;
  private int count;
  private double smoothing;

  BatchLoss(Outputs meaning, Compute compute, int batch) {
    this.meaning = meaning;
    this.compute = compute;
    target = new Activations(meaning.count(), batch);
    losses = new double[batch];
    right = new boolean[batch];
  }

  /**
   * Computes losses and gradient of a batch.
   *
   * @param smoothing share of the targets that is spread over all classes; 0 for none
   */
  void evaluate(
      Loss loss,
      Activations output,
      Dataset data,
      int[] order,
      int from,
      int samples,
      Activations gradient,
      double smoothing) {
    this.smoothing = smoothing;
    data.fillTargets(order, from, samples, target);
    meaning.scale().scale(target, samples);
    this.loss = loss;
    this.output = output;
    this.gradient = gradient;
    this.data = data;
    this.order = order;
    first = from;
    count = samples;
    compute.team().run(Math.ceilDiv(samples, SAMPLES), task);
  }

  private void part(int part, int worker) {
    Loss loss = this.loss;
    Activations output = this.output;
    Activations gradient = this.gradient;
    Dataset data = this.data;
    if (loss == null || output == null || gradient == null || data == null) {
      return;
    }
    int from = part * SAMPLES;
    int to = Math.min(from + SAMPLES, count);
    // before the gradient, which may lie where the outputs are
    for (int b = from; b < to; b++) {
      right[b] =
          switch (meaning.head()) {
            case CLASSES -> highest(output, b) == data.label(order[first + b]);
            case BINARY, MULTI_LABEL -> allOnTheirSide(loss, output, b);
            case REGRESSION -> false;
          };
    }
    if (smoothing > 0) {
      loss.smooth(target, from, to, smoothing);
    }
    loss.evaluate(output, target, count, from, to, gradient, losses);
  }

  private static long highest(Activations output, int sample) {
    Floats y = output.values();
    int next = output.width();
    long first = output.at(0, sample);
    long end = output.at(output.units(), sample);
    long best = first;
    for (long i = first + next; i < end; i += next) {
      if (y.get(i) > y.get(best)) {
        best = i;
      }
    }
    return (best - first) / next;
  }

  private boolean allOnTheirSide(Loss loss, Activations output, int sample) {
    for (int k = 0; k < output.units(); k++) {
      if (loss.isOne(output.get(k, sample)) != target.get(k, sample) > 0.5f) {
        return false;
      }
    }
    return true;
  }

  /** Returns the sum of the losses of the samples, added in their order. */
  double sum() {
    double sum = 0;
    for (int b = 0; b < count; b++) {
      sum += losses[b];
    }
    return sum;
  }

  /** Returns how many samples are right; 0 where targets are numbers. */
  int correct() {
    int correct = 0;
    for (int b = 0; b < count; b++) {
      correct += right[b] ? 1 : 0;
    }
    return correct;
  }
}
