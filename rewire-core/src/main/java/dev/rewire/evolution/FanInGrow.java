package dev.rewire.evolution;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.layer.DenseGradient;
import dev.rewire.memory.Floats;
import java.util.Arrays;

/**
 * The growth of SRigL (Lasby et al. 2024): all neurons that have connections get the same number of
 * inputs, as nearly as it goes, and each of them grows where its own gradient is largest. Neurons
 * without a connection stay so, unless the others have no room. Where a neuron has too little
 * gradient, its first free cells grow.
 *
 * <p>Layers of more cells than {@link GradientGrow#DEFAULT} looks at grow by a sample, without
 * regard to neurons.
 */
public record FanInGrow() implements GrowRule {
  @Override
  public int batches() {
    return 1;
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    if (count == 0) {
      return;
    }
    if (situation.layer().topology().cells() > GradientGrow.DEFAULT.exactCells()) {
      SampledGradientGrow.DEFAULT.choose(situation, count);
      return;
    }
    int[] wanted = wanted(situation, count);
    int[] start = new int[wanted.length + 1];
    for (int j = 0; j < wanted.length; j++) {
      start[j + 1] = start[j] + wanted[j];
    }
    Rows rows = new Rows(start);
    Kernels kernels = KernelProvider.get();
    situation
        .signals()
        .dense((worker, output, outputs, input, inputs, values) -> {
          for (int r = 0; r < outputs; r++) {
            offer(situation, kernels, rows, output + r, input, inputs, values, r);
          }
        });
    for (int j = 0; j < wanted.length; j++) {
      rows.finish(situation, j);
    }
  }

  private static void offer(
      GrowSituation situation,
      Kernels kernels,
      Rows rows,
      int output,
      int input,
      int inputs,
      Floats values,
      int row) {
    if (rows.wanted(output) == 0) {
      return;
    }
    long first = (long) row * DenseGradient.PANEL;
    long cells = (long) output * situation.layer().inputs() + input;
    long at = first;
    while ((at = kernels.firstAtLeast(values, at, first + inputs, rows.bound(output)))
        < first + inputs) {
      int i = (int) (at++ - first);
      float value = Math.abs(values.get(first + i));
      if (value <= Float.POSITIVE_INFINITY && situation.isFree(cells + i)) {
        rows.take(output, value, input + i);
      }
    }
  }

  /** How many each neuron grows: filled up to a common level. */
  private static int[] wanted(GrowSituation situation, int count) {
    int outputs = situation.layer().outputs();
    int[] has = new int[outputs];
    long[] room = new long[outputs];
    long roomOfActive = 0;
    for (int j = 0; j < outputs; j++) {
      has[j] = situation.survivors(j);
      room[j] = situation.free(j);
      roomOfActive += has[j] > 0 ? room[j] : 0;
    }
    if (roomOfActive >= count) {
      for (int j = 0; j < outputs; j++) {
        room[j] = has[j] > 0 ? room[j] : 0;
      }
    }
    long low = 0;
    long high = situation.layer().inputs();
    while (low < high) {
      long middle = (low + high + 1) / 2;
      if (sum(has, room, middle) <= count) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    int[] wanted = new int[outputs];
    long left = count;
    for (int j = 0; j < outputs; j++) {
      wanted[j] = (int) Math.clamp(low - has[j], 0, room[j]);
      left -= wanted[j];
    }
    for (int j = 0; j < outputs && left > 0; j++) {
      if (has[j] <= low && wanted[j] < room[j]) {
        wanted[j]++;
        left--;
      }
    }
    return wanted;
  }

  private static long sum(int[] has, long[] room, long level) {
    long sum = 0;
    for (int j = 0; j < has.length; j++) {
      sum += Math.clamp(level - has[j], 0, room[j]);
    }
    return sum;
  }

  /**
   * Of each neuron the best inputs so far, in one array: heaps with the worst at the top. Each
   * neuron is looked at by one thread.
   */
  private static final class Rows {
    private final int[] start;
    private final int[] size;
    private final float[] scores;
    private final int[] inputs;

    Rows(int[] start) {
      this.start = start;
      size = new int[start.length - 1];
      scores = new float[start[size.length]];
      inputs = new int[scores.length];
    }

    int wanted(int row) {
      return start[row + 1] - start[row];
    }

    private boolean full(int row) {
      return size[row] == wanted(row);
    }

    /**
     * Bits of the least score that may be among the best of a row that wants some. Inputs come in
     * their order, so that of equal ones the first are there already.
     */
    int bound(int row) {
      return full(row) ? Float.floatToRawIntBits(scores[start[row]]) + 1 : 1;
    }

    void take(int row, float score, int input) {
      int first = start[row];
      if (full(row)) {
        down(first, size[row], score, input);
      } else {
        int place = size[row]++;
        while (place > 0 && worse(score, input, first + (place - 1) / 2)) {
          move(first + (place - 1) / 2, first + place);
          place = (place - 1) / 2;
        }
        scores[first + place] = score;
        inputs[first + place] = input;
      }
    }

    private void down(int first, int length, float score, int input) {
      int place = 0;
      while (2 * place + 1 < length) {
        int child = 2 * place + 1;
        if (child + 1 < length
            && worse(scores[first + child + 1], inputs[first + child + 1], first + child)) {
          child++;
        }
        if (worse(score, input, first + child)) {
          break;
        }
        move(first + child, first + place);
        place = child;
      }
      scores[first + place] = score;
      inputs[first + place] = input;
    }

    /** Smaller, or as large and further behind. */
    private boolean worse(float score, int input, int than) {
      return score < scores[than] || (score == scores[than] && input > inputs[than]);
    }

    private void move(int from, int to) {
      scores[to] = scores[from];
      inputs[to] = inputs[from];
    }

    /** Adds the cells of a neuron, and free ones where it has too few. */
    void finish(GrowSituation situation, int row) {
      int wanted = wanted(row);
      int[] chosen = Arrays.copyOfRange(inputs, start[row], start[row] + wanted);
      Arrays.sort(chosen, 0, size[row]);
      long cells = (long) row * situation.layer().inputs();
      int there = size[row];
      for (int input = 0; size[row] < wanted; input++) {
        boolean isNew = Arrays.binarySearch(chosen, 0, there, input) < 0;
        if (isNew && situation.isFree(cells + input)) {
          chosen[size[row]++] = input;
        }
      }
      Arrays.sort(chosen);
      for (int input : chosen) {
        situation.grown().add(cells + input);
      }
    }
  }
}
