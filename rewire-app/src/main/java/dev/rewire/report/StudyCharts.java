package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Series;
import dev.rewire.study.Arm;
import dev.rewire.study.Reading;
import dev.rewire.study.Section;
import dev.rewire.study.StudyResult;
import dev.rewire.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a study: a line for each arm, the mean of its seeds.
 *
 * @param result what is known
 * @param image how the inputs lie in a picture, or null
 */
record StudyCharts(StudyResult result, @Nullable ImageShape image) {
  private static final String STYLES = "abcde";

  /** Arms that share a chart: the baseline and as many as there are styles beside it. */
  List<List<Arm>> groups(Section section) {
    List<Arm> there =
        section.arms().stream()
            .filter(arm -> !result.evidence().runs(arm.id()).isEmpty())
            .filter(arm -> !arm.id().equals(section.baseline()))
            .toList();
    List<Arm> baseline =
        result.evidence().runs(section.baseline()).isEmpty()
            ? List.of()
            : result.study().arm(section.baseline()).stream().toList();
    int beside = STYLES.length() - baseline.size();
    List<List<Arm>> groups = new ArrayList<>();
    for (int from = 0; from < Math.max(1, there.size()); from += beside) {
      List<Arm> group = new ArrayList<>(baseline);
      group.addAll(there.subList(from, Math.min(there.size(), from + beside)));
      groups.add(group);
    }
    return groups;
  }

  Chart ratio(List<Arm> arms) {
    return course(
        "Connections in the centre: r over the epochs",
        "centre over all pixels",
        arms,
        (run, epoch) -> {
          Trajectory.Look look = run.look(epoch);
          return look == null ? Double.NaN : look.trend().centerMeanRatio();
        },
        false);
  }

  Chart testLoss(List<Arm> arms) {
    return course(
        "Test loss",
        "mean loss of a test sample, log scale",
        arms,
        (run, epoch) -> run.report(epoch).test().loss(),
        true);
  }

  Chart testAccuracy(List<Arm> arms) {
    return course(
        "Test accuracy",
        "test samples classified rightly, %",
        arms,
        // what comes before it would flatten everything else
        (run, epoch) ->
            epoch < Math.min(10, run.epochs())
                ? Double.NaN
                : 100 * run.report(epoch).test().accuracy(),
        false);
  }

  private Chart course(
      String title,
      String name,
      List<Arm> arms,
      ToDoubleBiFunction<Trajectory, Integer> value,
      boolean logarithmic) {
    List<Series> series = new ArrayList<>();
    int end = comparable(arms);
    for (int a = 0; a < arms.size(); a++) {
      Collection<Trajectory> runs = result.evidence().runs(arms.get(a).id()).values();
      int epochs = Math.min(end, epochs(arms.get(a)));
      double[] x = IntStream.rangeClosed(1, epochs).asDoubleStream().toArray();
      double[] y =
          IntStream.rangeClosed(1, epochs)
              .mapToDouble(epoch ->
                  runs.stream()
                      .mapToDouble(run -> value.applyAsDouble(run, epoch))
                      .average()
                      .orElse(Double.NaN))
              .toArray();
      series.add(new Series(arms.get(a).title(), style(a), Kind.LINE, x, y));
    }
    double last = series.stream().mapToInt(each -> each.x().length).max().orElse(1);
    double[] finite = finite(series);
    double least = Arrays.stream(finite).min().orElse(0);
    double most = Arrays.stream(finite).max().orElse(1);
    return new Chart(
        title,
        Axis.whole(1, last),
        "epoch",
        logarithmic && least > 0 ? Axis.logarithmic(least, most) : Axis.linear(least, most),
        name,
        series);
  }

  /** Epochs that all seeds of an arm have. */
  private int epochs(Arm arm) {
    return result.evidence().runs(arm.id()).values().stream()
        .mapToInt(Trajectory::epochs)
        .min()
        .orElse(0);
  }

  /** Epochs of all arms but the longest: what it does alone afterwards compares with nothing. */
  private int comparable(List<Arm> arms) {
    return arms.stream()
        .map(this::epochs)
        .sorted(Comparator.reverseOrder())
        .skip(arms.size() > 1 ? 1 : 0)
        .findFirst()
        .orElse(0);
  }

  /** Trend curves at the last epoch that can be compared. */
  Chart trend(List<Arm> arms) {
    List<Series> series = new ArrayList<>();
    int end = comparable(arms);
    for (int a = 0; a < arms.size(); a++) {
      int epoch = Math.min(end, epochs(arms.get(a)));
      List<Reading> readings =
          epoch == 0 ? List.of() : result.evidence().at(arms.get(a).id(), epoch);
      double[] mean = meanTrend(readings);
      double[] side =
          IntStream.range(0, mean.length).mapToDouble(i -> side(i, mean.length)).toArray();
      series.add(new Series(arms.get(a).title() + " @" + epoch, style(a), Kind.LINE, side, mean));
    }
    double[] finite = finite(series);
    return new Chart(
        "Trend curves, at the last epoch",
        Axis.whole(0, image == null ? 1 : Math.max(image.height(), image.width())),
        "side of the centred square, pixels",
        Axis.linear(Arrays.stream(finite).min().orElse(0), Arrays.stream(finite).max().orElse(1)),
        "mean connections of a pixel",
        series);
  }

  private double side(int i, int squares) {
    int longest = image == null ? squares : Math.max(image.height(), image.width());
    return longest - 2.0 * (squares - 1 - i);
  }

  private static double[] meanTrend(List<Reading> readings) {
    List<double[]> trends =
        readings.stream()
            .map(Reading::look)
            .filter(look -> look != null)
            .map(look -> look.trend().values())
            .toList();
    int squares = trends.isEmpty() ? 0 : trends.getFirst().length;
    return IntStream.range(0, squares)
        .mapToDouble(i -> trends.stream().mapToDouble(trend -> trend[i]).average().orElse(0))
        .toArray();
  }

  private static double[] finite(List<Series> series) {
    return series.stream()
        .flatMapToDouble(each -> Arrays.stream(each.y()))
        .filter(Double::isFinite)
        .toArray();
  }

  private static String style(int arm) {
    return STYLES.substring(arm, arm + 1);
  }
}
