package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.ORDER;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

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

  private static final int HALF = SIDE / 2;

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
      Floats samples,
      long samplesAt,
      int count,
      int features,
      float[] shift,
      float[] scale,
      int first,
      Floats rows,
      long at,
      int width) {
    int whole = count / SIDE * SIDE;
    long step = features * 4L;
    long bytes = width * 4L;
    int i = 0;
    for (; i + SIDE <= features; i += SIDE) {
      long row = at + (long) i * width;
      long sample = (samplesAt + i) * 4;
      long fourth = sample + HALF * step;
      MemorySegment source = samples.segment();
      MemorySegment sink = rows.segment();
      four(source, sample, fourth, step, UPPER_4, whole, sink, row * 4, bytes);
      four(source, fourth, sample, step, LOWER_4, whole, sink, row * 4 + HALF * bytes, bytes);
      for (int k = 0; k < SIDE; k++) {
        float subtracted = SampleTurn.of(shift, first + i + k);
        float factor = SampleTurn.of(scale, first + i + k);
        if (subtracted != 0 || factor != 1) {
          scale(rows.segment(), row + (long) k * width, whole, subtracted, factor);
        }
      }
    }
    SampleTurn.turn(
        samples, samplesAt, features, shift, scale, first, rows, at, width, 0, whole, count);
    SampleTurn.turn(
        samples, samplesAt, features, shift, scale, first, rows, at, width, i, 0, whole);
  }

  /**
   * Four features of samples become four rows: the first of eight if {@code one} is the first
   * sample and {@code other} the one four behind it, the last of eight the other way round.
   *
   * <p>All eight at once are more than what C2 inlines, and vectors would be put into objects.
   */
  private static void four(
      MemorySegment samples,
      long one,
      long other,
      long step,
      VectorMask<Float> others,
      int count,
      MemorySegment rows,
      long at,
      long bytes) {
    for (int b = 0; b < count; b += SIDE) {
      long p = one + b * step;
      long q = other + b * step;
      FloatVector a0 =
          join(
              fromMemorySegment(EIGHT, samples, p, ORDER),
              fromMemorySegment(EIGHT, samples, q, ORDER),
              BY_4,
              others);
      FloatVector a1 =
          join(
              fromMemorySegment(EIGHT, samples, p + step, ORDER),
              fromMemorySegment(EIGHT, samples, q + step, ORDER),
              BY_4,
              others);
      FloatVector a2 =
          join(
              fromMemorySegment(EIGHT, samples, p + 2 * step, ORDER),
              fromMemorySegment(EIGHT, samples, q + 2 * step, ORDER),
              BY_4,
              others);
      FloatVector a3 =
          join(
              fromMemorySegment(EIGHT, samples, p + 3 * step, ORDER),
              fromMemorySegment(EIGHT, samples, q + 3 * step, ORDER),
              BY_4,
              others);
      FloatVector b0 = join(a0, a2, BY_2, UPPER_2);
      FloatVector b1 = join(a1, a3, BY_2, UPPER_2);
      FloatVector b2 = join(a2, a0, BY_2, LOWER_2);
      FloatVector b3 = join(a3, a1, BY_2, LOWER_2);
      long row = at + b * 4L;
      join(b0, b1, BY_1, UPPER_1).intoMemorySegment(rows, row, ORDER);
      join(b1, b0, BY_1, LOWER_1).intoMemorySegment(rows, row + bytes, ORDER);
      join(b2, b3, BY_1, UPPER_1).intoMemorySegment(rows, row + 2 * bytes, ORDER);
      join(b3, b2, BY_1, LOWER_1).intoMemorySegment(rows, row + 3 * bytes, ORDER);
    }
  }

  /** Some lanes of the first row are replaced by the remaining ones of the second. */
  private static FloatVector join(
      FloatVector one, FloatVector other, VectorShuffle<Float> by, VectorMask<Float> others) {
    return one.blend(other.rearrange(by), others);
  }

  private static void scale(MemorySegment rows, long at, int count, float shift, float factor) {
    FloatVector shifts = FloatVector.broadcast(EIGHT, shift);
    FloatVector factors = FloatVector.broadcast(EIGHT, factor);
    for (int b = 0; b < count; b += SIDE) {
      long place = (at + b) * 4;
      fromMemorySegment(EIGHT, rows, place, ORDER)
          .sub(shifts)
          .mul(factors)
          .intoMemorySegment(rows, place, ORDER);
    }
  }
}
