package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The first layer on a batch of sparse samples: work is one step a connection and one multiply-add
 * for each value that a connection meets, whatever the number of zeros.
 *
 * <p>Gives the bits that {@link Kernels#gather} and {@link Kernels#products} give for the same
 * batch with its zeros written out: additions have the same order, sums over the batch the same
 * stripes and tree, and a zero changes nothing. (It would if a weight were not finite, or if a bias
 * were -0, which stays -0 here.) So the choice between the two is a matter of speed alone. Where
 * some 3 % of the values are present and the batch fits L2, vectors over zeros are as fast.
 *
 * <p>There is one implementation for all machines: what a connection meets is a handful of values
 * at places that only the data know, which is nothing to make vectors of.
 */
public final class SparseInput {
  private static final int STRIPES = Kernels.STRIPES;

  private SparseInput() {}

  /**
   * Returns how much scratch memory these loops need.
   *
   * @param samples of the largest batch, padding included
   * @return elements, for each thread
   */
  public static int scratch(int samples) {
    return Math.addExact(samples, STRIPES);
  }

  /**
   * Weighted sums: {@code y[j][b] = start[j] + sum over e of weight[e] * x[column[e]][b]}, for the
   * connections {@code e} in {@code [rowStart[j], rowStart[j+1])} whose feature is present in
   * sample {@code b}. Behind the last sample, {@code y[j]} is {@code start[j]}.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param column feature that each connection reads
   * @param weight one number a connection
   * @param start what each row starts from (the bias)
   * @param x the batch
   * @param y outputs, overwritten
   * @param tiles tiles that hold samples
   * @param from first row of {@code y}
   * @param to one past the last row of {@code y}
   * @param scratch {@link #scratch} elements or more, overwritten
   */
  public static void gather(
      Ints rowStart,
      Ints column,
      Floats weight,
      Floats start,
      SparseBatch x,
      Activations y,
      int tiles,
      int from,
      int to,
      float[] scratch) {
    int samples = tiles * y.width();
    int[] first = x.start();
    int[] sample = x.sample();
    float[] value = x.value();
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    for (int j = from; j < to; j++) {
      Arrays.fill(scratch, 0, samples, start.get(j));
      int end = rowStart.get(j + 1L);
      for (int e = rowStart.get(j); e < end; e++) {
        int feature = columns.getAtIndex(JAVA_INT, e);
        int k = first[feature];
        int last = first[feature + 1];
        if (k < last) {
          float w = weights.getAtIndex(JAVA_FLOAT, e);
          do {
            int b = sample[k];
            scratch[b] = Math.fma(w, value[k], scratch[b]);
            k++;
          } while (k < last);
        }
      }
      store(scratch, y, j, tiles);
    }
  }

  /**
   * Gradients of the weights: {@code out[e - edgeFrom] = sum over b of x[column[e]][b] * d[j][b]}
   * for the connections {@code e} of row {@code j}, only in {@code [edgeFrom, edgeTo)}, over the
   * samples {@code b} in which the feature is present.
   *
   * @param rowStart first connection of each row
   * @param column feature that each connection reads
   * @param x the batch
   * @param d gradient of the sums, one row a row of connections
   * @param tiles tiles that hold samples
   * @param row the row that holds {@code edgeFrom}
   * @param edgeFrom first connection
   * @param edgeTo one past the last connection
   * @param out the products
   * @param scratch {@link #scratch} elements or more, overwritten
   */
  public static void products(
      Ints rowStart,
      Ints column,
      SparseBatch x,
      Activations d,
      int tiles,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      float[] scratch) {
    int[] first = x.start();
    int shift = Integer.numberOfTrailingZeros(d.width());
    int stripes = tiles * d.width();
    MemorySegment columns = column.segment();
    int j = row;
    int e = edgeFrom;
    while (e < edgeTo) {
      int end = Math.min(edgeTo, rowStart.get(j + 1L));
      if (e < end) {
        load(d, j, tiles, scratch);
      }
      for (; e < end; e++) {
        int feature = columns.getAtIndex(JAVA_INT, e);
        int k = first[feature];
        int last = first[feature + 1];
        float sum = 0f;
        while (k < last) {
          int tile = x.sample()[k] >> shift;
          int next = k + 1;
          while (next < last && x.sample()[next] >> shift == tile) {
            next++;
          }
          sum += product(x.sample(), x.value(), k, next, scratch, stripes);
          k = next;
        }
        out.set(e - edgeFrom, sum);
      }
      j++;
    }
  }

  /**
   * One tile. One or two values, which is most often, need no stripes to have the bits that those
   * give.
   */
  private static float product(
      int[] sample, float[] value, int first, int end, float[] scratch, int stripes) {
    if (end - first > 2) {
      return stripedProduct(sample, value, first, end, scratch, stripes);
    }
    int b = sample[first];
    float product = value[first] * scratch[b];
    if (end - first == 1) {
      return product;
    }
    int other = sample[first + 1];
    return b % STRIPES == other % STRIPES
        ? Math.fma(value[first + 1], scratch[other], product)
        : product + value[first + 1] * scratch[other];
  }

  private static float stripedProduct(
      int[] sample, float[] value, int first, int end, float[] scratch, int stripes) {
    Arrays.fill(scratch, stripes, stripes + STRIPES, 0f);
    for (int k = first; k < end; k++) {
      int b = sample[k];
      int stripe = stripes + (b & (STRIPES - 1));
      scratch[stripe] = Math.fma(value[k], scratch[b], scratch[stripe]);
    }
    return tree(scratch, stripes);
  }

  /** Written out: as a loop it takes longer than all the rest. */
  private static float tree(float[] s, int at) {
    float s0 = s[at] + s[at + 8];
    float s1 = s[at + 1] + s[at + 9];
    float s2 = s[at + 2] + s[at + 10];
    float s3 = s[at + 3] + s[at + 11];
    float s4 = s[at + 4] + s[at + 12];
    float s5 = s[at + 5] + s[at + 13];
    float s6 = s[at + 6] + s[at + 14];
    float s7 = s[at + 7] + s[at + 15];
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  private static void store(float[] row, Activations y, int unit, int tiles) {
    for (int tile = 0; tile < tiles; tile++) {
      long at = y.row(tile, unit) * Float.BYTES;
      MemorySegment.copy(row, tile * y.width(), y.values().segment(), JAVA_FLOAT, at, y.width());
    }
  }

  private static void load(Activations d, int unit, int tiles, float[] row) {
    for (int tile = 0; tile < tiles; tile++) {
      long at = d.row(tile, unit) * Float.BYTES;
      MemorySegment.copy(d.values().segment(), JAVA_FLOAT, at, row, tile * d.width(), d.width());
    }
  }
}
