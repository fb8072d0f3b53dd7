package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;

/**
 * Sums over the batch where a row is shorter than a vector; there is but one tile then. The tree of
 * the stripes is written out; stripes without a sample are zero, and to add one of them turns a
 * negative zero into a positive one.
 *
 * <p>Rows of inputs are read as if they were not aligned: whether they are would be asked for each
 * connection.
 */
final class NarrowProducts {
  private NarrowProducts() {}

  static void products(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out) {
    switch (x.width()) {
      case 1 -> one(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out);
      case 2 -> two(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out);
      case 4 -> four(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out);
      default -> eight(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out);
    }
  }

  private static void one(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment sink = out.segment();
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long dTile = d.row(tile, 0);
    int j = row;
    for (int e = edgeFrom; e < edgeTo; j++) {
      int end = Math.min(starts.getAtIndex(JAVA_INT, j + 1L), edgeTo);
      long in = dTile + j;
      float d0 = gradient.getAtIndex(JAVA_FLOAT, in);
      int count = end - e;
      MemorySegment c = columns.asSlice(e * 4L, count * 4L);
      MemorySegment sums = sink.asSlice((e - edgeFrom) * 4L, count * 4L);
      e = end;
      for (int k = 0; k < count; k++) {
        long at = xTile + c.getAtIndex(JAVA_INT, k) * 4L;
        float p0 = source.get(JAVA_FLOAT_UNALIGNED, at) * d0;
        sums.setAtIndex(JAVA_FLOAT, k, p0 + 0f);
      }
    }
  }

  private static void two(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment sink = out.segment();
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long dTile = d.row(tile, 0);
    int j = row;
    for (int e = edgeFrom; e < edgeTo; j++) {
      int end = Math.min(starts.getAtIndex(JAVA_INT, j + 1L), edgeTo);
      long in = dTile + j * 2L;
      float d0 = gradient.getAtIndex(JAVA_FLOAT, in);
      float d1 = gradient.getAtIndex(JAVA_FLOAT, in + 1);
      int count = end - e;
      MemorySegment c = columns.asSlice(e * 4L, count * 4L);
      MemorySegment sums = sink.asSlice((e - edgeFrom) * 4L, count * 4L);
      e = end;
      for (int k = 0; k < count; k++) {
        MemorySegment r = source.asSlice(xTile + c.getAtIndex(JAVA_INT, k) * 8L, 8);
        float p0 = r.get(JAVA_FLOAT_UNALIGNED, 0) * d0;
        float p1 = r.get(JAVA_FLOAT_UNALIGNED, 4) * d1;
        sums.setAtIndex(JAVA_FLOAT, k, p0 + p1 + 0f);
      }
    }
  }

  private static void four(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment sink = out.segment();
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long dTile = d.row(tile, 0);
    int j = row;
    for (int e = edgeFrom; e < edgeTo; j++) {
      int end = Math.min(starts.getAtIndex(JAVA_INT, j + 1L), edgeTo);
      long in = dTile + j * 4L;
      float d0 = gradient.getAtIndex(JAVA_FLOAT, in);
      float d1 = gradient.getAtIndex(JAVA_FLOAT, in + 1);
      float d2 = gradient.getAtIndex(JAVA_FLOAT, in + 2);
      float d3 = gradient.getAtIndex(JAVA_FLOAT, in + 3);
      int count = end - e;
      MemorySegment c = columns.asSlice(e * 4L, count * 4L);
      MemorySegment sums = sink.asSlice((e - edgeFrom) * 4L, count * 4L);
      e = end;
      for (int k = 0; k < count; k++) {
        MemorySegment r = source.asSlice(xTile + c.getAtIndex(JAVA_INT, k) * 16L, 16);
        float p0 = r.get(JAVA_FLOAT_UNALIGNED, 0) * d0;
        float p1 = r.get(JAVA_FLOAT_UNALIGNED, 4) * d1;
        float p2 = r.get(JAVA_FLOAT_UNALIGNED, 8) * d2;
        float p3 = r.get(JAVA_FLOAT_UNALIGNED, 12) * d3;
        sums.setAtIndex(JAVA_FLOAT, k, (p0 + p2) + (p1 + p3) + 0f);
      }
    }
  }

  private static void eight(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment sink = out.segment();
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long dTile = d.row(tile, 0);
    int j = row;
    for (int e = edgeFrom; e < edgeTo; j++) {
      int end = Math.min(starts.getAtIndex(JAVA_INT, j + 1L), edgeTo);
      long in = dTile + j * 8L;
      float d0 = gradient.getAtIndex(JAVA_FLOAT, in);
      float d1 = gradient.getAtIndex(JAVA_FLOAT, in + 1);
      float d2 = gradient.getAtIndex(JAVA_FLOAT, in + 2);
      float d3 = gradient.getAtIndex(JAVA_FLOAT, in + 3);
      float d4 = gradient.getAtIndex(JAVA_FLOAT, in + 4);
      float d5 = gradient.getAtIndex(JAVA_FLOAT, in + 5);
      float d6 = gradient.getAtIndex(JAVA_FLOAT, in + 6);
      float d7 = gradient.getAtIndex(JAVA_FLOAT, in + 7);
      int count = end - e;
      MemorySegment c = columns.asSlice(e * 4L, count * 4L);
      MemorySegment sums = sink.asSlice((e - edgeFrom) * 4L, count * 4L);
      e = end;
      for (int k = 0; k < count; k++) {
        MemorySegment r = source.asSlice(xTile + c.getAtIndex(JAVA_INT, k) * 32L, 32);
        float p0 = r.get(JAVA_FLOAT_UNALIGNED, 0) * d0;
        float p1 = r.get(JAVA_FLOAT_UNALIGNED, 4) * d1;
        float p2 = r.get(JAVA_FLOAT_UNALIGNED, 8) * d2;
        float p3 = r.get(JAVA_FLOAT_UNALIGNED, 12) * d3;
        float p4 = r.get(JAVA_FLOAT_UNALIGNED, 16) * d4;
        float p5 = r.get(JAVA_FLOAT_UNALIGNED, 20) * d5;
        float p6 = r.get(JAVA_FLOAT_UNALIGNED, 24) * d6;
        float p7 = r.get(JAVA_FLOAT_UNALIGNED, 28) * d7;
        sums.setAtIndex(JAVA_FLOAT, k, ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7)) + 0f);
      }
    }
  }

  static void sums(Activations d, int tile, int from, int to, Floats out) {
    MemorySegment gradient = d.values().segment();
    int width = d.width();
    for (int j = from; j < to; j++) {
      out.set(j - from, sum(gradient, d.row(tile, j), 0, 1, width));
    }
  }

  /** One node of the tree: {@code count} nodes are as high as this one, it is number {@code l}. */
  private static float sum(MemorySegment d, long row, int l, int count, int width) {
    return count == width
        ? 0f + d.getAtIndex(JAVA_FLOAT, row + l)
        : sum(d, row, l, 2 * count, width) + sum(d, row, l + count, 2 * count, width);
  }
}
