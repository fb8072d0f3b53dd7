package dev.rewire.schedule;

/**
 * Multiplied by the same factor again and again.
 *
 * @param start value at the beginning
 * @param factor above 0 and below 1
 * @param every epochs between two steps, above 0
 */
public record Steps(double start, double factor, double every) implements Schedule {
  /** Checks the numbers. */
  public Steps {
    if (!Double.isFinite(start)) {
      throw new IllegalArgumentException("the value before 'step' must be finite: " + start);
    }
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "the factor after 'step' must be above 0 and below 1: " + ScheduleText.number(factor));
    }
    if (!(every > 0 && Double.isFinite(every))) {
      throw new IllegalArgumentException(
          "the epochs after 'every' must be above 0: " + ScheduleText.number(every));
    }
  }

  @Override
  public double at(double time, double epochs) {
    return start * StrictMath.pow(factor, Math.floor(time / every));
  }

  @Override
  public double least() {
    return Math.min(start, 0);
  }

  @Override
  public double most() {
    return Math.max(start, 0);
  }

  @Override
  public boolean followsRunLength() {
    return false;
  }

  @Override
  public String toString() {
    return "%s step %s every %s"
        .formatted(
            ScheduleText.number(start), ScheduleText.number(factor), ScheduleText.number(every));
  }
}
