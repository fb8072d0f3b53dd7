package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What can be done with a trained network, and everything that needs none. */
class CommandsTest {
  @TempDir static Path folder;
  private static Path digits;
  private static Path run;
  private static JsonNode trained;

  @BeforeAll
  static void train() throws IOException {
    digits = Samples.digits(folder.resolve("digits"), 1000, 300);
    run = folder.resolve("run");
    Done done =
        Shell.run(
            "train",
            digits,
            "--hidden",
            "64",
            "--epochs",
            "3",
            "--batch",
            "32",
            "--out",
            run,
            "--json");
    assertThat(done.code()).as(done.err()).isZero();
    trained = done.json();
  }

  @Test
  void evaluateFindsTheDataOfTheRun() {
    var json = Shell.run("evaluate", run, "--json").json();

    assertThat(json.get("test_accuracy")).isEqualTo(trained.get("test_accuracy"));
    assertThat(json.get("test_loss").asDouble())
        .isCloseTo(trained.get("test_loss").asDouble(), within(1e-9));
    assertThat(json.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    assertThat(json.get("class_accuracy")).hasSize(10);
    int samples = 0;
    for (JsonNode row : json.get("confusion")) {
      for (JsonNode count : row) {
        samples += count.asInt();
      }
    }
    assertThat(samples).isEqualTo(300);
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void evaluateTakesAModelFileAndAnyLabelledFile() throws IOException {
    Path alone = Files.copy(run.resolve("model.safetensors"), folder.resolve("alone.safetensors"));

    Done without = Shell.run("evaluate", alone);
    assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    assertThat(without.errors()).singleElement().asString().contains("give a DATASET");
    Done with = Shell.run("evaluate", alone, digits.resolve(Samples.TEST_IMAGES), "--json");
    assertThat(with.json().get("test_accuracy")).isEqualTo(trained.get("test_accuracy"));
    Done table = Shell.run("evaluate", run);
    assertThat(table.out()).contains("300 samples", "accuracy", "class");
  }

  @Test
  void predictAgreesWithEvaluate() {
    Path images = digits.resolve(Samples.TEST_IMAGES);
    Done done = Shell.run("predict", run, images, "--probabilities");

    var lines = done.out().lines().toList();
    assertThat(lines).hasSize(301);
    assertThat(lines.getFirst()).startsWith("sample,class,p_0,p_1");
    int right = 0;
    for (int s = 0; s < 300; s++) {
      String[] fields = lines.get(s + 1).split(",");
      assertThat(fields).hasSize(12);
      right += fields[1].equals(String.valueOf(s % 10)) ? 1 : 0;
      double sum = 0;
      for (int k = 2; k < 12; k++) {
        sum += Double.parseDouble(fields[k]);
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
    assertThat(right / 300.0).isEqualTo(trained.get("test_accuracy").asDouble());
  }

  @Test
  void predictWritesJsonLinesToAFile() throws IOException {
    Path out = folder.resolve("classes.jsonl");
    Done done =
        Shell.run(
            "predict", run, digits.resolve(Samples.TEST_IMAGES), "--format", "jsonl", "--out", out);

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).isEmpty();
    assertThat(Files.readAllLines(out)).hasSize(300).first().asString().startsWith("{\"sample\":1");
  }

  @Test
  void predictReadsStandardInput() {
    Done done = Shell.withInput("0,".repeat(783) + "0\n", "predict", run, "-");

    assertThat(done.out().lines()).hasSize(2);
  }

  @Test
  void inspectShowsLayersAndAMap() {
    Done done = Shell.run("inspect", run);
    var json = Shell.run("inspect", run, "--json").json();

    assertThat(done.out()).contains("784 x 64", "64 x 10", "fan-in", "bytes a connection");
    assertThat(done.out().lines().filter(line -> line.length() == 56).count())
        .as("rows of the map")
        .isGreaterThanOrEqualTo(28);
    assertThat(json.get("connections")).isEqualTo(trained.get("connections"));
    assertThat(json.get("layers")).hasSize(2);
    long connections = 0;
    for (JsonNode layer : json.get("layers")) {
      connections += layer.get("connections").asLong();
    }
    assertThat(connections).isEqualTo(trained.get("connections").asLong());
  }

  @Test
  void dataListsAndTells() {
    assertThat(Shell.run("data").out()).contains("digits", "mnist", "fashion-mnist", "licence");
    assertThat(Shell.run("data", "list", "--json").json().get("datasets")).hasSize(23);
    var json = Shell.run("data", "info", digits, "--json").json();
    assertThat(json.get("train_samples").asInt()).isEqualTo(1000);
    assertThat(json.get("train_counts").get(3).asInt()).isEqualTo(100);
    assertThat(json.get("constant_features").asInt()).isPositive();
    assertThat(Shell.run("data", "info", digits).out()).contains("28 x 28 pixels");
    assertThat(Shell.run("data", "info").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Shell.run("data", "burn").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void rewireAloneTeaches() {
    Done done = Shell.run();
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("rewire train", "Start here", "Exit codes", "interrupted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "sweep",
        "config",
        "plan",
        "evaluate",
        "predict",
        "inspect",
        "export",
        "data",
        "bench"
      })
  void everyCommandHasHelp(String command) {
    Done done = Shell.run("help", command);
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("rewire " + command).doesNotContain("${", "%n", "null");
    assertThat(Shell.run(command, "--help").out()).isEqualTo(done.out());
  }

  @Test
  void helpOfTrainShowsTheDefaultsOfTheDefaultPreset() {
    String help = Shell.run("help", "train").out();
    var plan = dev.rewire.train.Preset.DEFAULT.recipe().plan();
    assertThat(help.replaceAll("\\s+", " "))
        .contains("Passes over the training samples (default: " + plan.epochs() + ")")
        .contains("klear:", "paper2018:");
  }

  @Test
  void versionNamesJavaAndKernels() {
    assertThat(Shell.run("--version").out()).contains("rewire ", "java 25", "kernels ");
  }

  @Test
  void completionIsGenerated() {
    assertThat(Shell.run("generate-completion").out()).contains("complete -F", "paper2018");
  }
}
