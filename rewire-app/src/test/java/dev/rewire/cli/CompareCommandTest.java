package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.measure.TopologyDistance;
import dev.rewire.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CompareCommandTest {
  @TempDir static Path shared;
  private static Path sweep;

  @TempDir Path temp;

  @BeforeAll
  static void train() throws IOException {
    Path digits = Samples.digits(shared.resolve("digits"), 300, 100);
    sweep = shared.resolve("sweep");
    Done done =
        Shell.run(
            "sweep",
            digits,
            "--hidden",
            "24,16",
            "--epsilon",
            "4",
            "--vary",
            "rewiring.rule=set,static",
            "--seeds",
            "1..2",
            "--epochs",
            "4",
            "--quiet",
            "--out",
            sweep);
    assertThat(done.code()).as(done.err()).isZero();
  }

  @Test
  void runsOfASweepStandSideBySide() throws IOException {
    Path page = temp.resolve("page.html");

    Done done = Shell.run("compare", sweep, "--moments", "3", "--out", page, "--json");

    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();
    assertThat(json.get("runs")).hasSize(4);
    assertThat(json.get("runs").get(0).get("run").asString()).isEqualTo("rule-set_seed-1");
    assertThat(json.get("runs").get(0).get("center_mean_ratio").isNumber()).isTrue();
    assertThat(json.get("moments")).hasSize(4 * 3);
    assertThat(json.get("map_x")).hasSize(4 * 3);
    assertThat(json.get("distances")).hasSize(4);
    assertThat(json.get("distances").get(0).get(0).asDouble()).isZero();
    // static runs stay where they began, and begin where the others did
    double[][] moments = matrix(json.get("moment_distances"));
    assertThat(moments[6][8]).isZero();
    assertThat(moments[0][6]).isZero();
    assertThat(moments[0][2]).isPositive();
    assertThat(json.get("equal_parameters").get(0)).hasSize(4);
    assertThat(Files.readString(page))
        .contains("<svg", "Map of the topologies", "At equal parameters", "rule-static_seed-2")
        .doesNotContain("<script", "http:", "NaN");
  }

  /** Static networks do not change, so their models are their last moments. */
  @Test
  void distancesAreThoseOfTheModels() throws IOException {
    Done done = compare(sweep.resolve("rule-static_seed-1"), sweep.resolve("rule-static_seed-2"));

    double[] perLayer =
        TopologyDistance.of(
                ModelFile.read(sweep.resolve("rule-static_seed-1/model.safetensors")),
                ModelFile.read(sweep.resolve("rule-static_seed-2/model.safetensors")))
            .perLayer();
    // the output layer is complete, so it does not count
    assertThat(done.json().get("distances").get(0).get(1).asDouble())
        .isCloseTo((perLayer[0] + perLayer[1]) / 2, Offset.offset(1e-12));
  }

  @Test
  void tellsInWordsToo() {
    Done done = Shell.run("compare", sweep, "--moments", "2", "--out", temp.resolve("a.html"));

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out())
        .contains("At equal seconds", "At equal parameters", "rule-set_seed-2", "a.html");
  }

  @Test
  void oneRunIsNotEnough() {
    Done done = compare(sweep.resolve("rule-static_seed-1"));

    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains("only 1 run to compare");
  }

  @Test
  void aFolderWithoutRunsIsNamed() {
    Done done = compare(temp);

    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.errors()).singleElement().asString().contains("no folder of a run");
  }

  private Done compare(Path... runs) {
    Object[] words = new Object[runs.length + 4];
    words[0] = "compare";
    System.arraycopy(runs, 0, words, 1, runs.length);
    words[runs.length + 1] = "--out";
    words[runs.length + 2] = temp.resolve("page.html");
    words[runs.length + 3] = "--json";
    return Shell.run(words);
  }

  private static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][rows.size()];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        matrix[i][j] = rows.get(i).get(j).asDouble();
      }
    }
    return matrix;
  }
}
