package dev.rewire.report;

import dev.rewire.metric.ConfusionMatrix;
import dev.rewire.picture.Palette;
import dev.rewire.picture.Svg;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A confusion matrix: a row a class, as bright as the share of its samples that was taken for each
 * class. Few classes have their names and counts written on them.
 *
 * @param matrix what was taken for what
 * @param names one name a class
 */
record ConfusionPicture(ConfusionMatrix matrix, List<String> names) {
  private static final int WRITTEN = 20;
  private static final int LONGEST = 14;
  private static final int LEFT = 130;
  private static final int TOP = 56;
  private static final int SIDE = 520;
  private static final int BOTTOM = 110;

  /** Where text has to be dark to be seen. */
  private static final double BRIGHT = 0.6;

  String svg() {
    int classes = matrix.classes();
    Svg svg = new Svg(LEFT + SIDE + 20, TOP + SIDE + BOTTOM, "Confusion matrix");
    svg.text("title", "start", LEFT, 16, "What each class was taken for");
    svg.text(
        "mark", "start", LEFT, 36, "rows: what samples are; columns: what they were taken for");
    BufferedImage image = new BufferedImage(classes, classes, BufferedImage.TYPE_INT_RGB);
    for (int label = 0; label < classes; label++) {
      for (int said = 0; said < classes; said++) {
        image.setRGB(said, label, Palette.VIRIDIS.colour(share(label, said)));
      }
    }
    svg.pixels(image, LEFT, TOP, SIDE, SIDE, "confusion matrix of %,d classes".formatted(classes));
    if (classes <= WRITTEN) {
      write(svg, (double) SIDE / classes);
    }
    return svg.toString();
  }

  private double share(int label, int said) {
    long samples = matrix.samples(label);
    return samples == 0 ? 0 : (double) matrix.count(label, said) / samples;
  }

  private void write(Svg svg, double cell) {
    for (int label = 0; label < matrix.classes(); label++) {
      double middle = TOP + label * cell + cell / 2 + 4;
      svg.text("mark", "end", LEFT - 8, middle, shortened(names.get(label)));
      double across = LEFT + label * cell + cell / 2;
      svg.upwards("mark", across + 4, TOP + SIDE + BOTTOM / 2.0, shortened(names.get(label)));
      for (int said = 0; said < matrix.classes(); said++) {
        if (matrix.count(label, said) > 0) {
          svg.text(
              share(label, said) > BRIGHT ? "on-bright" : "on-dark",
              "middle",
              LEFT + said * cell + cell / 2,
              middle,
              "%,d".formatted(matrix.count(label, said)));
        }
      }
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "\u2026";
  }
}
