package dev.rewire.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One direction of a chart: where a value lies, and which values get a mark. */
public final class Axis {
  private static final int MARKS = 6;

  private final double low;
  private final double high;
  private final boolean logarithmic;
  private final double step;

  private Axis(double low, double high, boolean logarithmic, double step) {
    this.low = low;
    this.high = high;
    this.logarithmic = logarithmic;
    this.step = step;
  }

  /**
   * Covers values, up to the next round number on both sides.
   *
   * @param least the smallest
   * @param most the largest
   * @return a linear axis
   */
  public static Axis linear(double least, double most) {
    double range = most > least ? most - least : Math.max(Math.abs(most), 1);
    double step = round(range / MARKS);
    double low = Math.floor(least / step + 1e-9) * step;
    double high = Math.ceil((most > least ? most : least + range) / step - 1e-9) * step;
    return new Axis(low, high, false, step);
  }

  /**
   * Covers exactly these values, with marks at whole numbers: epochs, degrees.
   *
   * @param least the smallest
   * @param most the largest
   * @return a linear axis
   */
  public static Axis whole(double least, double most) {
    double range = Math.max(1, most - least);
    return new Axis(least, Math.max(most, least + 1), false, Math.max(1, round(range / MARKS)));
  }

  /**
   * Covers values with marks at 1, 2 and 5 of each power of ten.
   *
   * @param least the smallest, above 0
   * @param most the largest
   * @return a logarithmic axis
   */
  public static Axis logarithmic(double least, double most) {
    return new Axis(
        least, most > least ? most : 10 * least, true, Math.log10(most / least) > 3 ? 10 : 1);
  }

  /** The next larger of 1, 2, 5 and their multiples by powers of ten. */
  private static double round(double wanted) {
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    double digits = wanted / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  /**
   * Returns where it begins.
   *
   * @return the value at the low end
   */
  public double low() {
    return low;
  }

  /**
   * Returns where it ends.
   *
   * @return the value at the high end
   */
  public double high() {
    return high;
  }

  /**
   * Says where a value lies.
   *
   * @param value any
   * @return 0 at the low end and 1 at the high end
   */
  public double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /**
   * Says which values get a mark.
   *
   * @return ascending
   */
  public List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    if (logarithmic) {
      for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
        for (int digit : step == 10 ? new int[] {1} : new int[] {1, 2, 5}) {
          double mark = digit * Math.pow(10, power);
          if (mark >= low * 0.999 && mark <= high * 1.001) {
            marks.add(mark);
          }
        }
      }
      return marks;
    }
    for (double n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-6; n++) {
      marks.add(n * step + 0.0); // no -0
    }
    return marks;
  }

  /**
   * Writes a value with as many digits as neighbouring marks need to differ.
   *
   * @param mark one of the marks
   * @return in words
   */
  public String label(double mark) {
    double size = logarithmic ? mark : step;
    int digits = Math.clamp((long) -Math.floor(Math.log10(size) + 1e-9), 0, 12);
    return String.format(Locale.ROOT, "%,." + digits + "f", mark);
  }
}
