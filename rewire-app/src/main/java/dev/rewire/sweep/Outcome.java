package dev.rewire.sweep;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run came to.
 *
 * @param setting what is special about it
 * @param seed of all its random numbers
 * @param folder where it is, below the folder of the sweep
 * @param result what the run said about itself, as {@code rewire train --json} does; only {@code
 *     diverged} with the reason if it diverged
 */
public record Outcome(
    Setting setting, long seed, String folder, Map<String, @Nullable Object> result) {
  /** Key of the reason why there is no result. */
  public static final String DIVERGED = "diverged";

  /** Key that says whether connections were to move and none has. */
  public static final String NEVER_REWIRED = "never_rewired";

  private static final String TEST = "test_";

  /**
   * Says whether the run diverged, so that there are no numbers.
   *
   * @return true if training ended with weights that are no numbers
   */
  public boolean diverged() {
    return result.containsKey(DIVERGED);
  }

  /**
   * Says whether connections were to move and none has.
   *
   * @return true if the network was a static one against its settings
   */
  public boolean neverRewired() {
    return Boolean.TRUE.equals(result.get(NEVER_REWIRED));
  }

  /**
   * Returns a number of the result.
   *
   * @param metric its name; {@code test_} and the name of a metric of the test, too
   * @return the number, or NaN if there is none
   */
  public double metric(String metric) {
    Object value = result.get(metric);
    if (value == null
        && metric.startsWith(TEST)
        && result.get(TEST + "metrics") instanceof Map<?, ?> more) {
      value = more.get(metric.substring(TEST.length()));
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
