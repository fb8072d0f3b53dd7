package dev.rewire.evolution;

/**
 * Removal by chance, where large weights are likely to stay; see {@link SoftDrop}.
 *
 * @param power of the absolute weight, 0 or more
 */
public record SoftMagnitudeDrop(double power) implements SoftDrop {
  /** With the usual power. */
  public static final SoftMagnitudeDrop DEFAULT = new SoftMagnitudeDrop(DEFAULT_POWER);

  /** Checks the number. */
  public SoftMagnitudeDrop {
    power = SoftDrop.checked(power);
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    situation.drawSurvivors(situation.layer().weight(), power, fraction);
  }
}
