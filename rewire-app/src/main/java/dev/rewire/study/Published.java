package dev.rewire.study;

import java.util.List;

/**
 * A published row: one setting at one epoch.
 *
 * @param id name of the row
 * @param arm of the study that repeats it
 * @param epoch at which it was measured
 * @param sign of topology learning as it was published, empty if nothing was said
 * @param goals its numbers
 */
public record Published(String id, String arm, int epoch, String sign, List<Goal> goals) {
  /** Copies the list. */
  public Published {
    goals = List.copyOf(goals);
  }

  /**
   * Makes a row.
   *
   * @param id name of the row
   * @param arm of the study that repeats it
   * @param epoch at which it was measured
   * @param sign as it was published
   * @param goals its numbers
   * @return the row
   */
  public static Published of(String id, String arm, int epoch, String sign, Goal... goals) {
    return new Published(id, arm, epoch, sign, List.of(goals));
  }
}
