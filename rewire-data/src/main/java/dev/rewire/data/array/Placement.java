package dev.rewire.data.array;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.dataset.ImageShape;
import dev.rewire.memory.Floats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the numbers of an array of any order where a data set has them: sample by sample, the
 * features of a sample in the order of their indices, colour planes one after another.
 */
final class Placement implements NumberSink {
  private static final int COLOURS = 3;

  private final String what;
  private final Floats target;
  private final int samples;
  private final int width;
  private final boolean refuseMissing;

  /** Sizes and steps in the target, of the axis that runs fastest in the file first. */
  private final long[] extent;

  private final long[] step;
  private final long[] at;
  private long place;
  private boolean complete;

  private Placement(
      String what, Floats target, int samples, long[] extent, long[] step, Missing missing) {
    this.what = what;
    this.target = target;
    this.samples = samples;
    this.width = (int) (target.length() / samples);
    this.extent = extent;
    this.step = step;
    this.at = new long[extent.length];
    this.refuseMissing = missing == Missing.REFUSE;
  }

  /**
   * Reads an array.
   *
   * @param file for messages
   * @param entry two dimensions or more, none of them 0
   * @param samplesLast whether the last index counts the samples, not the first
   * @param missing whether {@code NaN} is refused
   * @return all numbers, sample by sample
   */
  static Floats read(String file, ArrayEntry.Dense entry, boolean samplesLast, Missing missing) {
    List<Long> shape = entry.shape();
    int axes = shape.size();
    int sampleAxis = samplesLast ? axes - 1 : 0;
    long[] steps = new long[axes];
    int first = samplesLast ? 0 : 1;
    int last = samplesLast ? axes - 2 : axes - 1;
    boolean planes = coloursLast(shape, first, last);
    long width = 1;
    if (planes) {
      steps[last] = shape.get(first) * shape.get(last - 1);
    }
    for (int axis = planes ? last - 1 : last; axis >= first; axis--) {
      steps[axis] = width;
      width *= shape.get(axis);
    }
    width *= planes ? shape.get(last) : 1;
    steps[sampleAxis] = width;
    long samples = shape.get(sampleAxis);
    if (samples > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      throw new DataException(
          file + " has " + entry.describe() + ", more than can be held: give fewer samples.");
    }
    long[] extents = new long[axes];
    long[] ordered = new long[axes];
    for (int i = 0; i < axes; i++) {
      int axis = entry.columnMajor() ? i : axes - 1 - i;
      extents[i] = shape.get(axis);
      ordered[i] = steps[axis];
    }
    Floats target = allocate(file, entry, samples * width);
    Placement placement =
        new Placement(
            file + " has " + entry.name(), target, (int) samples, extents, ordered, missing);
    entry.reader().read(placement);
    if (!placement.complete) {
      throw new IllegalStateException(file + ": " + entry.describe() + " was not read to its end");
    }
    return target;
  }

  /**
   * Finds out how features lie in a picture.
   *
   * @param shape sizes of an array
   * @param samplesLast whether the last index counts the samples
   * @return the shape, or null if there are not as many dimensions as a picture needs
   */
  static @Nullable ImageShape image(List<Long> shape, boolean samplesLast) {
    int first = samplesLast ? 0 : 1;
    int last = samplesLast ? shape.size() - 2 : shape.size() - 1;
    int axes = last - first + 1;
    if (axes == 2) {
      return new ImageShape(shape.get(first).intValue(), shape.get(last).intValue(), 1);
    }
    if (axes != COLOURS) {
      return null;
    }
    int a = shape.get(first).intValue();
    int b = shape.get(first + 1).intValue();
    int c = shape.get(last).intValue();
    if (coloursLast(shape, first, last)) {
      return new ImageShape(a, b, c);
    }
    return a == 1 || a == COLOURS ? new ImageShape(b, c, a) : null;
  }

  private static boolean coloursLast(List<Long> shape, int first, int last) {
    return last - first == 2 && (shape.get(last) == 1 || shape.get(last) == COLOURS);
  }

  /** The sizes are those of a header that fits its file, but the file may be larger than memory. */
  private static Floats allocate(String file, ArrayEntry entry, long count) {
    try {
      return new Floats(count);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          file
              + " has "
              + entry.describe()
              + ", for which "
              + 4 * count
              + " bytes of memory could not be had: give Java more by -XX:MaxDirectMemorySize.",
          e);
    }
  }

  @Override
  public void accept(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      float value = (float) values[i];
      if (!Float.isFinite(value)) {
        refuse(values[i]);
      }
      target.set(place, value);
      advance();
    }
  }

  private void advance() {
    for (int axis = 0; axis < at.length; axis++) {
      place += step[axis];
      if (++at[axis] < extent[axis]) {
        return;
      }
      place -= step[axis] * extent[axis];
      at[axis] = 0;
    }
    complete = true;
  }

  private void refuse(double value) {
    if (Double.isNaN(value) && !refuseMissing) {
      return;
    }
    throw new DataException(
        what
            + " with "
            + value
            + " in sample "
            + (place / width + 1)
            + " of "
            + samples
            + ", feature "
            + (place % width + 1)
            + ", where a finite number must be: "
            + (Double.isNaN(value)
                ? "say by --missing what to do about missing values."
                : "correct or remove that sample or feature."));
  }
}
