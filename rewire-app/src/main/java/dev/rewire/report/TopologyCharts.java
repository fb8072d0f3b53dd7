package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.microscope.Chance;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.microscope.Moment.Point;
import dev.rewire.microscope.PolarityWords;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Band;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Level;
import dev.rewire.picture.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Charts of how a topology has changed, on axes that are the same for all of its moments. */
public final class TopologyCharts {
  private static final int MOST_RANKS = 400;

  private final LayerHistory history;

  /**
   * Gets ready to draw.
   *
   * @param history of a layer
   */
  public TopologyCharts(LayerHistory history) {
    this.history = history;
  }

  /**
   * Names the colour of what a moment says.
   *
   * @param point with or without a polarity
   * @return positive, negative or none
   */
  static String sign(Point point) {
    Polarity polarity = point.polarity();
    return polarity == null ? "a" : PolarityWords.word(polarity);
  }

  /**
   * Draws the trend curve at the start and at a moment, and where chance would put it.
   *
   * @param moment one of the history; its inputs are a picture
   * @param withStart whether the start is drawn too
   * @return mean connections over the side of the centred square
   * @throws IllegalArgumentException if the inputs are no picture
   */
  public Chart trend(Moment moment, boolean withStart) {
    ImageShape image = moment.connectivity().image();
    TrendCurve curve = moment.trend();
    TrendCurve first = history.start().trend();
    if (image == null || curve == null || first == null) {
      throw new IllegalArgumentException("inputs that are no picture have no trend curve");
    }
    double[] sides = sides(image, curve.values().length);
    Chance chance = Chance.of(moment.point().connections(), neurons(moment), image);
    List<Series> series = new ArrayList<>();
    if (withStart) {
      series.add(new Series("start", "e", Kind.LINE, sides, first.values()));
    }
    series.add(
        new Series(
            "epoch " + moment.point().epoch(),
            sign(moment.point()),
            Kind.LINE,
            sides,
            curve.values()));
    return new Chart(
            "Trend curve: falling is positive, rising negative",
            Axis.whole(sides[0], sides[sides.length - 1]),
            "side of the centred square, pixels",
            trendAxis(image),
            "mean connections of a pixel in it",
            series)
        .with(new Band("", "band", sides, chance.low(), chance.high()))
        .with(new Level("chance " + HeatPanel.number(moment.expected()), moment.expected()));
  }

  private static int neurons(Moment moment) {
    return moment.connectivity().incoming().length;
  }

  /** Sides of the centred squares of a moment whose inputs are a picture. */
  static double[] sidesOf(Moment moment) {
    ImageShape image = moment.connectivity().image();
    TrendCurve trend = moment.trend();
    return image == null || trend == null ? new double[0] : sides(image, trend.values().length);
  }

  private static double[] sides(ImageShape image, int squares) {
    double[] sides = new double[squares];
    int whole = Math.min(image.height(), image.width());
    Arrays.setAll(sides, i -> whole - 2.0 * (squares - 1 - i));
    return sides;
  }

  /** From the least to the most of all moments and of chance. */
  private Axis trendAxis(ImageShape image) {
    Moment end = history.end();
    Chance chance = Chance.of(end.point().connections(), neurons(end), image);
    double[] all =
        DoubleStream.concat(
                history.moments().stream()
                    .flatMapToDouble(
                        m -> m.trend() == null ? null : Arrays.stream(m.trend().values())),
                DoubleStream.concat(Arrays.stream(chance.low()), Arrays.stream(chance.high())))
            .toArray();
    return Axis.linear(Arrays.stream(all).min().orElse(0), Arrays.stream(all).max().orElse(1));
  }

  /**
   * Draws the polarity over epochs, with its interval.
   *
   * @param until the moment to draw up to
   * @return polarity from the start to the moment
   */
  public Chart polarity(Moment until) {
    List<Point> points =
        history.points().stream()
            .filter(point -> point.step() <= until.point().step() && point.polarity() != null)
            .toList();
    double[] epochs = epochs(points);
    double[] index = new double[points.size()];
    double[] low = new double[points.size()];
    double[] high = new double[points.size()];
    for (int i = 0; i < index.length; i++) {
      Polarity polarity = polarity(points.get(i));
      index[i] = polarity.index();
      low[i] = polarity.low();
      high[i] = polarity.high();
    }
    double most =
        history.points().stream()
            .map(Point::polarity)
            .filter(p -> p != null)
            .mapToDouble(p -> Math.max(Math.abs(p.low()), Math.abs(p.high())))
            .max()
            .orElse(0.1);
    Axis y = Axis.linear(-most, most);
    double[] ends = {0, Math.max(1, history.end().point().epoch())};
    return new Chart(
            "Polarity: above 0 the centre wins, below 0 the margin",
            Axis.whole(ends[0], ends[1]),
            "epoch",
            y,
            "polarity, -1 to 1, with 95 % interval",
            List.of(new Series("polarity", sign(until.point()), Kind.LINE, epochs, index)))
        .with(new Band("", "side positive", ends, new double[2], both(y.high())))
        .with(new Band("", "side negative", ends, both(y.low()), new double[2]))
        .with(new Band("", "band", epochs, low, high))
        .with(new Level("chance 0", 0));
  }

