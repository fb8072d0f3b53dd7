package dev.rewire.study;

import dev.rewire.study.Verdict.Answer;
import dev.rewire.sweep.Setting;
import dev.rewire.sweep.Summary;
import java.util.List;
import java.util.Map;

/**
 * A published number beside ours.
 *
 * @param published the row it stands in
 * @param goal the number
 * @param ours of each seed that has come so far
 */
public record Repetition(Published published, Goal goal, Summary ours) {
  static Repetition of(Published published, Goal goal, Evidence evidence) {
    List<Reading> readings = evidence.at(published.arm(), published.epoch());
    return new Repetition(published, goal, summary(readings, goal.measure()));
  }

  /** Puts the seeds of one arm at one epoch together. */
  static Summary summary(List<Reading> readings, Measure measure) {
    return new Summary(
        new Setting(Map.of()),
        readings.stream().mapToDouble(measure::of).toArray(),
        readings.stream().mapToLong(Reading::seed).toArray(),
        0,
        Double.NaN);
  }

  /**
   * Says whether the mean of ours is near enough.
   *
   * @return open without a run or without a tolerance
   */
  public Answer answer() {
    if (!goal.binding() || ours.values().length == 0) {
      return Answer.OPEN;
    }
    return goal.holds(ours.mean()) ? Answer.HOLDS : Answer.FAILS;
  }
}
