package dev.rewire.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One number of one arm at one epoch: what claims are made of.
 *
 * @param arm name of the arm
 * @param epoch from 1
 * @param measure which number
 */
record Point(String arm, int epoch, Measure measure) {
  /** The ratio r of an arm. */
  static Point ratio(String arm, int epoch) {
    return new Point(arm, epoch, Measure.RATIO);
  }

  /**
   * Decides seed by seed.
   *
   * @param points what a seed has to have
   * @param holds whether the values of one seed, in the order of the points, are as claimed
   * @return how many of the seeds that have all points
   */
  static Verdict perSeed(Evidence evidence, List<Point> points, Predicate<double[]> holds) {
    Map<Long, double[]> values = new TreeMap<>();
    for (int p = 0; p < points.size(); p++) {
      Point point = points.get(p);
      for (Reading reading : evidence.at(point.arm, point.epoch)) {
        double[] row = values.computeIfAbsent(reading.seed(), _ -> unknown(points.size()));
        row[p] = point.measure.of(reading);
      }
    }
    values.values().removeIf(Point::incomplete);
    int holding = (int) values.values().stream().filter(holds).count();
    List<String> words = new ArrayList<>();
    for (int p = 0; p < points.size() && !values.isEmpty(); p++) {
      words.add(points.get(p).words(p, values));
    }
    if (!values.isEmpty()) {
      words.add("%d of %d seeds".formatted(holding, values.size()));
    }
    return Verdict.of(holding, values.size(), String.join("; ", words));
  }

  private String words(int p, Map<Long, double[]> values) {
    return String.format(
        Locale.ROOT,
        "%s of %s after %d epochs: %s",
        measure.title(),
        arm,
        epoch,
        values.values().stream()
            .map(row -> measure.print(row[p]))
            .collect(Collectors.joining(", ")));
  }

  private static double[] unknown(int points) {
    double[] row = new double[points];
    Arrays.fill(row, Double.NaN);
    return row;
  }

  private static boolean incomplete(double[] row) {
    return Arrays.stream(row).anyMatch(Double::isNaN);
  }
}
