package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.picture.Palette;
import dev.rewire.picture.Png;
import dev.rewire.picture.Svg;
import dev.rewire.study.Reading;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small heat maps side by side on one scale, each the mean of several runs. */
final class MeanMaps {
  private final ImageShape shape;
  private final List<String> titles = new ArrayList<>();
  private final List<double[]> means = new ArrayList<>();

  MeanMaps(ImageShape shape) {
    this.shape = shape;
  }

  /** Adds the mean of those readings that have kept their pixels. */
  void add(String title, List<Reading> readings) {
    double[] sum = new double[shape.height() * shape.width()];
    int count = 0;
    for (Reading reading : readings) {
      int[] pixels = reading.pixels();
      if (pixels != null) {
        Arrays.setAll(sum, p -> sum[p] + pixels[p]);
        count++;
      }
    }
    if (count > 0) {
      double seeds = count;
      titles.add(title);
      means.add(Arrays.stream(sum).map(total -> total / seeds).toArray());
    }
  }

  String html() throws IOException {
    double most = means.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
    StringBuilder html = new StringBuilder("<div class=\"maps\">\n");
    for (int m = 0; m < means.size(); m++) {
      html.append(
          "<figure><figcaption>%s</figcaption><img alt=\"Heat map of connections: %s\" src=\"%s\"></figure>%n"
              .formatted(
                  Svg.escape(titles.get(m)),
                  Svg.escape(titles.get(m)),
                  address(means.get(m), most)));
    }
    html.append("</div>\n");
    html.append(
        "<div class=\"scale\"><i style=\"background: %s\"></i><div><span>0</span><span>%s</span><span>%s</span></div><p>mean connections leaving a pixel</p></div>%n"
            .formatted(Palette.VIRIDIS.gradient(), Svg.number(most / 2), Svg.number(most)));
    return html.toString();
  }

  private String address(double[] values, double most) throws IOException {
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < values.length; p++) {
      picture.setRGB(
          p % shape.width(), p / shape.width(), Palette.VIRIDIS.colour(values[p] / most));
    }
    return Png.address(picture);
  }
}
