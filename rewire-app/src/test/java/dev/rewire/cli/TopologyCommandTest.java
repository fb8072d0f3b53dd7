package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.rewire.cli.Shell.Done;
import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.model.ModelFile;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Looking at topologies from the command line. */
class TopologyCommandTest {
  @TempDir static Path folder;
  private static Path run;
  private static Path table;

  @BeforeAll
  static void train() throws IOException {
    run = trained(Samples.digits(folder.resolve("digits"), 200, 50), "run");
    table = trained(Samples.table(folder.resolve("table.csv"), 60), "table");
  }

  private static Path trained(Path data, String name) {
    Path to = folder.resolve(name);
    Done done =
        Shell.run(
            "train",
            data,
            "--hidden",
            "24",
            "--epochs",
            "4",
            "--batch",
            "32",
            "--epsilon",
            "5",
            "--out",
            to,
            "--quiet");
    assertThat(done.code()).as(done.err()).isZero();
    return to;
  }

  private static JsonNode json(Object... words) {
    Done done = Shell.run(words);
    assertThat(done.code()).as(done.err()).isZero();
    return done.json();
  }

  @Test
  void aRunHasItsWholeHistory() throws IOException {
    JsonNode json = json("topology", run, "--json");
    assertThat(json.get("center_mean_ratio").asDouble()).isPositive();
    assertThat(json.get("polarity_interval").get(0).asDouble())
        .isLessThanOrEqualTo(json.get("polarity").asDouble());
    assertThat(json.get("polarity_interval").get(1).asDouble())
        .isGreaterThanOrEqualTo(json.get("polarity").asDouble());
    assertThat(json.get("trend")).hasSize(14);
    assertThat(json.get("history").get(0).get("epoch").asInt()).isZero();
    assertThat(json.get("history")).hasSizeGreaterThanOrEqualTo(4);
    assertThat(json.get("input_degrees")).hasSize(784);
    // the obvious twin: the start, counted from the model of a run of no epochs
    JsonNode start = json("topology", run, "--epoch", "0", "--json");
    assertThat(start.get("connections").asInt())
        .isEqualTo(json.get("history").get(0).get("connections").asInt());
    assertThat(start.get("polarity")).isEqualTo(json.get("history").get(0).get("polarity"));
  }

  @Test
  void aModelIsOneMoment() throws IOException {
    Path model = run.resolve("model.safetensors");
    JsonNode json = json("topology", model, "--json");
    assertThat(json.get("history")).hasSize(1);
    ImageShape shape = new ImageShape(28, 28, 1);
    TrendCurve curve =
        TrendCurve.of(InputConnectivity.of(ModelFile.read(model)).pixels(shape), shape);
    for (int i = 0; i < 14; i++) {
      assertThat(json.get("trend").get(i).asDouble()).isEqualTo(curve.values()[i], offset(1e-12));
    }
    assertThat(json.get("center_mean_ratio").asDouble())
        .isEqualTo(curve.centerMeanRatio(), offset(1e-12));
    Done epoch = Shell.run("topology", model, "--epoch", "1");
    assertThat(epoch.code()).isEqualTo(ExitCode.USAGE);
    assertThat(epoch.errors().getFirst()).contains("--epoch");
  }

  @Test
  void peopleGetAMapAndSentences() {
    Done done = Shell.run("topology", run);
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("chance gives", "polarity", "centre/mean ratio", "rewire topology")
        .doesNotContain("\u001b");
    assertThat(done.out().lines().filter(line -> line.matches("[ .:=+*#%@-]{56}"))).hasSize(28);
  }

  @Test
  void allPicturesAreWritten() throws IOException {
    Path out = folder.resolve("pictures");
    JsonNode json = json("topology", run, "--out", out, "--json");
    assertThat(json.get("files").propertyNames())
        .containsExactlyInAnyOrder("png", "svg", "html", "gif", "apng");
    BufferedImage sheet = ImageIO.read(out.resolve("topology.png").toFile());
    assertThat(sheet.getWidth()).isEqualTo(1080);
    assertThat(Files.readString(out.resolve("topology.svg"))).contains("</svg>");
    assertThat(pictures(out.resolve("topology.gif").toFile()))
        .isEqualTo(json.get("history").size());
    String page = Files.readString(out.resolve("topology.html"));
    assertThat(page)
        .contains("type=\"range\"", "application/json", "aria-label")
        .doesNotContain("src=\"http", "href=\"http", "@import");
  }

  private static int pictures(File gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif)) {
      reader.setInput(in);
      return reader.getNumImages(true);
    } finally {
      reader.dispose();
    }
  }

  @Test
  void picturesOfARunGoIntoItsFolder() {
    Done done = Shell.run("topology", run, "--png");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(run.resolve("topology").resolve("topology.png")).exists();
    assertThat(run.resolve("topology").resolve("topology.gif")).doesNotExist();
    Done model = Shell.run("topology", run.resolve("model.safetensors"), "--png");
    assertThat(model.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void tablesHaveNoPolarityButPictures() throws IOException {
    Path out = folder.resolve("table-pictures");
    JsonNode json = json("topology", table, "--out", out, "--json");
    assertThat(json.get("polarity").isNull()).isTrue();
    assertThat(json.get("trend").isNull()).isTrue();
    assertThat(json.get("input_degrees")).hasSize(3);
    assertThat(ImageIO.read(out.resolve("topology.png").toFile()).getWidth()).isEqualTo(1080);
  }

  @Test
  void hiddenLayersCanBeLookedAt() {
    JsonNode json = json("topology", run, "--layer", "1", "--json");
    assertThat(json.get("inputs").asInt()).isEqualTo(24);
    assertThat(json.get("image").isNull()).isTrue();
  }

  @Test
  void whatCannotBeIsSaidInOneSentence() {
    for (List<String> words :
        List.of(
            List.of("--layer", "2"),
            List.of("--layer", "-1"),
            List.of("--epoch", "99"),
            List.of("--epoch", "-1"))) {
      Done done = Shell.run("topology", run, words.getFirst(), words.getLast());
      assertThat(done.code()).as(words.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(done.errors()).as(words.toString()).hasSize(1);
    }
    assertThat(Shell.run("topology").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Shell.run("topology", folder.resolve("nowhere")).code()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void reportsOfRunsHaveTheSlider() throws IOException {
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("type=\"range\"", "Trend curve", "Polarity");
    assertThat(Files.readString(table.resolve("report.html")))
        .contains("type=\"range\"", "rank of the input");
  }
}
