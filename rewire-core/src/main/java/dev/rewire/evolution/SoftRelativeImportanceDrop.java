package dev.rewire.evolution;

import dev.rewire.schedule.Schedule;

/**
 * Removal by chance, where weights that are large among those of their neurons are likely to stay;
 * see {@link SoftDrop} and {@link RelativeImportanceDrop}. Zhang et al. (2024) use it on
 * Fashion-MNIST.
 *
 * @param power of the relative importance, 0 or more
 */
public record SoftRelativeImportanceDrop(Schedule power) implements SoftDrop {
  /** With the usual power. */
  public static final SoftRelativeImportanceDrop DEFAULT =
      new SoftRelativeImportanceDrop(DEFAULT_POWER);

  /** Checks the number. */
  public SoftRelativeImportanceDrop {
    power.requireWithin("power of the strength", 0, Double.MAX_VALUE);
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    situation.drawSurvivors(
        RelativeImportanceDrop.importance(situation), power.at(situation.moment()), fraction);
  }
}
