package dev.rewire.study;

import dev.rewire.measure.Polarity;
import dev.rewire.train.EpochReport;
import dev.rewire.trajectory.Trajectory;
import org.jspecify.annotations.Nullable;

/**
 * A run at one of its epochs.
 *
 * @param arm name of its arm
 * @param seed of the run
 * @param report what it had learned
 * @param look where its first layer looked, or null if its inputs are no picture
 * @param pixels connections of each pixel, row by row, or null if they were not kept
 */
public record Reading(
    String arm,
    long seed,
    EpochReport report,
    Trajectory.@Nullable Look look,
    int @Nullable [] pixels) {

  static Reading of(String arm, long seed, Trajectory trajectory, int epoch) {
    return new Reading(
        arm, seed, trajectory.report(epoch), trajectory.look(epoch), trajectory.pixels(epoch));
  }

  /**
   * Compares the centre with the whole.
   *
   * @return mean connections of a pixel of the central square of half the side over that of all
   *     pixels; NaN without a picture
   */
  public double ratio() {
    return look == null ? Double.NaN : look.trend().centerMeanRatio();
  }

  /**
   * Returns the polarity index.
   *
   * @return -1 to 1; NaN without a picture
   */
  public double index() {
    return look == null ? Double.NaN : look.polarity().index();
  }

  /**
   * Says what the polarity of this run allows to say.
   *
   * @return none without a picture
   */
  public Polarity.Sign sign() {
    return look == null ? Polarity.Sign.NONE : look.polarity().sign();
  }
}
