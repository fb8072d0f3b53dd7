package dev.rewire.schedule;

/**
 * From one value to another, over the whole run or, as one of {@link Pieces}, over a part of it.
 *
 * @param from value at the beginning
 * @param to value at the end
 * @param shape the way between them
 */
public record Ramp(double from, double to, Shape shape) implements Schedule {
  /** Checks the values. */
  public Ramp {
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "both ends of %s..%s must be finite numbers".formatted(from, to));
    }
    shape.check(from, to);
  }

  @Override
  public double at(double time, double epochs) {
    double progress = epochs > 0 ? Math.clamp(time / epochs, 0.0, 1.0) : 1;
    if (progress == 0 || progress == 1) {
      return progress == 0 ? from : to;
    }
    return Math.clamp(shape.between(from, to, progress), least(), most());
  }

  @Override
  public double least() {
    return Math.min(from, to);
  }

  @Override
  public double most() {
    return Math.max(from, to);
  }

  @Override
  public boolean followsRunLength() {
    return from != to;
  }

  @Override
  public String toString() {
    return ScheduleText.number(from) + ".." + ScheduleText.number(to) + " " + shape.id();
  }
}
