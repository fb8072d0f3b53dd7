package dev.rewire.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two of the library's loops for 512-bit vectors and a batch of 128, register for register, but on
 * Java arrays.
 */
final class HeapKernels {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final int L = S.length();

  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  private HeapKernels() {}

  private static VectorShuffle<Float> swap(int half) {
    int[] lanes = new int[L];
    for (int l = 0; l < L; l++) {
      lanes[l] = l ^ half;
    }
    return VectorShuffle.fromValues(S, lanes);
  }

  private static float tree(FloatVector v) {
    v = v.add(v.rearrange(SWAP_8));
    v = v.add(v.rearrange(SWAP_4));
    v = v.add(v.rearrange(SWAP_2));
    v = v.add(v.rearrange(SWAP_1));
    return v.lane(0);
  }

  /** Rows of {@code width} numbers, a multiple of eight vectors. */
  static void gather(
      int[] rowStart,
      int[] column,
      float[] weight,
      float[] start,
      float[] x,
      float[] y,
      int width,
      int rows) {
    for (int j = 0; j < rows; j++) {
      int first = rowStart[j];
      int end = rowStart[j + 1];
      FloatVector begin = FloatVector.broadcast(S, start[j]);
      int out = j * width;
      for (int b = 0; b < width; b += 8 * L) {
        FloatVector a0 = begin;
        FloatVector a1 = begin;
        FloatVector a2 = begin;
        FloatVector a3 = begin;
        FloatVector a4 = begin;
        FloatVector a5 = begin;
        FloatVector a6 = begin;
        FloatVector a7 = begin;
        for (int e = first; e < end; e++) {
          int at = column[e] * width + b;
          FloatVector w = FloatVector.broadcast(S, weight[e]);
          a0 = FloatVector.fromArray(S, x, at).fma(w, a0);
          a1 = FloatVector.fromArray(S, x, at + L).fma(w, a1);
          a2 = FloatVector.fromArray(S, x, at + 2 * L).fma(w, a2);
          a3 = FloatVector.fromArray(S, x, at + 3 * L).fma(w, a3);
          a4 = FloatVector.fromArray(S, x, at + 4 * L).fma(w, a4);
          a5 = FloatVector.fromArray(S, x, at + 5 * L).fma(w, a5);
          a6 = FloatVector.fromArray(S, x, at + 6 * L).fma(w, a6);
          a7 = FloatVector.fromArray(S, x, at + 7 * L).fma(w, a7);
        }
        a0.intoArray(y, out + b);
        a1.intoArray(y, out + b + L);
        a2.intoArray(y, out + b + 2 * L);
        a3.intoArray(y, out + b + 3 * L);
        a4.intoArray(y, out + b + 4 * L);
        a5.intoArray(y, out + b + 5 * L);
        a6.intoArray(y, out + b + 6 * L);
        a7.intoArray(y, out + b + 7 * L);
      }
    }
  }

  /** Rows of exactly eight vectors. */
  static void products(
      int[] rowStart, int[] column, float[] x, float[] d, int width, int rows, float[] out) {
    for (int j = 0; j < rows; j++) {
      rowProducts(column, x, d, j * width, width, rowStart[j], rowStart[j + 1], out);
    }
  }

  private static void rowProducts(
      int[] column, float[] x, float[] d, int row, int width, int from, int to, float[] out) {
    FloatVector d0 = FloatVector.fromArray(S, d, row);
    FloatVector d1 = FloatVector.fromArray(S, d, row + L);
    FloatVector d2 = FloatVector.fromArray(S, d, row + 2 * L);
    FloatVector d3 = FloatVector.fromArray(S, d, row + 3 * L);
    FloatVector d4 = FloatVector.fromArray(S, d, row + 4 * L);
    FloatVector d5 = FloatVector.fromArray(S, d, row + 5 * L);
    FloatVector d6 = FloatVector.fromArray(S, d, row + 6 * L);
    FloatVector d7 = FloatVector.fromArray(S, d, row + 7 * L);
    for (int e = from; e < to; e++) {
      int r = column[e] * width;
      FloatVector a = FloatVector.fromArray(S, x, r).fma(d0, FloatVector.zero(S));
      a = FloatVector.fromArray(S, x, r + L).fma(d1, a);
      a = FloatVector.fromArray(S, x, r + 2 * L).fma(d2, a);
      a = FloatVector.fromArray(S, x, r + 3 * L).fma(d3, a);
      a = FloatVector.fromArray(S, x, r + 4 * L).fma(d4, a);
      a = FloatVector.fromArray(S, x, r + 5 * L).fma(d5, a);
      a = FloatVector.fromArray(S, x, r + 6 * L).fma(d6, a);
      a = FloatVector.fromArray(S, x, r + 7 * L).fma(d7, a);
      out[e] = tree(a);
    }
  }
}
