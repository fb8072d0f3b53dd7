package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Numbers, two classes with one output, and several labels, from the table to the prediction. */
class HeadsCommandTest {
  private static final int ROWS = 240;

  @TempDir Path folder;

  /** Two numbers to predict, a class, and labels, all of which follow from three features. */
  private Path table() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    StringBuilder text = new StringBuilder("a,b,c,price,weight,kind,hot,wet\n");
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      double c = random.nextDouble(-1, 1);
      text.append(
          "%.4f,%.4f,%.4f,%.3f,%.5f,%s,%d,%d%n"
              .formatted(
                  a,
                  b,
                  c,
                  5000 + 800 * a - 300 * b,
                  0.02 + 0.001 * c,
                  a + b > 0 ? "good" : "bad",
                  a > 0 ? 1 : 0,
                  c > 0.2 ? 1 : 0));
    }
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private Done train(Path data, String run, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", data, "--hidden", "24", "--batch", "8", "--lr", "0.02"));
    words.addAll(
        List.of("--set", "training.epochs=40", "--quiet", "--json", "--out", folder.resolve(run)));
    words.addAll(Arrays.asList(more));
    return Shell.run(words.toArray());
  }

  private JsonNode trained(Path data, String run, Object... more) {
    Done done = train(data, run, more);
    assertThat(done.code()).as(done.err()).isZero();
    return done.json();
  }

  private String read(String run, String file) throws IOException {
    return Files.readString(folder.resolve(run).resolve(file));
  }

  private static void same(JsonNode evaluated, JsonNode trained) {
    assertThat(evaluated.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    // sums over batches of another size
    assertThat(evaluated.get("test_loss").asDouble())
        .isCloseTo(trained.get("test_loss").asDouble(), within(1e-6));
    assertThat(evaluated.get("metrics")).isEqualTo(trained.get("test_metrics"));
    assertThat(evaluated.get("head")).isEqualTo(trained.get("head"));
  }

  @ParameterizedTest
  @CsvSource({"mse", "mae", "huber:0.5"})
  void numbers(String loss) throws IOException {
    Path table = table();
    JsonNode result =
        trained(
            table, "run", "--label", "price,weight", "--ignore", "kind,hot,wet", "--loss", loss);
    assertThat(result.get("head").asString()).isEqualTo("regression");
    assertThat(result.get("test_accuracy").isNull()).isTrue();
    assertThat(result.get("test_metrics").get("r2").asDouble()).isGreaterThan(0.9);
    JsonNode evaluated = Shell.run("evaluate", folder.resolve("run"), "--json").json();
    same(evaluated, result);
    assertThat(evaluated.get("numbers").get("weight").get("rmse").asDouble()).isLessThan(5e-4);
    assertThat(evaluated.get("numbers").get("price").get("mae").asDouble()).isBetween(1.0, 200.0);
    assertThat(read("run", "config.yaml"))
        .contains("head: \"regression\"", "loss: \"" + loss + "\"");
    assertThat(read("run", "report.html"))
        .contains("RMSE", "share of variance explained")
        .doesNotContain("NaN", "Confusion");
    assertThat(Shell.run("evaluate", folder.resolve("run")).out())
        .contains("RMSE", "R2", "price", "weight")
        .doesNotContain("accuracy");
  }

  @Test
  void predictionsOfNumbersHaveTheUnitsOfTheTable() throws IOException {
    Path table = table();
    trained(table, "run", "--label", "price", "--ignore", "weight,kind,hot,wet");
    Path news = Files.writeString(folder.resolve("new.csv"), "a,b,c\n0.5,0,0\n-0.5,0.5,0\n");
    List<String> lines = Shell.run("predict", folder.resolve("run"), news).out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("sample,price");
    assertThat(Double.parseDouble(lines.get(1).split(",", 2)[1])).isCloseTo(5400, within(150.0));
    assertThat(Double.parseDouble(lines.get(2).split(",", 2)[1])).isCloseTo(4450, within(150.0));
    JsonNode last = Shell.run("predict", folder.resolve("run"), news, "--format", "jsonl").json();
    assertThat(last.get("numbers").get("price").asDouble()).isCloseTo(4450, within(150.0));
    Done refused = Shell.run("predict", folder.resolve("run"), news, "--probabilities");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("predicts numbers");
  }

  @Test
  void measuredNumbersAreRecognised() throws IOException {
    Path table = table();
    List<Object> words =
        List.of("train", table, "--label", "price", "--ignore", "weight,kind,hot,wet", "--epochs");
    List<Object> all = new ArrayList<>(words);
    all.addAll(List.of("2", "--patience", "1", "--out", folder.resolve("run")));
    Done done = Shell.run(all.toArray());
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err()).contains("--head regression");
    assertThat(done.out()).contains("test loss", "R2").doesNotContain("accuracy");
    assertThat(read("run", "config.yaml")).contains("loss: \"mse\"", "head: \"regression\"");
    assertThat(read("run", "metrics.jsonl")).contains("\"test_correct\":null");
  }

  @Test
  void twoClassesWithOneOutput() throws IOException {
    Path table = table();
    JsonNode result =
        trained(
            table,
            "run",
            "--label",
            "kind",
            "--ignore",
            "price,weight,hot,wet",
            "--head",
            "binary");
    assertThat(result.get("test_accuracy").asDouble()).isGreaterThan(0.85);
    assertThat(result.get("test_metrics").get("roc_auc").asDouble()).isGreaterThan(0.95);
    same(Shell.run("evaluate", folder.resolve("run"), "--json").json(), result);
    Path news = Files.writeString(folder.resolve("new.csv"), "a,b,c\n0.9,0.9,0\n-0.9,-0.9,0\n");
    List<String> lines =
        Shell.run("predict", folder.resolve("run"), news, "--probabilities").out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("sample,class,p_bad,p_good");
    assertThat(lines.get(1)).startsWith("1,good,");
    assertThat(lines.get(2)).startsWith("2,bad,");
    String[] cells = lines.get(2).split(",");
    assertThat(Double.parseDouble(cells[2]) + Double.parseDouble(cells[3]))
        .isCloseTo(1, within(1e-6));
    assertThat(read("run", "report.html")).contains("Confusion matrix", "ROC-AUC");
    assertThat(
            Shell.run(
                    "export",
                    folder.resolve("run"),
                    "--format",
                    "dot",
                    "--to",
                    folder.resolve("net.dot"))
                .code())
        .isZero();
  }

  @Test
  void severalLabels() throws IOException {
    Path table = table();
    JsonNode result = trained(table, "run", "--label", "hot,wet", "--ignore", "price,weight,kind");
    assertThat(result.get("head").asString()).isEqualTo("multi-label");
    assertThat(result.get("test_metrics").get("micro_f1").asDouble()).isGreaterThan(0.85);
    assertThat(result.get("test_metrics").get("exact_match"))
        .isEqualTo(result.get("test_accuracy"));
    JsonNode evaluated = Shell.run("evaluate", folder.resolve("run"), table, "--json").json();
    assertThat(evaluated.get("samples").asInt()).isEqualTo(ROWS);
    assertThat(evaluated.get("label_f1").get("hot").asDouble()).isGreaterThan(0.85);
    Path news =
        Files.writeString(folder.resolve("new.csv"), "a,b,c\n0.9,0,0.9\n-0.9,0,-0.9\n0.9,0,-0.9\n");
    assertThat(Shell.run("predict", folder.resolve("run"), news).out().lines())
        .containsExactly("sample,labels", "1,hot;wet", "2,", "3,hot");
    assertThat(
            Shell.run("predict", folder.resolve("run"), news, "--format", "jsonl")
                .json()
                .toString())
        .isEqualTo("{\"sample\":3,\"labels\":[\"hot\"]}");
    Path known = Files.writeString(folder.resolve("known.csv"), "a,b,c,hot,wet\n0.9,0,0.9,1,1\n");
    assertThat(Shell.run("predict", folder.resolve("run"), known).errors())
        .singleElement()
        .asString()
        .endsWith("if its labels are columns too, name them by --label hot,wet.");
    assertThat(Shell.run("predict", folder.resolve("run"), known, "--label", "hot,wet").out())
        .contains("1,hot;wet");
  }

  @Test
  void aRunOfNumbersGoesOn() throws IOException {
    Path table = table();
    Object[] what = {"--label", "price", "--ignore", "weight,kind,hot,wet"};
    JsonNode whole = trained(table, "whole", what);
    trained(table, "half", "--label", "price", "--ignore", "weight,kind,hot,wet", "--epochs", "15");
    Done resumed =
        Shell.run("resume", folder.resolve("half"), "--epochs", "40", "--quiet", "--json");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.json().get("weights_sha256")).isEqualTo(whole.get("weights_sha256"));
    assertThat(resumed.json().get("test_metrics")).isEqualTo(whole.get("test_metrics"));
  }

  @Test
  void lossesThatDoNotFitTeach() throws IOException {
    Path table = table();
    Done done =
        train(
            table, "run", "--label", "price", "--ignore", "weight,kind,hot,wet", "--loss", "hinge");
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.err())
        .contains("the loss hinge is for classes, not for numbers: take mse, mae or huber");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void dataInfoTellsOfNumbers() throws IOException {
    Path table = table();
    Done done = Shell.run("data", "info", table, "--label", "price,weight", "--ignore", "kind");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("number to predict", "deviation", "price", "weight");
    JsonNode json =
        Shell.run("data", "info", table, "--label", "hot,wet", "--ignore", "kind", "--json").json();
    assertThat(json.get("head").asString()).isEqualTo("multi-label");
    assertThat(json.get("counts").get(0).asInt()).isBetween(80, 160);
  }

  @Test
  void metricsOfClassesAreInTheRunAndItsReport() throws IOException {
    Path table = table();
    JsonNode result = trained(table, "run", "--label", "kind", "--ignore", "price,weight,hot,wet");
    assertThat(result.get("head").asString()).isEqualTo("classes");
    JsonNode evaluated = Shell.run("evaluate", folder.resolve("run"), "--json").json();
    same(evaluated, result);
    assertThat(evaluated.get("metrics").get("accuracy")).isEqualTo(result.get("test_accuracy"));
    assertThat(evaluated.get("metrics").get("calibration_error").asDouble()).isBetween(0.0, 0.5);
    assertThat(Shell.run("evaluate", folder.resolve("run")).out())
        .contains("macro-F1", "ROC-AUC", "calibration error", "most often taken for");
    assertThat(read("run", "report.html")).contains("Confusion matrix", "macro-F1");
    assertThat(read("run", "config.yaml")).contains("head: \"auto\"");
  }
}
