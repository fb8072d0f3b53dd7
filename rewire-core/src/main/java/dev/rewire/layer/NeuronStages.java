package dev.rewire.layer;

import dev.rewire.kernel.Descent;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.NeuronWork;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.parallel.RangeTask;
import dev.rewire.parallel.WorkerTeam;
import java.util.List;

/**
 * The neuron layers of a {@link LayerPass} at work, between its weighted sums and its activation.
 * Those that look at single neurons run in the parts of the pass while the rows are in cache; one
 * that looks at single samples has to wait for all rows, and works in parts over samples.
 */
final class NeuronStages {
  private final List<NeuronNumbers> numbers;
  private final NeuronWork[] works;
  private final WorkerTeam team;
  private final RangeTask forwardTask = this::forwardSamples;
  private final RangeTask backwardTask = this::backwardSamples;

  // The arguments of the call under way, see LayerPass.
  private Activations rows;
  private int samples;
  private boolean training;
  private int stage;

  NeuronStages(
      List<NeuronNumbers> numbers, WorkerTeam team, Activations rows, int batch, boolean training) {
    this.numbers = numbers;
    this.team = team;
    this.rows = rows;
    works = new NeuronWork[numbers.size()];
    for (int k = 0; k < works.length; k++) {
      works[k] = numbers.get(k).layer().work(numbers.get(k), batch, training);
    }
  }

  /** How many there are. */
  int count() {
    return works.length;
  }

  void begin(int samples, boolean training) {
    this.samples = samples;
    this.training = training;
  }

  private boolean acrossNeurons(int k) {
    return numbers.get(k).layer() instanceof NeuronLayer.PerSample;
  }

  /** The first one from {@code k} on that waits for all rows, or {@link #count}. */
  int nextBarrier(int k) {
    int next = k;
    while (next < works.length && !acrossNeurons(next)) {
      next++;
    }
    return next;
  }

  /** The last one before {@code k} that waits for all rows, or -1. */
  int barrierBefore(int k) {
    int last = k - 1;
    while (last >= 0 && !acrossNeurons(last)) {
      last--;
    }
    return last;
  }

  /** Neurons of a part go through all from {@code first} on that need not wait. */
  void forwardNeurons(int first, Activations x, int from, int to) {
    int end = nextBarrier(first);
    for (int k = first; k < end; k++) {
      works[k].forward(x, samples, training, from, to);
    }
  }

  /** Neurons of a part go back through all before {@code end} that need not wait. */
  void backwardNeurons(int end, Activations d, int from, int to) {
    int first = barrierBefore(end) + 1;
    for (int k = end - 1; k >= first; k--) {
      works[k].backward(d, samples, from, to);
    }
  }

  /** All samples go through one that looks at single samples. */
  void forwardBarrier(int k, Activations x) {
    rows = x;
    stage = k;
    team.run(groups(), forwardTask);
  }

  /** All samples go back through one that looks at single samples. */
  void backwardBarrier(int k, Activations d) {
    rows = d;
    stage = k;
    team.run(groups(), backwardTask);
  }

  /** Samples whose numbers of a neuron fill a cache line. */
  private int group() {
    return Math.min(rows.width(), Activations.LANES);
  }

  private int groups() {
    return Math.ceilDiv(samples, group());
  }

  private void forwardSamples(int part, int worker) {
    works[stage].forward(rows, samples, training, part * group(), (part + 1) * group());
  }

  private void backwardSamples(int part, int worker) {
    works[stage].backward(rows, samples, part * group(), (part + 1) * group());
  }

  /**
   * Lets the optimizer change what neurons of a part have learned, and what they remember.
   *
   * @param limit of single gradients, or 0
   * @param scale what gradients are multiplied with
   */
  void update(
      Optimizer rule,
      Descent descent,
      long step,
      Floats chunk,
      float limit,
      float scale,
      int from,
      int to) {
    for (int k = 0; k < works.length; k++) {
      NeuronNumbers of = numbers.get(k);
      int parameters = of.parameters();
      for (int p = 0; p < parameters; p++) {
        for (int j = from; j < to; j += Compute.CHUNK) {
          int end = Math.min(j + Compute.CHUNK, to);
          for (int i = j; i < end; i++) {
            chunk.set(i - j, scale * limited(works[k].gradient(p).get(i), limit));
          }
          rule.update(
              descent, step, Optimizer.Role.NEURON, chunk, of.parameter(p), of.state(p), j, end);
        }
      }
      works[k].learn(samples, from, to);
    }
  }

  private static float limited(float gradient, float limit) {
    return limit > 0 ? Math.max(-limit, Math.min(limit, gradient)) : gradient;
  }

  /** The sum of the squares of all gradients, each limited. */
  double squares(float limit) {
    double sum = 0;
    for (int k = 0; k < works.length; k++) {
      int parameters = numbers.get(k).parameters();
      for (int p = 0; p < parameters; p++) {
        Floats gradient = works[k].gradient(p);
        for (long j = 0; j < gradient.length(); j++) {
          double limited = limited(gradient.get(j), limit);
          sum += limited * limited;
        }
      }
    }
    return sum;
  }
}
