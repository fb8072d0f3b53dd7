package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far networks are apart, from the command line. */
class TopologyDistanceCommandTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = trained("run", "24");
  }

  private static Path trained(String name, String hidden) throws IOException {
    Path to = folder.resolve(name);
    Path data = Samples.table(folder.resolve(name + ".csv"), 60);
    Done done =
        Shell.run(
            "train",
            data,
            "--hidden",
            hidden,
            "--epochs",
            "4",
            "--epsilon",
            "2",
            "--out",
            to,
            "--quiet");
    assertThat(done.code()).as(done.err()).isZero();
    return to;
  }

  private static JsonNode distances(Object... words) {
    Object[] all = new Object[words.length + 3];
    all[0] = "topology";
    all[1] = "distance";
    System.arraycopy(words, 0, all, 2, words.length);
    all[words.length + 2] = "--json";
    Done done = Shell.run(all);
    assertThat(done.code()).as(done.err()).isZero();
    return done.json().get("distance_per_layer");
  }

  @Test
  void aRunIsNoDistanceFromItself() {
    assertThat(distances(run, run.resolve("model.safetensors")))
        .hasSize(2)
        .allMatch(distance -> distance.asDouble() == 0);
  }

  @Test
  void epochsAreApart() {
    assertThat(distances(run, run, "--epochs", "0,0").get(0).asDouble()).isZero();
    JsonNode moved = distances(run, run, "--epochs", "0,3");
    JsonNode summary = Shell.run("topology", run, "--epoch", "3", "--json").json();
    assertThat(summary.get("distance_to_start").get(0)).isEqualTo(moved.get(0));
    assertThat(summary.get("exploration_rate").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void exportedLayersAreTheNetwork() throws IOException {
    Path layers = Files.createDirectories(folder.resolve("layers"));
    for (int l = 0; l < 2; l++) {
      Done done =
          Shell.run(
              "export", run, "--layer", l, "--topology", "--to", layers.resolve("l" + l + ".npz"));
      assertThat(done.code()).as(done.err()).isZero();
    }
    assertThat(distances(run, layers)).hasSize(2).allMatch(distance -> distance.asDouble() == 0);
    Done epochs = Shell.run("topology", "distance", run, layers, "--epochs", "0,1");
    assertThat(epochs.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void otherWidthsAreOneSentence() throws IOException {
    Done done = Shell.run("topology", "distance", run, trained("wide", "30"));
    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.errors()).hasSize(1);
    assertThat(done.errors().getFirst()).contains("3 x 24", "3 x 30", "same widths");
  }

  @Test
  void publishedMatricesHaveTheirPublishedDistances() throws IOException {
    Path golden = golden();
    JsonNode expected =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(golden.resolve("expected.json")))
            .get("net0@000 - net1@000");
    JsonNode found =
        distances(
            golden.resolve("net0").resolve("epoch_000"),
            golden.resolve("net1").resolve("epoch_000"));
    assertThat(found).hasSize(4);
    assertThat(found.get(0).asDouble()).isEqualTo(expected.get(0).asDouble(), offset(1e-6));
    assertThat(found.get(1).asDouble()).isEqualTo(expected.get(1).asDouble(), offset(2e-3));
    assertThat(found.get(2).asDouble()).isEqualTo(expected.get(2).asDouble(), offset(2e-3));
    assertThat(found.get(3).asDouble()).isEqualTo(expected.get(3).asDouble());
  }

  private static Path golden() {
    String asked = System.getenv("REWIRE_SHARED");
    Path at = asked == null ? Path.of("").toAbsolutePath() : Path.of(asked, "..").normalize();
    while (at != null && !Files.isDirectory(at.resolve("shared/golden/nnstd"))) {
      at = at.getParent();
    }
    return at == null
        ? Assumptions.abort("SKIPPED: no folder shared/golden/nnstd: set REWIRE_SHARED")
        : at.resolve("shared/golden/nnstd");
  }
}
