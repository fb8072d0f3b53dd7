package dev.rewire.study;

import dev.rewire.trajectory.Trajectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all runs of a study have come to so far. */
public final class Evidence {
  private final Map<String, SortedMap<Long, Trajectory>> runs = new LinkedHashMap<>();

  /** Begins without any run. */
  public Evidence() {}

  /**
   * Adds a run, whether it is finished or not.
   *
   * @param arm name of its arm
   * @param seed of the run
   * @param trajectory what is known of it
   */
  public void add(String arm, long seed, Trajectory trajectory) {
    runs.computeIfAbsent(arm, _ -> new TreeMap<>()).put(seed, trajectory);
  }

  /**
   * Returns the runs of an arm.
   *
   * @param arm its name
   * @return trajectories by seed; empty if there is none
   */
  public SortedMap<Long, Trajectory> runs(String arm) {
    return runs.getOrDefault(arm, new TreeMap<>());
  }

  /**
   * Reads the runs of an arm at one epoch.
   *
   * @param arm its name
   * @param epoch from 1
   * @return a reading for each run that has come so far, in the order of the seeds
   */
  public List<Reading> at(String arm, int epoch) {
    return runs(arm).entrySet().stream()
        .filter(run -> run.getValue().epochs() >= epoch)
        .map(run -> Reading.of(arm, run.getKey(), run.getValue(), epoch))
        .toList();
  }
}