  private static double[] both(double value) {
    return new double[] {value, value};
  }

  private static Polarity polarity(@Nullable Point point) {
    Polarity polarity = point == null ? null : point.polarity();
    return polarity == null ? new Polarity(0, 0, 0) : polarity;
  }

  private static double[] epochs(List<Point> points) {
    double[] epochs = new double[points.size()];
    for (int i = 0; i < epochs.length; i++) {
      Point point = points.get(i);
      // several evolutions of one epoch lie side by side
      int same = 0;
      int before = i;
      while (before > 0 && points.get(before - 1).epoch() == point.epoch()) {
        before--;
      }
      int after = i;
      while (after + 1 < epochs.length && points.get(after + 1).epoch() == point.epoch()) {
        after++;
      }
      same = after - before + 1;
      epochs[i] =
          point.epoch() == 0 || same == 1
              ? point.epoch()
              : point.epoch() - 1 + (i - before + 1.0) / same;
    }
    return epochs;
  }

  /**
   * Draws the inputs from the best connected one to the least, at the start and at a moment.
   *
   * @param moment one of the history
   * @return connections over rank
   */
  public Chart ranks(Moment moment) {
    double most =
        history.moments().stream().flatMapToInt(m -> Arrays.stream(m.counts())).max().orElse(1);
    int inputs = moment.counts().length;
    return new Chart(
            "Inputs from the best connected to the least",
            Axis.whole(1, inputs),
            "rank of the input",
            Axis.linear(0, most),
            "connections of the input",
            List.of(
                ranked("start", "e", history.start().counts()),
                ranked("epoch " + moment.point().epoch(), "a", moment.counts())))
        .with(new Level("chance " + HeatPanel.number(moment.expected()), moment.expected()));
  }

  private static Series ranked(String name, String style, int[] counts) {
    int[] sorted = counts.clone();
    Arrays.sort(sorted);
    int shown = Math.min(MOST_RANKS, sorted.length);
    double[] ranks = new double[shown];
    double[] values = new double[shown];
    for (int i = 0; i < shown; i++) {
      int rank = shown == 1 ? 0 : (int) ((long) i * (sorted.length - 1) / (shown - 1));
      ranks[i] = rank + 1.0;
      values[i] = sorted[sorted.length - 1 - rank];
    }
    return new Series(name, style, Kind.STEPS, ranks, values);
  }

  /**
   * Draws how many inputs have how many connections, at the start and at a moment.
   *
   * @param moment one of the history
   * @return a histogram
   */
  public Chart degrees(Moment moment) {
    return Charts.degrees(
        "How many inputs have how many connections",
        "connections of an input",
        "inputs",
        history.start().counts(),
        moment.counts());
  }

  /**
   * Draws how many neurons are reached by how many connections, at the start and at a moment.
   *
   * @param moment one of the history
   * @return a histogram
   */
  public Chart incoming(Moment moment) {
    return Charts.degrees(
        "How many neurons are reached by how many",
        "connections to a neuron",
        "neurons",
        history.start().connectivity().incoming(),
        moment.connectivity().incoming());
  }

  /** The degrees at the start, on axes that fit all moments. */
  Chart degreesOfAll() {
    int[] range = range();
    int width = degreeStep();
    int bins = (range[1] - range[0]) / width + 1;
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> range[0] + (double) i * width);
    double most =
        history.moments().stream()
            .flatMapToDouble(
                m -> Arrays.stream(Charts.histogram(m.counts(), range[0], width, bins)))
            .max()
            .orElse(1);
    double[] start = Charts.histogram(history.start().counts(), range[0], width, bins);
    return new Chart(
        "How many inputs have how many connections",
        Axis.whole(edges[0], edges[bins]),
        "connections of an input; dashed: at the start",
        Axis.linear(0, most),
        width == 1 ? "inputs" : "inputs per step of " + width,
        List.of(new Series("start", "e", Kind.STEPS, edges, start)));
  }

  /** Connections in one bin of {@link #degreesOfAll}. */
  int degreeStep() {
    int[] range = range();
    return Charts.step(range[0], range[1]);
  }

  /** The least and the most connections of an input of all moments. */
  private int[] range() {
    IntSummaryStatistics all =
        history.moments().stream().flatMapToInt(m -> Arrays.stream(m.counts())).summaryStatistics();
    return new int[] {all.getMin(), all.getMax()};
  }

  /**
   * Draws how much of the layer was new after each evolution.
   *
   * @return the share of new connections over epochs
   */
  public Chart churn() {
    List<Point> points =
        history.points().subList(Math.min(1, history.points().size()), history.points().size());
    double[] churn = points.stream().mapToDouble(point -> 100 * point.churn()).toArray();
    return new Chart(
        "Connections that are new after each evolution",
        Axis.whole(0, Math.max(1, history.end().point().epoch())),
        "epoch",
        Axis.linear(0, Arrays.stream(churn).filter(Double::isFinite).max().orElse(1)),
        "new connections, % of the layer",
        List.of(new Series("new", "a", Kind.LINE, epochs(points), churn)));
  }
}
