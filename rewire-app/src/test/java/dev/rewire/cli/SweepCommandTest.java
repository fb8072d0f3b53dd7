package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SweepCommandTest {
  @TempDir static Path shared;
  private static Path table;

  @TempDir Path temp;
  private Path out;

  @BeforeAll
  static void write() throws IOException {
    table = Samples.table(shared.resolve("pets.csv"), 120);
  }

  @BeforeEach
  void choose() {
    out = temp.resolve("sweep");
  }

  private Done sweep(Object... more) {
    return run("sweep", more);
  }

  private Done run(String command, Object... more) {
    Object[] fixed = {
      command, table, "--hidden", "8", "--epochs", "2", "--batch", "16", "--out", out
    };
    Object[] words = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return Shell.run(words);
  }

  @Test
  void allFoldsInTurn(@TempDir Path own) throws IOException {
    Path table = Samples.table(own.resolve("pets.csv"), 60);
    Done listed = Shell.run("sweep", table, "--folds", "3", "--dry-run");
    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.out().lines()).hasSize(3).allMatch(line -> line.startsWith("fold-"));
    Done some = Shell.run("sweep", table, "--folds", "3", "--vary", "data.fold=2,3", "--dry-run");
    assertThat(some.out().lines()).hasSize(2);
  }

  @Test
  void everyCombinationHasAFolderAndTheTablesSayWhatTheRunsSaid() throws IOException {
    Done done = sweep("--vary", "training.lr=0.01,0.1", "--seeds", "1..3", "--json");

    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("runs")).hasSize(6);
    assertThat(json.get("comparisons")).hasSize(1);
    double sum = 0;
    for (int seed = 1; seed <= 3; seed++) {
      Path run = out.resolve("lr-0.1_seed-" + seed);
      JsonNode alone = Shell.run("evaluate", run, "--json").json();
      sum += alone.get("test_accuracy").asDouble();
      assertThat(run.resolve("report.html")).exists();
      assertThat(Files.readString(run.resolve("config.yaml")))
          .contains("seed: " + seed, "lr: 0.1\n");
    }
    assertThat(json.get("settings").get(1).get("mean").asDouble())
        .isCloseTo(sum / 3, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSize(3);
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(7);
    assertThat(Files.readString(out.resolve("sweep.md"))).contains("| lr=0.01 | 3 |");
    assertThat(Files.readString(out.resolve("sweep.html")))
        .contains("<svg", "lr=0.1", "p (t)")
        .contains("<td>momentum</td>")
        .doesNotContain("<td>lr</td>", "<td>seed</td>", "<script", "http:", "NaN");
    assertThat(done.err()).contains("[6/6] lr=0.1 seed=3: test_accuracy", "left");
  }

  @Test
  void aRunOfASweepIsTheRunThatTrainWouldDo() {
    JsonNode swept = sweep("--vary", "network.epsilon=1,2", "--json", "--quiet").json();
    Path alone = temp.resolve("alone");
    JsonNode trained =
        Shell.run(
                "train",
                table,
                "--hidden",
                "8",
                "--epochs",
                "2",
                "--batch",
                "16",
                "--epsilon",
                "2",
                "--out",
                alone,
                "--json")
            .json();

    assertThat(swept.get("runs").get(1).get("result").get("weights_sha256"))
        .isEqualTo(trained.get("weights_sha256"));
  }

  @Test
  void runsAtTheSameTimeHaveTheSameBits() {
    JsonNode one = sweep("--seeds", "1..4", "--json").json();
    out = temp.resolve("parallel");
    JsonNode three = sweep("--seeds", "1..4", "--json", "--parallel", "3").json();

    for (int run = 0; run < 4; run++) {
      assertThat(three.get("runs").get(run).get("result").get("weights_sha256"))
          .isEqualTo(one.get("runs").get(run).get("result").get("weights_sha256"));
    }
  }

  @Test
  void finishedRunsAreSkippedAndDamagedOnesBeginAnew() throws IOException {
    JsonNode first = sweep("--seeds", "1..2", "--json").json();
    Path kept = out.resolve("seed-1/model.safetensors");
    Path lost = out.resolve("seed-2/model.safetensors");
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(kept, old);
    Files.setLastModifiedTime(lost, old);
    Files.delete(out.resolve("seed-2/result.json"));
    Files.writeString(out.resolve("seed-2/metrics.jsonl"), "half a line");

    Done again = sweep("--seeds", "1..3", "--json");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("1 of them are finished already");
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(old);
    assertThat(Files.getLastModifiedTime(lost)).isNotEqualTo(old);
    assertThat(Files.readAllLines(out.resolve("seed-2/metrics.jsonl"))).hasSize(2);
    assertThat(again.json().get("runs")).hasSize(3);
    assertThat(again.json().get("runs").get(1).get("result").get("weights_sha256"))
        .isEqualTo(first.get("runs").get(1).get("result").get("weights_sha256"));
  }

  @Test
  void unfinishedRunsGoOnFromTheirCheckpoint() throws IOException {
    JsonNode first = sweep("--seeds", "1", "--json").json();
    Path run = out.resolve("seed-1");
    Files.delete(run.resolve("result.json"));
    Path checkpoint;
    try (var files = Files.list(run.resolve("checkpoints"))) {
      checkpoint =
          files.filter(file -> file.toString().endsWith("tensors")).sorted().toList().getLast();
    }
    Files.delete(checkpoint);

    Done again = sweep("--seeds", "1", "--json");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Files.readString(run.resolve("record.json"))).doesNotContain("\"resumed\" : [ ]");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(2);
    assertThat(again.json().get("runs").get(0).get("result").get("weights_sha256"))
        .isEqualTo(first.get("runs").get(0).get("result").get("weights_sha256"));
  }

  @Test
  void runsWithOtherSettingsAreNeverTakenForFinished() {
    assertThat(sweep("--seeds", "1..2").code()).isZero();
    Done other = sweep("--seeds", "1..2", "--lr", "0.5");

    assertThat(other.code()).isEqualTo(ExitCode.USAGE);
    assertThat(other.errors()).singleElement().asString().contains("training.lr 0.1 instead of");
    assertThat(sweep("--seeds", "1..2", "--threads", "1").code()).isZero();
  }

  @Test
  void everyMetricIsANumberOfTheResult() {
    JsonNode json = sweep("--seeds", "1", "--json", "--validation-fraction", "0.2").json();
    JsonNode result = json.get("runs").get(0).get("result");
    List<String> ofClasses = new ArrayList<>(new SweepOptions.Metrics());
    // Those of labels and of numbers.
    ofClasses.removeAll(List.of("test_exact_match", "test_rmse", "test_mae", "test_r2"));
    for (String metric : ofClasses) {
      JsonNode number =
          result.has(metric)
              ? result.get(metric)
              : result.get("test_metrics").get(metric.substring("test_".length()));
      assertThat(number.isNumber()).as(metric).isTrue();
    }
  }

  @Test
  void dataThatCannotBeReadLeaveNoFolder() {
    Done done = Shell.run("sweep", temp.resolve("none.csv"), "--seeds", "1..2", "--out", out);

    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(out).doesNotExist();
  }

  @Test
  void trainTakesSeeds() {
    Done done = run("train", "--seeds", "3,5");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("test accuracy over 2 seeds", "all runs", "sweep.html");
    assertThat(out.resolve("seed-5/config.yaml")).exists();
  }

  @Test
  void aRunThatDivergesIsCountedAndTheOthersGoOn() {
    Done done = sweep("--vary", "training.lr=1e38,0.1", "--seeds", "1..2", "--json");

    assertThat(done.code()).isEqualTo(ExitCode.DIVERGED);
    JsonNode settings = done.json().get("settings");
    assertThat(settings.get(0).get("diverged").asInt()).isEqualTo(2);
    assertThat(settings.get(0).get("mean").isNull()).isTrue();
    assertThat(settings.get(1).get("runs").asInt()).isEqualTo(2);
    Done again = sweep("--vary", "training.lr=1e38,0.1", "--seeds", "1..2");
    assertThat(again.err()).contains("4 of them are finished already");
    assertThat(again.out()).contains("diverged");
  }

  @Test
  void dryRunListsTheRunsAndWritesNothing() {
    Done done = sweep("--vary", "network.epsilon=1,2", "--seeds", "1..2", "--dry-run");

    assertThat(done.out().lines())
        .containsExactly(
            "epsilon-1_seed-1", "epsilon-1_seed-2", "epsilon-2_seed-1", "epsilon-2_seed-2");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep | | nothing to sweep over",
        "sweep | --vary network.epsilom=1,2 | did you mean network.epsilon",
        "sweep | --vary network.epsilon=1,-2 | --vary network.epsilon must be above 0, not -2",
        "sweep | --vary network.epsilon=1 --vary network.epsilon=2 | names a key twice",
        "sweep | --vary training.lr=1 --seeds 5..1 | --seeds must be whole numbers",
        "sweep | --seeds 1..2 --seed 3 | --seed and --seeds",
        "sweep | --seeds 1..2 --parallel 0 | --parallel must be 1 or more",
        "sweep | --seeds 1..2 --metric nice | --metric must be one of test_accuracy",
        "train | --parallel 2 | add --seeds"
      })
  void wrongOptions(String command, String options, String words) {
    Object[] typed = options == null ? new Object[0] : options.split(" ");
    Done done = run(command, typed);

    assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(words);
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("mine.txt"), "x");

    assertThat(sweep("--seeds", "1..2").errors()).singleElement().asString().contains("not empty");
  }
}
