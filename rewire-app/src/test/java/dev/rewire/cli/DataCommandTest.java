package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is told about data before anyone trains, and the files of named data sets. */
class DataCommandTest {
  private static final String TABLE =
      "v,w,same,kind\n1,?,5,a\n0,8,5,b\n2,4,5,a\n0,0,5,b\n" + "3,1,5,a\n4,2,5,b\n".repeat(8);

  @TempDir Path folder;

  @Test
  void aFileIsToldAboutAsAWhole() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), TABLE);

    Done told = Shell.run("data", "info", table);
    JsonNode json = Shell.run("data", "info", table, "--json").json();

    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.out())
        .contains("t: CSV, 20 samples, 3 features, a table")
        .contains("values from 0.000 to 8.000", "1 missing", "1 feature is the same everywhere")
        .containsPattern("a +10 +50.00 %");
    assertThat(json.path("format").asString()).isEqualTo("CSV");
    assertThat(json.path("samples").asInt()).isEqualTo(20);
    assertThat(json.path("counts").get(1).asInt()).isEqualTo(10);
    assertThat(json.path("missing").asInt()).isEqualTo(1);
    assertThat(json.path("constant_features").asInt()).isEqualTo(1);
    assertThat(json.path("sparsity").asDouble()).isEqualTo(3 / 60.0);
  }

  @Test
  void samplesWithoutClasses() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "v,w\n1,2\n3,0\n");

    Done told = Shell.run("data", "info", table, "--label", "none");
    JsonNode json = Shell.run("data", "info", table, "--label", "none", "--json").json();

    assertThat(told.out()).contains("2 samples, 2 features", "no classes: name them by --y");
    assertThat(json.path("classes")).isEmpty();
    assertThat(json.path("sparsity").asDouble()).isEqualTo(.25);
  }

  @Test
  void missingValuesAreRefusedUnlessAskedOtherwise() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), TABLE);
    Path run = folder.resolve("run");

    Done refused = Shell.run("train", table, "--epochs", "1", "--hidden", "8", "--out", run);
    assertThat(refused.code()).isEqualTo(ExitCode.DATA);
    assertThat(refused.errors()).singleElement().asString().contains("line 2, column 2 (w)");
    Done mean =
        Shell.run(
            "train",
            table,
            "--missing",
            "mean",
            "--epochs",
            "1",
            "--hidden",
            "8",
            "--out",
            run,
            "--json");
    assertThat(mean.code()).as(mean.err()).isZero();
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("missing: \"mean\"");
    assertThat(Shell.run("evaluate", run, "--json").json().get("test_accuracy"))
        .isEqualTo(mean.json().get("test_accuracy"));
    Done wrong = Shell.run("data", "info", table, "--missing", "guess");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("--missing can be refuse, mean, zero or drop-row, not guess");
  }

  @Test
  void arraysWithNamesAreTrainedOn() throws IOException {
    Path samples = folder.resolve("x.csv");
    Path labels = folder.resolve("y.txt");
    StringBuilder x = new StringBuilder();
    StringBuilder y = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      x.append(i % 2).append(',').append(i).append('\n');
      y.append(i % 2 == 0 ? "even" : "odd").append('\n');
    }
    Files.writeString(samples, x);
    Files.writeString(labels, y);
    Path run = folder.resolve("run");

    Done done =
        Shell.run(
            "train",
            samples,
            "--labels",
            labels,
            "--epochs",
            "1",
            "--hidden",
            "8",
            "--out",
            run,
            "--json");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(Shell.run("evaluate", run, "--json").json().get("test_loss").asDouble())
        .isCloseTo(
            done.json().get("test_loss").asDouble(), org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void filesOfNamedSetsAreCompared() throws IOException {
    Path colon = Files.createDirectories(folder.resolve("mat")).resolve("colon.mat");

    Done missing = Shell.run("data", "verify", "colon", "--data-dir", folder);
    assertThat(missing.code()).isEqualTo(ExitCode.DATA);
    assertThat(missing.out()).contains("missing: get it by 'rewire data get'");
    Files.writeString(colon, "not it");
    Done wrong = Shell.run("data", "verify", "colon", "--data-dir", folder, "--json");
    assertThat(wrong.code()).isEqualTo(ExitCode.DATA);
    assertThat(wrong.json().get("files").get(0).get("state").asString()).isEqualTo("wrong");
    Done got = Shell.run("data", "get", "colon", "--data-dir", folder);
    assertThat(got.out()).contains("colon is in " + folder.resolve("mat"));
    Done unknown = Shell.run("data", "get", "colom");
    assertThat(unknown.code()).isEqualTo(ExitCode.DATA);
    assertThat(unknown.err()).contains("did you mean colon?");
    assertThat(Shell.run("data", "get").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theListHasSourcesAndChecksums() {
    JsonNode all = Shell.run("data", "list", "--json").json().get("datasets");

    for (JsonNode one : all) {
      for (JsonNode file : one.get("files")) {
        assertThat(file.get("sha256").asString()).hasSize(64);
        assertThat(file.get("source").asString()).startsWith("http");
        assertThat(file.get("bytes").asLong()).isPositive();
      }
      assertThat(one.get("licence").asString()).isNotBlank();
    }
  }
}
