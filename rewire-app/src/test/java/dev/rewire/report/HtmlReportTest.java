package dev.rewire.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.network.Evaluation;
import dev.rewire.picture.Palette;
import dev.rewire.report.RunPage.Fact;
import dev.rewire.report.RunPage.NextStep;
import dev.rewire.train.EpochReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final ImageShape SQUARE = new ImageShape(2, 2, 1);

  @TempDir Path folder;

  private static EpochReport epoch(int number, double loss) {
    return new EpochReport(
        number, loss, 0.9, new Evaluation(10, 9, loss), 100, 30, 1_000_000, 1000, 1000, 0, 0);
  }

  private static RunPage page(List<EpochReport> epochs, @Nullable ImageShape image) {
    Moment moment =
        Moment.of(
            new InputConnectivity(
                new int[] {0, 0, 2, 8}, new int[] {1, 1, 1, 1, 1, 1, 1, 3}, image),
            1,
            1,
            0,
            0);
    return new RunPage(
        "<b>data & co</b>",
        "a network",
        List.of(new Fact("90 %", "accuracy")),
        epochs,
        "test",
        new InputConnectivity(new int[] {1, 2, 3, 4}, new int[] {5, 5}, image),
        new InputConnectivity(new int[] {0, 0, 2, 8}, new int[] {4, 6}, image),
        new LayerHistory(0, List.of(moment.point()), List.of(moment), moment, 0),
        Quality.UNKNOWN,
        Map.of("data", Map.of("dataset", "x<y")),
        List.of(new NextStep("look", "rewire inspect 'a & b'")));
  }

  private String html(RunPage page) throws IOException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(page, file);
    return Files.readString(file);
  }

  @Test
  void textIsHarmless() throws IOException {
    assertThat(html(page(List.of(epoch(1, 0.5)), SQUARE)))
        .contains(
            "&lt;b&gt;data &amp; co&lt;/b&gt;", "x&lt;y", "'a &amp; b'", "prefers-color-scheme")
        .doesNotContain("<b>data");
  }

  @Test
  void noEpochAndEndlessLossDoNotBreakIt() throws IOException {
    assertThat(html(page(List.of(), SQUARE))).contains("no epoch");
    assertThat(html(page(List.of(epoch(1, 0.5), epoch(2, Double.NaN)), null)))
        .doesNotContain("NaN\"", "Infinity\"");
  }

  @Test
  void longRunsHaveLinesWithoutDots() throws IOException {
    List<EpochReport> epochs =
        IntStream.rangeClosed(1, 500).mapToObj(i -> epoch(i, 1.0 / i)).toList();
    assertThat(html(page(epochs, SQUARE)))
        .doesNotContain("<title>training, epoch")
        .contains("log scale");
  }

  @Test
  void bothMapsShareOneScale() {
    RunPage page = page(List.of(), SQUARE);
    HeatMap map = HeatMap.of(SQUARE, page.start(), page.end());
    assertThat(map.most()).isEqualTo(8);
    assertThat(map.image(map.end()).getRGB(1, 1) & 0xffffff).isEqualTo(Palette.VIRIDIS.colour(1));
    assertThat(map.image(map.start()).getRGB(1, 1) & 0xffffff)
        .isEqualTo(Palette.VIRIDIS.colour(0.5));
  }

  @Test
  void colourPlanesAreAddedUp() {
    var planes = new InputConnectivity(new int[] {1, 2, 30, 40, 500, 600}, new int[] {3}, null);
    assertThat(planes.pixels(new ImageShape(1, 2, 3))).containsExactly(531, 642);
  }

  @Test
  void thePictureIsAsWideAsAPage() throws IOException {
    Path file = folder.resolve("connectivity.png");
    ConnectivityPicture.write(page(List.of(epoch(1, 1)), SQUARE), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isBetween(850, 1000);
    Path none = folder.resolve("none.png");
    ConnectivityPicture.write(page(List.of(), null), none);
    assertThat(none).doesNotExist();
  }

  @Test
  void tablesShowTheirExtremeFeatures() {
    int[] end = IntStream.range(0, 100).toArray();
    FeatureBars bars = new FeatureBars(new int[100], end);
    assertThat(bars.chosen()).hasSize(20).startsWith(99, 98).endsWith(1, 0);
    assertThat(bars.svg()).contains("feature 100", "feature 1<");
  }
}
