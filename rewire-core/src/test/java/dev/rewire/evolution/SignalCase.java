package dev.rewire.evolution;

import dev.rewire.layer.Compute;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * What a layer has seen, and all of its gradients in one array.
 *
 * @param inputs neurons on the input side
 * @param outputs neurons on the output side
 * @param samples of a batch
 * @param in per batch, per sample, per input
 * @param gradient per batch, per sample, per output
 */
record SignalCase(int inputs, int outputs, int samples, float[][][] in, float[][][] gradient) {
  /** Random numbers; of small whole ones many gradients are equal, and no sum is rounded. */
  static SignalCase random(
      int inputs, int outputs, int samples, int batches, boolean whole, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new SignalCase(
        inputs,
        outputs,
        samples,
        draw(batches, samples, inputs, whole, random),
        draw(batches, samples, outputs, whole, random));
  }

  private static float[][][] draw(
      int batches, int samples, int units, boolean whole, SplittableRandom random) {
    float[][][] drawn = new float[batches][samples][units];
    for (int unit = 0; unit < units; unit++) {
      boolean silent = random.nextInt(6) == 0;
      for (float[][] batch : drawn) {
        for (float[] sample : batch) {
          double value = whole ? random.nextInt(-2, 3) : random.nextGaussian();
          sample[unit] = silent ? 0f : (float) value;
        }
      }
    }
    return drawn;
  }

  Signals signals(Compute compute, boolean sparse) {
    List<Signals.Batch> batches = new ArrayList<>();
    for (int k = 0; k < in.length; k++) {
      batches.add(
          new Signals.Batch(
              sparse ? null : rows(in[k], inputs),
              sparse ? entries(in[k]) : null,
              rows(gradient[k], outputs),
              rows(gradient[k], outputs),
              samples));
    }
    return new Signals(compute, batches);
  }

  private static Activations rows(float[][] batch, int units) {
    Activations rows = new Activations(units, batch.length);
    for (int b = 0; b < batch.length; b++) {
      for (int unit = 0; unit < units; unit++) {
        rows.set(unit, b, batch[b][unit]);
      }
    }
    return rows;
  }

  private SparseBatch entries(float[][] batch) {
    long[] rowStart = new long[samples + 1];
    List<Integer> columns = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (int b = 0; b < samples; b++) {
      for (int i = 0; i < inputs; i++) {
        if (batch[b][i] != 0) {
          columns.add(i);
          values.add(batch[b][i]);
        }
      }
      rowStart[b + 1] = columns.size();
    }
    Ints column = new Ints(columns.size());
    Floats value = new Floats(columns.size());
    for (int k = 0; k < columns.size(); k++) {
      column.set(k, columns.get(k));
      value.set(k, values.get(k));
    }
    SparseBatch entries = new SparseBatch(inputs, 1f);
    entries.fill(rowStart, column, value, IntStream.range(0, samples).toArray(), 0, samples);
    return entries;
  }

  /** The gradient of each cell, sample after sample with fused multiply-adds. */
  float[] dense(double decay, int batches) {
    float[] dense = new float[inputs * outputs];
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        float sum = 0;
        float factor = 1;
        for (int k = 0; k < batches; k++) {
          for (int b = 0; b < samples; b++) {
            sum = Math.fma(in[k][b][i], gradient[k][b][j] * factor, sum);
          }
          factor = (float) (factor * decay);
        }
        dense[j * inputs + i] = sum;
      }
    }
    return dense;
  }

  /** The free cells with the largest numbers, the lowest cells first among equal ones. */
  static long[] largest(float[] dense, LongPredicate free, int count) {
    return IntStream.range(0, dense.length)
        .filter(free::test)
        .filter(cell -> dense[cell] != 0)
        .boxed()
        .sorted(
            Comparator.comparing((Integer cell) -> -Math.abs(dense[cell]))
                .thenComparing(cell -> cell))
        .limit(count)
        .mapToLong(Integer::longValue)
        .sorted()
        .toArray();
  }

  /** What a rule grows in a layer of which some connections have gone. */
  TopologyUpdate evolve(
      SparseLayer layer, Rules rules, double fraction, int threads, boolean sparse) {
    try (Compute compute = new Compute(threads);
        EvolutionWorkspace workspace = new EvolutionWorkspace(compute.team())) {
      workspace.show(any -> signals(compute, sparse));
      return rules
          .evolution()
          .evolve(layer, fraction, Moment.START, 0, new RandomStreams(3), workspace)
          .keep();
    }
  }
}
