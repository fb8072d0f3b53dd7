package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.ORDER;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns samples into rows of neurons, eight features of eight samples at a time: a transposition in
 * three exchanges, between rows 1, 2 and 4 apart.
 */
final class VectorTurn {
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  /** Features and samples of a block. */
  static final int SIDE = 8;

  /** Lanes that change places with those 1, 2 and 4 apart. */
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(EIGHT, lane -> lane ^ 1);

  private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(EIGHT, lane -> lane ^ 2);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(EIGHT, lane -> lane ^ 4);

  /** The upper ones of them. */
  private static final VectorMask<Float> UPPER_1 = VectorMask.fromLong(EIGHT, 0xaa);

  private static final VectorMask<Float> UPPER_2 = VectorMask.fromLong(EIGHT, 0xcc);
  private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(EIGHT, 0xf0);
  private static final VectorMask<Float> LOWER_1 = UPPER_1.not();
  private static final VectorMask<Float> LOWER_2 = UPPER_2.not();
  private static final VectorMask<Float> LOWER_4 = UPPER_4.not();

  private VectorTurn() {}

  static void turn(
      float[] samples,
      int count,
      int features,
      float[] shift,
      float[] scale,
      int first,
      Floats rows,
      long at,
      int width) {
    int whole = count / SIDE * SIDE;
    int i = 0;
    for (; i + SIDE <= features; i += SIDE) {
      long row = at + (long) i * width;
      columns(samples, i, features, whole, rows.segment(), row, width);
      for (int k = 0; k < SIDE; k++) {
        float subtracted = SampleTurn.of(shift, first + i + k);
        float factor = SampleTurn.of(scale, first + i + k);
        scale(rows.segment(), row + (long) k * width, whole, subtracted, factor);
      }
    }
    SampleTurn.turn(samples, features, shift, scale, first, rows, at, width, 0, whole, count);
    SampleTurn.turn(samples, features, shift, scale, first, rows, at, width, i, 0, whole);
  }

  /** Eight features of samples become eight rows. */
  private static void columns(
      float[] samples, int from, int features, int count, MemorySegment rows, long at, int width) {
    long bytes = width * 4L;
    for (int b = 0; b < count; b += SIDE) {
      int p = from + b * features;
      FloatVector a0 = load(samples, p);
      FloatVector a1 = load(samples, p + features);
      FloatVector a2 = load(samples, p + 2 * features);
      FloatVector a3 = load(samples, p + 3 * features);
      FloatVector a4 = load(samples, p + 4 * features);
      FloatVector a5 = load(samples, p + 5 * features);
      FloatVector a6 = load(samples, p + 6 * features);
      FloatVector a7 = load(samples, p + 7 * features);
      FloatVector b0 = lower(a0, a1, BY_1, UPPER_1);
      FloatVector b1 = upper(a0, a1, BY_1, LOWER_1);
      FloatVector b2 = lower(a2, a3, BY_1, UPPER_1);
      FloatVector b3 = upper(a2, a3, BY_1, LOWER_1);
      FloatVector b4 = lower(a4, a5, BY_1, UPPER_1);
      FloatVector b5 = upper(a4, a5, BY_1, LOWER_1);
      FloatVector b6 = lower(a6, a7, BY_1, UPPER_1);
      FloatVector b7 = upper(a6, a7, BY_1, LOWER_1);
      a0 = lower(b0, b2, BY_2, UPPER_2);
      a1 = lower(b1, b3, BY_2, UPPER_2);
      a2 = upper(b0, b2, BY_2, LOWER_2);
      a3 = upper(b1, b3, BY_2, LOWER_2);
      a4 = lower(b4, b6, BY_2, UPPER_2);
      a5 = lower(b5, b7, BY_2, UPPER_2);
      a6 = upper(b4, b6, BY_2, LOWER_2);
      a7 = upper(b5, b7, BY_2, LOWER_2);
      long row = at * 4 + b * 4L;
      lower(a0, a4, BY_4, UPPER_4).intoMemorySegment(rows, row, ORDER);
      lower(a1, a5, BY_4, UPPER_4).intoMemorySegment(rows, row + bytes, ORDER);
      lower(a2, a6, BY_4, UPPER_4).intoMemorySegment(rows, row + 2 * bytes, ORDER);
      lower(a3, a7, BY_4, UPPER_4).intoMemorySegment(rows, row + 3 * bytes, ORDER);
      upper(a0, a4, BY_4, LOWER_4).intoMemorySegment(rows, row + 4 * bytes, ORDER);
      upper(a1, a5, BY_4, LOWER_4).intoMemorySegment(rows, row + 5 * bytes, ORDER);
      upper(a2, a6, BY_4, LOWER_4).intoMemorySegment(rows, row + 6 * bytes, ORDER);
      upper(a3, a7, BY_4, LOWER_4).intoMemorySegment(rows, row + 7 * bytes, ORDER);
    }
  }

  private static FloatVector load(float[] samples, int at) {
    return FloatVector.fromArray(EIGHT, samples, at);
  }

  /** The upper lanes of the first row become the lower ones of the second. */
  private static FloatVector lower(
      FloatVector one, FloatVector other, VectorShuffle<Float> by, VectorMask<Float> upper) {
    return one.blend(other.rearrange(by), upper);
  }

  /** The lower lanes of the second row become the upper ones of the first. */
  private static FloatVector upper(
      FloatVector one, FloatVector other, VectorShuffle<Float> by, VectorMask<Float> lower) {
    return other.blend(one.rearrange(by), lower);
  }

  private static void scale(MemorySegment rows, long at, int count, float shift, float factor) {
    for (int b = 0; b < count; b += SIDE) {
      long place = (at + b) * 4;
      FloatVector.fromMemorySegment(EIGHT, rows, place, ORDER)
          .sub(shift)
          .mul(factor)
          .intoMemorySegment(rows, place, ORDER);
    }
  }
}
