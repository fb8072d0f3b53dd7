package dev.rewire.evolution;

import dev.rewire.schedule.Schedule;

/**
 * The soft removal of CHTs (Zhang et al. 2024): {@code floor(fraction * connections)} go, and those
 * that stay are drawn without replacement, in proportion to a power of their strength.
 */
public sealed interface SoftDrop extends DropRule
    permits SoftMagnitudeDrop, SoftRelativeImportanceDrop {
  /** Halfway between the ends of {@link #RISING_POWER}. */
  Schedule DEFAULT_POWER = Schedule.constant(2);

  /** As in the code of the paper: softly first, then more and more by strength. */
  Schedule RISING_POWER = Schedule.of("1..3 linear");

  /**
   * Says how much strong connections are preferred.
   *
   * @return 0 or more; 0 for chance alone
   */
  Schedule power();

  @Override
  default boolean followsRunLength() {
    return power().followsRunLength();
  }
}
