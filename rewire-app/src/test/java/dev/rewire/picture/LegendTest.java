package dev.rewire.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegendTest {
  /** Where the name of a series ends. */
  private record Place(double x, double y, String name) {}

  private static Chart chart(String title, int series, int letters) {
    double[] x = {0, 1};
    return new Chart(
        title,
        Axis.linear(0, 1),
        "x",
        Axis.linear(0, 1),
        "y",
        IntStream.range(0, series)
            .mapToObj(s ->
                new Series(
                    "n" + s + "e".repeat(letters - 2), "a", Kind.LINE, x, new double[] {0, 1}))
            .toList());
  }

  private static List<Place> places(Chart chart) {
    Matcher text =
        Pattern.compile(
                "<text class=\"mark\" text-anchor=\"end\" x=\"([\\d.]+)\" y=\"([\\d.]+)\"[^>]*>(n\\de*)</text>")
            .matcher(chart.svg());
    List<Place> places = new ArrayList<>();
    while (text.find()) {
      places.add(
          new Place(
              Double.parseDouble(text.group(1)), Double.parseDouble(text.group(2)), text.group(3)));
    }
    return places;
  }

  @ParameterizedTest
  @CsvSource({
    "short, 2, 5, 1",
    "short, 5, 5, 1",
    "short, 2, 25, 1",
    "short, 5, 28, 3",
    "short, 5, 29, 5",
    "short, 5, 15, 2",
    "a title that needs most of the width of a chart, 2, 12, 1"
  })
  void isReadWhole(String title, int series, int letters, int rows) {
    Chart chart = chart(title, series, letters);
    List<Place> places = places(chart);
    assertThat(places).extracting(Place::name).hasSize(series).doesNotHaveDuplicates();
    assertThat(places.stream().map(Place::y).distinct()).hasSize(rows);
    for (Place place : places) {
      double begin = place.x() - Lettering.width(place.name()) - 30;
      assertThat(begin).as("in the picture").isNotNegative();
      assertThat(place.y()).as("above the plot").isLessThan(chart.plot()[1]);
      if (place.y() < 20) {
        assertThat(begin).as("beside the title").isGreaterThan(66 + 8.0 * title.length());
      }
      assertThat(places)
          .filteredOn(other -> other.y() == place.y() && other.x() < place.x())
          .allSatisfy(other -> assertThat(other.x()).isLessThan(begin));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void aSingleSeriesNeedsNone(int series) {
    assertThat(places(chart("title", series, 10))).isEmpty();
  }
}
