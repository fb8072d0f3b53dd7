package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.Polarity;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.microscope.PolarityWords;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Film;
import dev.rewire.picture.Png;
import dev.rewire.picture.Raster;
import dev.rewire.picture.Surface;
import dev.rewire.picture.Svg;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Where a network looks, on one sheet and as a film, with the verdict in one word. */
public final class TopologyPicture {
  private static final int FILM_WIDTH = 920;

  /** Height of a picture of a film. */
  public static final int FILM_HEIGHT = 470;

  private static final int WIDTH = 1080;
  private static final int GAP = 20;
  private static final int HEAD = 92;
  private static final int MAP = 330;
  private static final int FILM_MAP = 330;
  private static final int LAST = 250;

  private final String title;
  private final LayerHistory history;
  private final Moment moment;
  private final TopologyCharts charts;
  private final CountScale againstChance;
  private final @Nullable ImageShape image;

  /**
   * Gets ready to draw.
   *
   * @param title name of the data or of the model
   * @param history of a layer; the sheet shows the moment that was chosen
   */
  public TopologyPicture(String title, LayerHistory history) {
    this.title = title;
    this.history = history;
    moment = history.chosen();
    charts = new TopologyCharts(history);
    againstChance = CountScale.againstChance(history.moments());
    image = moment.connectivity().image();
  }

  /**
   * Draws the sheet in pixels.
   *
   * @return a PNG file
   * @throws IOException if it cannot be packed
   */
  public byte[] png() throws IOException {
    try (Raster raster = new Raster(WIDTH, height(), 1)) {
      sheet(raster);
      return Png.pack(raster.image());
    }
  }

  /**
   * Draws the sheet in lines.
   *
   * @return an SVG file
   */
  public String svg() {
    Svg svg = new Svg(WIDTH, height(), "Where a sparse network looks: " + title);
    sheet(svg);
    return svg.file();
  }

  private int height() {
    ImageShape shape = image;
    double maps = shape == null ? Chart.HEIGHT : panel(againstChance, shape, MAP).height() + 24;
    return (int) (HEAD + maps + GAP + Chart.HEIGHT + 10);
  }

  private static HeatPanel panel(CountScale scale, ImageShape image, double side) {
    return new HeatPanel(scale, image, side);
  }

  private void sheet(Surface to) {
    head(to, WIDTH - GAP, moment);
    ImageShape shape = image;
    if (shape == null) {
      charts.ranks(moment).draw(to, GAP, HEAD);
      charts.degrees(moment).draw(to, WIDTH - Chart.WIDTH - 10, HEAD);
      charts.churn().draw(to, GAP, HEAD + Chart.HEIGHT + GAP);
      charts
          .incoming(moment)
          .draw(to, WIDTH - Chart.WIDTH - 10, HEAD + Chart.HEIGHT + (double) GAP);
      return;
    }
    HeatPanel counts = panel(CountScale.counts(history.moments()), shape, MAP);
    HeatPanel chance = panel(againstChance, shape, MAP);
    double top = HEAD + 24;
    double second = GAP + MAP + 15;
    double third = WIDTH - GAP - MAP;
    String now = title(moment);
    to.text("title", "start", GAP, HEAD + 12, title(history.start()));
    counts.map(to, GAP, top, history.start(), "heat map at the start");
    to.text("title", "start", second, HEAD + 12, now);
    counts.map(to, second, top, moment, "heat map now");
    to.text("title", "start", third, HEAD + 12, now + ", against chance");
    chance.map(to, third, top, moment, "heat map now, against chance");
    double bar = top + counts.mapHeight() + 8;
    counts.bar(to, GAP, bar, second + counts.mapWidth() - GAP);
    chance.bar(to, third, bar, chance.mapWidth());
    double below = HEAD + counts.height() + 24 + GAP;
    charts.trend(moment, moment.point().epoch() > 0).draw(to, 0, below);
    charts.polarity(moment).draw(to, WIDTH - Chart.WIDTH - 10, below);
  }

  /** The title on the left, the verdict on the right. */
  private void head(Surface to, double right, Moment at) {
    to.text("head", "start", GAP, 34, title);
    to.text("name", "start", GAP, 58, subtitle(at));
    Polarity polarity = at.point().polarity();
    if (polarity != null) {
      String word = PolarityWords.word(polarity);
      to.text(
          "big " + word,
          "end",
          right,
          38,
          word.equals("none") ? "NO POLARITY" : word.toUpperCase(Locale.ROOT));
      to.text("word", "end", right, 60, PolarityWords.numbers(polarity));
    }
  }

  private String subtitle(Moment at) {
    return String.format(
        Locale.ROOT,
        "layer %d, %,d connections, %s%s",
        history.layer(),
        at.point().connections(),
        when(at),
        Double.isNaN(at.point().ratio())
            ? ""
            : String.format(Locale.ROOT, ", centre/mean ratio %.3f", at.point().ratio()));
  }

  private String title(Moment at) {
    String words = when(at);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private String when(Moment at) {
    if (at.point().epoch() > 0) {
      return "after epoch " + at.point().epoch();
    }
    return history.points().size() == 1 ? "as saved" : "at the start";
  }

  /**
   * Says how many pictures the film has.
   *
   * @return one a moment of the history
   */
  public int pictures() {
    return history.moments().size();
  }

  /**
   * Says how wide the film is.
   *
   * @return pixels
   */
  public int filmWidth() {
    return image == null ? WIDTH : FILM_WIDTH;
  }

  /**
   * Films all moments: the heat map beside the trend curve; for inputs that are no picture their
   * degrees beside their ranks.
   *
   * @param films where to, each of {@link #filmWidth} by {@link #FILM_HEIGHT}
   * @param hundredths how long a moment is shown, in hundredths of a second; the last one longer
   * @param watch told how many moments are filmed
   * @throws IOException if it cannot be written
   */
  public void film(List<? extends Film> films, int hundredths, IntConsumer watch)
      throws IOException {
    int done = 0;
    for (Moment each : history.moments()) {
      watch.accept(++done);
      BufferedImage picture = picture(each);
      for (Film film : films) {
        film.add(picture, done == pictures() ? Math.max(hundredths, LAST) : hundredths);
      }
    }
  }

  private BufferedImage picture(Moment at) {
    int width = filmWidth();
    try (Raster to = new Raster(width, FILM_HEIGHT, 1)) {
      head(to, width - GAP, at);
      double right = width - Chart.WIDTH - 10;
      ImageShape shape = image;
      if (shape == null) {
        charts.degrees(at).draw(to, 0, HEAD);
        charts.ranks(at).draw(to, right, HEAD);
      } else {
        HeatPanel panel = panel(againstChance, shape, FILM_MAP);
        panel.map(to, GAP, 76, at, "");
        panel.bar(to, GAP, 76 + panel.mapHeight() + 8, panel.mapWidth());
        charts.trend(at, true).draw(to, right, 76);
      }
      progress(to, right + 66, 424, width - GAP, at);
      return to.image();
    }
  }

  /** How far training was. */
  private void progress(Surface to, double left, double y, double right, Moment at) {
    int last = Math.max(1, history.end().point().epoch());
    double now = left + (right - left) * at.point().epoch() / last;
    to.line("grid", left, y, right, y);
    to.line("goal", left, y, now, y);
    to.text("word", "start", left, y + 20, "epoch " + at.point().epoch() + " of " + last);
  }
}
