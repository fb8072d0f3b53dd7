package dev.rewire.config;

import dev.rewire.train.EarlyStopping.Monitor;

/**
 * When a training ends before its last epoch.
 *
 * @param patience epochs without a better test after which it ends, 1 or more; 0 for never
 * @param monitor what a better test is
 */
public record Stopping(int patience, Monitor monitor) {
  /** All epochs are done. */
  public static final Stopping NEVER = new Stopping(0, Monitor.ACCURACY);

  /** Checks the number. */
  public Stopping {
    if (patience < 0) {
      throw new IllegalArgumentException("patience must be 0 or more: " + patience);
    }
  }
}
