package dev.rewire.schedule;

/**
 * Always the same value.
 *
 * @param value any number
 */
public record Constant(double value) implements Schedule {
  @Override
  public double at(double time, double epochs) {
    return value;
  }

  @Override
  public double least() {
    return value;
  }

  @Override
  public double most() {
    return value;
  }

  @Override
  public boolean followsRunLength() {
    return false;
  }

  @Override
  public String toString() {
    return ScheduleText.number(value);
  }
}
