package dev.rewire.evolution;

/** When a network rewires itself, and which fraction of its connections. */
public interface UpdateSchedule {
  /**
   * Asks after a training step.
   *
   * @param step number of the step, from 0
   * @param epoch number of the epoch, from 0
   * @param epochEnd whether the step was the last one of its epoch
   * @return the fraction to drop, or 0 for no evolution now
   */
  double fraction(long step, int epoch, boolean epochEnd);

  /**
   * After each epoch the same fraction.
   *
   * @param zeta ζ of SET, 0 to 1
   */
  record EveryEpoch(double zeta) implements UpdateSchedule {
    /** Checks ζ. */
    public EveryEpoch {
      if (!(zeta >= 0 && zeta <= 1)) {
        throw new IllegalArgumentException("zeta must be between 0 and 1: " + zeta);
      }
    }

    @Override
    public double fraction(long step, int epoch, boolean epochEnd) {
      return epochEnd ? zeta : 0;
    }
  }
}
