package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.Arrays;

/**
 * A copy without the zeros, of which units that rectify or are dropped out leave many: for each
 * neuron and tile one bit a sample, and the numbers whose bit is set.
 */
final class PackedRows implements NeuronRows {
  private static final int PANEL = DenseGradient.PANEL;

  private final int units;
  private final int width;

  /** One word a row of a tile, tile after tile; and where its numbers begin. */
  private final long[] there;

  private final int[] start;
  private float[] values = {};

  /**
   * Makes room.
   *
   * @param like of the shape to come
   */
  PackedRows(Activations like) {
    units = like.units();
    width = like.width();
    there = new long[Math.multiplyExact(like.tiles(), units)];
    start = new int[there.length];
  }

  /**
   * Copies.
   *
   * @param rows of the same shape
   * @param count samples; what pads the last tile is left out
   */
  void pack(Activations rows, int count) {
    Floats source = rows.values();
    if (values.length == 0) {
      // Counted first: an array that grows leaves garbage as large as itself.
      int all = count(rows, count);
      values = new float[all + all / 32];
    }
    int end = 0;
    int row = 0;
    Arrays.fill(there, 0);
    for (int tile = 0; tile < rows.tilesOf(count); tile++) {
      int samples = Math.min(width, count - tile * width);
      for (int unit = 0; unit < units; unit++, row++) {
        if (values.length < end + width) {
          values = Arrays.copyOf(values, values.length + values.length / 8 + width);
        }
        start[row] = end;
        end = pack(source, rows.row(tile, unit), samples, row, end);
      }
    }
  }

  /** What is not 0, and room for one more row, which is written before it is known what is 0. */
  private int count(Activations rows, int count) {
    Floats source = rows.values();
    int all = width;
    for (int tile = 0; tile < rows.tilesOf(count); tile++) {
      int samples = Math.min(width, count - tile * width);
      for (int unit = 0; unit < units; unit++) {
        long from = rows.row(tile, unit);
        for (int b = 0; b < samples; b++) {
          all += source.get(from + b) != 0 ? 1 : 0;
        }
      }
    }
    return all;
  }

  private int pack(Floats source, long from, int samples, int row, int at) {
    float[] to = values;
    long bits = 0;
    int end = at;
    for (int b = 0; b < samples; b++) {
      float value = source.get(from + b);
      to[end] = value;
      long bit = value != 0 ? 1 : 0;
      bits |= bit << b;
      end += (int) bit;
    }
    there[row] = bits;
    return end;
  }

  /**
   * Gives everything back.
   *
   * @param rows of the same shape; becomes what was packed, and 0 where there was padding
   */
  void unpack(Activations rows) {
    rows.values().clear();
    for (int row = 0; row < there.length; row++) {
      long to = rows.row(row / units, row % units);
      int k = start[row];
      for (long bits = there[row]; bits != 0; bits &= bits - 1) {
        rows.values().set(to + Long.numberOfTrailingZeros(bits), values[k++]);
      }
    }
  }

  @Override
  public boolean turn(Kernels kernels, int tile, int first, int count, Floats panel) {
    panel.clear(0, (long) width * PANEL);
    boolean alive = false;
    for (int i = 0; i < count; i++) {
      int row = tile * units + first + i;
      alive |= there[row] != 0;
      int k = start[row];
      for (long bits = there[row]; bits != 0; bits &= bits - 1) {
        panel.set((long) Long.numberOfTrailingZeros(bits) * PANEL + i, values[k++]);
      }
    }
    return alive;
  }

  @Override
  public int list(int tile, int unit, float factor, Floats value, Ints index, int at) {
    int row = tile * units + unit;
    int k = start[row];
    int end = at;
    for (long bits = there[row]; bits != 0; bits &= bits - 1) {
      float product = values[k++] * factor;
      value.set(end, product);
      index.set(end, Long.numberOfTrailingZeros(bits));
      // A small number may have become 0.
      end += product != 0 ? 1 : 0;
    }
    return end;
  }

  /** Adds the squares of each neuron. */
  void addSquares(double[] sums) {
    for (int row = 0; row < there.length; row++) {
      int end = start[row] + Long.bitCount(there[row]);
      for (int k = start[row]; k < end; k++) {
        sums[row % units] += (double) values[k] * values[k];
      }
    }
  }
}
