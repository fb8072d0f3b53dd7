package dev.rewire.report;

import dev.rewire.picture.Svg;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The features with the most and with the fewest connections, for data that are no pictures.
 *
 * @param start outgoing connections of each feature before training
 * @param end likewise after training
 */
record FeatureBars(int[] start, int[] end) {
  private static final int EACH = 10;
  private static final int WIDTH = 1040;
  private static final int ROW = 22;
  private static final int TOP = 44;
  private static final int LEFT = 110;
  private static final int RIGHT = 90;

  /** Features to show, the one with the most connections first. */
  int[] chosen() {
    int[] ordered =
        IntStream.range(0, end.length)
            .boxed()
            .sorted(Comparator.comparingInt(feature -> -end[feature]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (ordered.length <= 2 * EACH) {
      return ordered;
    }
    return IntStream.concat(
            Arrays.stream(ordered, 0, EACH),
            Arrays.stream(ordered, ordered.length - EACH, ordered.length))
        .toArray();
  }

  String svg() {
    int[] features = chosen();
    boolean all = features.length == end.length;
    String title =
        all
            ? "Connections of each feature"
            : "The %d features with the most and the %d with the fewest connections"
                .formatted(EACH, EACH);
    int gap = all ? 0 : ROW;
    Svg svg = new Svg(WIDTH, TOP + features.length * ROW + gap + 10, title);
    svg.text("title", "start", LEFT, 16, title + ": bar after training, line before");
    double most =
        Math.max(
            1, Math.max(Arrays.stream(end).max().orElse(1), Arrays.stream(start).max().orElse(1)));
    for (int row = 0; row < features.length; row++) {
      int feature = features[row];
      double y = TOP + row * ROW + (row >= EACH ? gap : 0);
      double width = (WIDTH - LEFT - RIGHT) * end[feature] / most;
      double before = LEFT + (WIDTH - LEFT - RIGHT) * start[feature] / most;
      String name = "feature " + (feature + 1);
      svg.text("mark", "end", LEFT - 8, y + 4, name);
      svg.bar("bar a", LEFT, y - 7, width, 14, name + ": " + end[feature]);
      svg.line("before", before, y - 9, before, y + 9);
      svg.text("mark", "end", WIDTH - 8, y + 4, start[feature] + " \u2192 " + end[feature]);
    }
    return svg.toString();
  }
}
