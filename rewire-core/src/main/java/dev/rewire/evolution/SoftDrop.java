package dev.rewire.evolution;

/**
 * The soft removal of CHTs (Zhang et al. 2024): {@code floor(fraction * connections)} go, and those
 * that stay are drawn without replacement, in proportion to a power of their strength.
 */
public sealed interface SoftDrop extends DropRule
    permits SoftMagnitudeDrop, SoftRelativeImportanceDrop {
  /** Between the ends of the paper, which lets the power rise from 1 to 3 while it trains. */
  double DEFAULT_POWER = 2;

  /**
   * Says how much strong connections are preferred.
   *
   * @return 0 or more; 0 for chance alone
   */
  double power();

  /**
   * Checks a power.
   *
   * @param power what a rule was given
   * @return the same
   */
  static double checked(double power) {
    if (!(power >= 0 && Double.isFinite(power))) {
      throw new IllegalArgumentException("the power of the strength must be 0 or more: " + power);
    }
    return power;
  }
}
