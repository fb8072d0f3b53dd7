package dev.rewire.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Sums along paths, four at a time, and a transposition of four by four where they part. */
final class VectorPaths {
  private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;

  /** Floats of a vector that is as wide as four doubles. */
  static final int FLOATS = 8;

  private static final int SIDE = Kernels.SIDE_BY_SIDE;

  /** Lanes that change places with those 1 and 2 apart. */
  private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(FOUR, lane -> lane ^ 1);

  private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(FOUR, lane -> lane ^ 2);

  /** The upper ones of them, and the lower ones. */
  private static final VectorMask<Double> UPPER_1 = VectorMask.fromLong(FOUR, 0xa);

  private static final VectorMask<Double> UPPER_2 = VectorMask.fromLong(FOUR, 0xc);
  private static final VectorMask<Double> LOWER_1 = UPPER_1.not();
  private static final VectorMask<Double> LOWER_2 = UPPER_2.not();

  private VectorPaths() {}

  static void addRows(
      int[] rowStart, int[] column, int[] row, int from, int to, double[] factors, double[] sums) {
    for (int k = from; k < to; k++) {
      DoubleVector factor = fromArray(FOUR, factors, SIDE * (k - from));
      int end = rowStart[row[k] + 1];
      for (int e = rowStart[row[k]]; e < end; e++) {
        int at = SIDE * column[e];
        fromArray(FOUR, sums, at).add(factor).intoArray(sums, at);
      }
    }
  }

  static void addProducts(double[] sums, double[] factors, double[][] rows) {
    int whole = factors.length / SIDE * SIDE;
    double[] one = rows[0];
    double[] two = rows[1];
    double[] three = rows[2];
    double[] four = rows[3];
    for (int i = 0; i < whole; i += SIDE) {
      int at = SIDE * i;
      DoubleVector a = fromArray(FOUR, sums, at);
      DoubleVector b = fromArray(FOUR, sums, at + SIDE);
      DoubleVector c = fromArray(FOUR, sums, at + 2 * SIDE);
      DoubleVector d = fromArray(FOUR, sums, at + 3 * SIDE);
      DoubleVector ac = join(a, c, BY_2, UPPER_2);
      DoubleVector bd = join(b, d, BY_2, UPPER_2);
      DoubleVector ca = join(c, a, BY_2, LOWER_2);
      DoubleVector db = join(d, b, BY_2, LOWER_2);
      DoubleVector factor = fromArray(FOUR, factors, i);
      fromArray(FOUR, one, i).add(join(ac, bd, BY_1, UPPER_1).mul(factor)).intoArray(one, i);
      fromArray(FOUR, two, i).add(join(bd, ac, BY_1, LOWER_1).mul(factor)).intoArray(two, i);
      fromArray(FOUR, three, i).add(join(ca, db, BY_1, UPPER_1).mul(factor)).intoArray(three, i);
      fromArray(FOUR, four, i).add(join(db, ca, BY_1, LOWER_1).mul(factor)).intoArray(four, i);
    }
    Arrays.fill(sums, 0, SIDE * whole, 0);
    ScalarKernels.addProducts(sums, factors, rows, whole);
  }

  /** Some lanes of the first are replaced by the remaining ones of the second. */
  private static DoubleVector join(
      DoubleVector one, DoubleVector other, VectorShuffle<Double> by, VectorMask<Double> others) {
    return one.blend(other.rearrange(by), others);
  }
}
