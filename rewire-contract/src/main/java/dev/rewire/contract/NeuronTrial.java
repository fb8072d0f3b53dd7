package dev.rewire.contract;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.NeuronWork;
import java.util.SplittableRandom;

/** A neuron layer at work on batches that are drawn, whole or in many ranges. */
final class NeuronTrial {
  static final int NEURONS = 23;

  /** Rows shorter than a vector, padding, several tiles. */
  static final int[] BATCHES = {2, 7, 16, 40, 100};

  private final NeuronLayer layer;
  private final int samples;
  private final NeuronNumbers numbers;
  private final NeuronWork work;

  NeuronTrial(NeuronLayer layer, int samples) {
    this(layer, samples, NeuronNumbers.initial(layer, NEURONS, new SplittableRandom(3)));
  }

  private NeuronTrial(NeuronLayer layer, int samples, NeuronNumbers numbers) {
    this.layer = layer;
    this.samples = samples;
    this.numbers = numbers;
    work = layer.work(numbers, samples, true);
  }

  /** The same numbers, another batch. */
  NeuronTrial withBatch(int other) {
    return new NeuronTrial(layer, other, numbers);
  }

  NeuronNumbers numbers() {
    return numbers;
  }

  /** Each neuron has a centre and a width of its own; behind the samples is something. */
  Activations input(int round) {
    return drawn(round, samples, 7f);
  }

  /** The gradient of the outputs; behind the samples it is zero. */
  Activations slopes() {
    return drawn(99, samples, 0f);
  }

  private static Activations drawn(int seed, int samples, float padding) {
    SplittableRandom random = new SplittableRandom(seed);
    Activations drawn = new Activations(NEURONS, samples);
    for (int j = 0; j < NEURONS; j++) {
      for (int s = 0; s < drawn.samples(); s++) {
        double value = random.nextGaussian() * (1 + j % 3) + (j % 4) * 0.5;
        drawn.set(j, s, s < samples ? (float) value : padding);
      }
    }
    return drawn;
  }

  private boolean perNeuron() {
    return layer instanceof NeuronLayer.PerNeuron;
  }

  /** What is done with a range. */
  private interface Range {
    void run(int from, int to);
  }

  /** Samples of a range lie in one tile, all of them are asked for, padding too in whole tiles. */
  private void inRanges(Activations rows, boolean cut, Range range) {
    int end = perNeuron() ? NEURONS : rows.tilesOf(samples) * rows.width();
    int step =
        perNeuron()
            ? (cut ? 3 : NEURONS)
            : cut ? Math.min(rows.width(), Activations.LANES) : rows.width();
    // From the last one to the first: threads come in any order.
    for (int from = (end - 1) / step * step; from >= 0; from -= step) {
      range.run(from, Math.min(from + step, end));
    }
  }

  float[][] forward(Activations x, boolean training, boolean cut) {
    inRanges(x, cut, (from, to) -> work.forward(x, samples, training, from, to));
    return values(x);
  }

  float[][] backward(Activations d, boolean cut) {
    inRanges(d, cut, (from, to) -> work.backward(d, samples, from, to));
    return values(d);
  }

  void learn(boolean cut) {
    int step = cut ? 4 : NEURONS;
    for (int from = 0; from < NEURONS; from += step) {
      work.learn(samples, from, Math.min(from + step, NEURONS));
    }
  }

  /** How much the outputs agree with the slopes, with one of the inputs moved. */
  double loss(Floats input, long at, double by, boolean training) {
    Activations x = new Activations(NEURONS, samples);
    x.values().copy(input, 0, 0, input.length());
    x.values().set(at, (float) (x.values().get(at) + by));
    forward(x, training, false);
    Activations slopes = slopes();
    double loss = 0;
    for (int j = 0; j < NEURONS; j++) {
      for (int s = 0; s < samples; s++) {
        loss += (double) x.get(j, s) * slopes.get(j, s);
      }
    }
    return loss;
  }

  private float[][] values(Activations of) {
    float[][] values = new float[NEURONS][samples];
    for (int j = 0; j < NEURONS; j++) {
      for (int s = 0; s < samples; s++) {
        values[j][s] = of.get(j, s);
      }
    }
    return values;
  }

  float[][] gradients() {
    float[][] gradients = new float[layer.parameters().size()][];
    for (int p = 0; p < gradients.length; p++) {
      gradients[p] = work.gradient(p).toArray();
    }
    return gradients;
  }

  float[][] memory() {
    float[][] memory = new float[layer.memory().size()][];
    for (int m = 0; m < memory.length; m++) {
      memory[m] = numbers.memory(m).toArray();
    }
    return memory;
  }
}
