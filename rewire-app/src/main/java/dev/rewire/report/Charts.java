package dev.rewire.report;

import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Series;
import dev.rewire.train.EpochReport;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The charts of a report. */
final class Charts {
  /** From here on a linear axis would hide what happens at the small end. */
  private static final double WIDE = 20;

  private static final int BINS = 40;

  private Charts() {}

  static Chart loss(List<EpochReport> epochs, String watched) {
    double[] train = values(epochs, EpochReport::trainLoss);
    double[] test = values(epochs, epoch -> epoch.test().loss());
    double least = finite(train, test).min().orElse(0);
    double most = finite(train, test).max().orElse(1);
    boolean wide = least > 0 && most / least > WIDE;
    return new Chart(
        "Loss",
        epochAxis(epochs, 0),
        "epoch",
        wide ? Axis.logarithmic(least, most) : Axis.linear(Math.min(0, least), most),
        "mean loss of a sample" + (wide ? ", log scale" : ""),
        trainAnd(watched, epochs, train, test));
  }

  static Chart accuracy(List<EpochReport> epochs, String watched) {
    double[] train = values(epochs, epoch -> 100 * epoch.trainAccuracy());
    double[] test = values(epochs, epoch -> 100 * epoch.test().accuracy());
    double least = finite(train, test).min().orElse(0);
    double most = finite(train, test).max().orElse(100);
    return new Chart(
        "Accuracy",
        epochAxis(epochs, 0),
        "epoch",
        Axis.linear(least, Math.max(most, least + 1)),
        "samples classified rightly, %",
        trainAnd(watched, epochs, train, test));
  }

  static Chart rewired(List<EpochReport> epochs) {
    double[] rewired = values(epochs, EpochReport::rewired);
    return new Chart(
        "Connections dropped after each epoch",
        epochAxis(epochs, 0.5),
        "epoch",
        Axis.linear(0, finite(rewired).max().orElse(1)),
        "connections",
        List.of(new Series("rewired", "a", Kind.BARS, numbers(epochs), rewired)));
  }

  static Chart seconds(List<EpochReport> epochs) {
    double[] training = values(epochs, epoch -> epoch.trainingNanos() / 1e9);
    double[] evolution = values(epochs, epoch -> epoch.evolutionNanos() / 1e9);
    return new Chart(
        "Time of each epoch",
        epochAxis(epochs, 0),
        "epoch",
        Axis.linear(0, finite(training, evolution).max().orElse(1)),
        "seconds",
        List.of(
            new Series("training", "b", Kind.LINE, numbers(epochs), training),
            new Series("evolution", "a", Kind.LINE, numbers(epochs), evolution)));
  }

  static Chart degrees(String title, String xName, String yName, int[] start, int[] end) {
    int least = Math.min(Arrays.stream(start).min().orElse(0), Arrays.stream(end).min().orElse(0));
    int most = Math.max(Arrays.stream(start).max().orElse(0), Arrays.stream(end).max().orElse(0));
    int width = step(least, most);
    int bins = (most - least) / width + 1;
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> least + (double) i * width);
    double[] before = histogram(start, least, width, bins);
    double[] after = histogram(end, least, width, bins);
    return new Chart(
        title,
        Axis.whole(least, least + (double) bins * width),
        xName,
        Axis.linear(0, finite(before, after).max().orElse(1)),
        width == 1 ? yName : yName + " per step of " + width,
        List.of(
            new Series("start", "b", Kind.STEPS, edges, before),
            new Series("end", "a", Kind.STEPS, edges, after)));
  }

  /** Degrees in one bin. */
  static int step(int least, int most) {
    return Math.max(1, (most - least + BINS) / BINS);
  }

  /** One count a bin, and the last one once more as the end of the staircase. */
  static double[] histogram(int[] degrees, int least, int width, int bins) {
    double[] counts = new double[bins + 1];
    for (int degree : degrees) {
      counts[(degree - least) / width]++;
    }
    counts[bins] = counts[bins - 1];
    return counts;
  }

  private static Axis epochAxis(List<EpochReport> epochs, double margin) {
    int last = epochs.isEmpty() ? 1 : epochs.getLast().epoch();
    return Axis.whole(1 - margin, last + margin);
  }

  private static List<Series> trainAnd(
      String watched, List<EpochReport> epochs, double[] train, double[] test) {
    return List.of(
        new Series("training", "b", Kind.LINE, numbers(epochs), train),
        new Series(watched, "a", Kind.LINE, numbers(epochs), test));
  }

  private static double[] numbers(List<EpochReport> epochs) {
    return values(epochs, EpochReport::epoch);
  }

  private static double[] values(List<EpochReport> epochs, ToDoubleFunction<EpochReport> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  private static DoubleStream finite(double[]... values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
  }
}
