package dev.rewire.trajectory;

import dev.rewire.measure.Degrees;
import dev.rewire.measure.PowerLaw;
import dev.rewire.train.EpochReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Several runs side by side.
 *
 * @param runs two or more
 * @param map how far they are from each other, or null if their topologies cannot be compared
 * @param unmapped why there is no map, empty if there is one
 */
public record RunComparison(List<Run> runs, @Nullable DistanceMap map, String unmapped) {
  /**
   * One of them.
   *
   * @param name how it is called
   * @param trajectory in the course of its training
   * @param degrees connections of each input at the end of the last epoch, or null without a
   *     history
   * @param law the power law that fits them best, or null if none can be fitted
   */
  public record Run(
      String name, Trajectory trajectory, @Nullable Degrees degrees, @Nullable PowerLaw law) {
    /**
     * Adds up the time of epochs.
     *
     * @return seconds of training, evolution and test until the end of each epoch
     */
    public double[] seconds() {
      double[] seconds = new double[trajectory.epochs()];
      double sum = 0;
      for (int epoch = 1; epoch <= seconds.length; epoch++) {
        EpochReport report = trajectory.report(epoch);
        sum += (report.trainingNanos() + report.evolutionNanos() + report.testNanos()) / 1e9;
        seconds[epoch - 1] = sum;
      }
      return seconds;
    }

    /**
     * Returns the last report.
     *
     * @return of the last epoch
     */
    public EpochReport last() {
      return trajectory.report(trajectory.epochs());
    }

    /**
     * Looks for the last epoch that was over in time.
     *
     * @param budget seconds
     * @return its number, 0 if the first epoch took longer
     */
    public int epochWithin(double budget) {
      double[] seconds = seconds();
      int epoch = 0;
      while (epoch < seconds.length && seconds[epoch] <= budget) {
        epoch++;
      }
      return epoch;
    }
  }

  /** Copies the list. */
  public RunComparison {
    runs = List.copyOf(runs);
  }

  /**
   * Returns the time that all runs have been given.
   *
   * @return seconds of the run that took least
   */
  public double budget() {
    return runs.stream()
        .mapToDouble(run -> run.seconds()[run.trajectory().epochs() - 1])
        .min()
        .orElse(0);
  }

  /**
   * Puts runs together that have as many connections, to within 1 %.
   *
   * @return groups by size, the smallest networks first; in each the best test first
   */
  public List<List<Run>> equalParameters() {
    TreeMap<Long, List<Run>> groups = new TreeMap<>();
    for (Run run : runs) {
      long connections = run.last().connections();
      Long near = groups.floorKey(connections + connections / 100);
      boolean fits = near != null && near >= connections - connections / 100;
      groups.computeIfAbsent(fits ? near : connections, _ -> new ArrayList<>()).add(run);
    }
    groups
        .values()
        .forEach(
            group -> group.sort(Comparator.comparingDouble(run -> -run.last().test().accuracy())));
    return List.copyOf(groups.values());
  }
}
