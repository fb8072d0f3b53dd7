package dev.rewire.schedule;

import java.util.List;

/** The way from one value to another. */
public sealed interface Shape {
  /** Shapes without a number, by name. */
  List<Shape> PLAIN = List.of(new Linear(), new Cosine(), new Exponential(), new Cubic());

  /**
   * Returns a value on the way.
   *
   * @param from value at the beginning
   * @param to value at the end
   * @param progress share of the way, above 0 and below 1
   * @return the value; the same bits on every machine
   */
  double between(double from, double to, double progress);

  /**
   * Returns the name.
   *
   * @return as it is written in a schedule
   */
  String id();

  /**
   * Checks that the ends suit this shape.
   *
   * @param from value at the beginning
   * @param to value at the end
   * @throws IllegalArgumentException if there is no such way between them
   */
  default void check(double from, double to) {}

  /** The same difference in the same time. */
  record Linear() implements Shape {
    @Override
    public double between(double from, double to, double progress) {
      return from + (to - from) * progress;
    }

    @Override
    public String id() {
      return "linear";
    }
  }

  /** Half a wave of the cosine: slow, fast, slow (Loshchilov and Hutter 2017; RigL's for ζ). */
  record Cosine() implements Shape {
    @Override
    public double between(double from, double to, double progress) {
      return to + (from - to) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
    }

    @Override
    public String id() {
      return "cosine";
    }
  }

  /** The same factor in the same time. */
  record Exponential() implements Shape {
    @Override
    public double between(double from, double to, double progress) {
      return from * StrictMath.pow(to / from, progress);
    }

    @Override
    public void check(double from, double to) {
      if (!(from * to > 0)) {
        throw new IllegalArgumentException(
            "an exponential way needs two ends of the same sign, neither of them 0, not %s..%s"
                .formatted(ScheduleText.number(from), ScheduleText.number(to)));
      }
    }

    @Override
    public String id() {
      return "exponential";
    }
  }

  /** Fast at first: {@code to + (from - to) (1 - progress)^3} (Zhu and Gupta 2017). */
  record Cubic() implements Shape {
    @Override
    public double between(double from, double to, double progress) {
      double rest = 1 - progress;
      return to + (from - to) * (rest * rest * rest);
    }

    @Override
    public String id() {
      return "cubic";
    }
  }

  /**
   * As cubic, with any exponent: the inverse power of RigL and of sparse momentum.
   *
   * @param exponent above 0; 1 is linear, 3 is cubic
   */
  record Power(double exponent) implements Shape {
    /** Checks the exponent. */
    public Power {
      if (!(exponent > 0 && Double.isFinite(exponent))) {
        throw new IllegalArgumentException("the exponent of power must be above 0: " + exponent);
      }
    }

    @Override
    public double between(double from, double to, double progress) {
      return to + (from - to) * StrictMath.pow(1 - progress, exponent);
    }

    @Override
    public String id() {
      return "power:" + ScheduleText.number(exponent);
    }
  }
}
