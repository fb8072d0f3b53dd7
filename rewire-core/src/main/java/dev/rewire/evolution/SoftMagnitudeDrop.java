package dev.rewire.evolution;

import dev.rewire.schedule.Schedule;

/**
 * Removal by chance, where large weights are likely to stay; see {@link SoftDrop}.
 *
 * @param power of the absolute weight, 0 or more
 */
public record SoftMagnitudeDrop(Schedule power) implements SoftDrop {
  /** With the usual power. */
  public static final SoftMagnitudeDrop DEFAULT = new SoftMagnitudeDrop(DEFAULT_POWER);

  /** With the power of the paper. */
  public static final SoftMagnitudeDrop RISING = new SoftMagnitudeDrop(RISING_POWER);

  /** Checks the number. */
  public SoftMagnitudeDrop {
    power.requireWithin("power of the strength", 0, Double.MAX_VALUE);
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    situation.drawSurvivors(situation.layer().weight(), power.at(situation.moment()), fraction);
  }
}
