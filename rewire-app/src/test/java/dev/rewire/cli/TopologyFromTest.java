package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that begins with the connections of another one. */
class TopologyFromTest {
  @TempDir static Path shared;
  private static Path digits;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    digits = Samples.digits(shared.resolve("digits"), 300, 100);
  }

  private Done train(String out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", digits, "--out", folder.resolve(out)));
    words.addAll(List.of("--hidden", "24", "--batch", "60", "--quiet"));
    words.addAll(List.of(more));
    return Shell.run(words.toArray());
  }

  private Network model(String run) throws IOException {
    return ModelFile.read(folder.resolve(run).resolve("model.safetensors"));
  }

  private static int[] connections(Network network) {
    return network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
  }

  private static void ok(Done done) {
    assertThat(done.code()).as(done.err()).isZero();
  }

  @Test
  void theConnectionsOfTheEndWithNewWeights() throws IOException {
    ok(train("first", "--epochs", "3"));
    ok(
        train(
            "static",
            "--epochs",
            "1",
            "--rule",
            "static",
            "--seed",
            "7",
            "--topology-from",
            folder.resolve("first")));

    Network first = model("first");
    Network again = model("static");
    for (int l = 0; l < 2; l++) {
      assertThat(again.layers().get(l).topology().column().toArray())
          .isEqualTo(first.layers().get(l).topology().column().toArray());
      assertThat(again.layers().get(l).topology().rowStart().toArray())
          .isEqualTo(first.layers().get(l).topology().rowStart().toArray());
      assertThat(again.layers().get(l).weight().toArray())
          .isNotEqualTo(first.layers().get(l).weight().toArray());
    }
    assertThat(Files.readString(folder.resolve("static/config.yaml")))
        .contains("topology_from: \"" + folder.resolve("first"));
    ok(Shell.run("reproduce", folder.resolve("static"), "--quiet"));

    ok(train("drawn", "--epochs", "1", "--rule", "static", "--seed", "7"));
    assertThat(model("drawn").layers().getFirst().topology().column().toArray())
        .isNotEqualTo(first.layers().getFirst().topology().column().toArray());
    assertThat(connections(model("drawn"))).isEqualTo(connections(again));
  }

  /** Preset klear leaves its network with seven in ten of its connections. */
  @Test
  void whatWasTakenOutForTheLastTestIsThere() throws IOException {
    ok(train("klear", "--preset", "klear", "--epochs", "3"));
    ok(train("all", "--epochs", "0", "--topology-from", folder.resolve("klear")));
    ok(train("drawn", "--preset", "klear", "--epochs", "0"));
    ok(
        train(
            "model",
            "--epochs",
            "0",
            "--topology-from",
            folder.resolve("klear/model.safetensors")));

    int[] left = connections(model("klear"));
    assertThat(connections(model("all"))).isEqualTo(connections(model("drawn")));
    assertThat(connections(model("model"))).isEqualTo(left);
    assertThat(left[0]).isLessThan(connections(model("all"))[0] * 3 / 4);
  }

  @Test
  void anotherShapeAndAMissingFileAreRefused() {
    ok(train("first", "--epochs", "0"));
    Done other = train("other", "--hidden=30", "--topology-from", folder.resolve("first"));
    assertThat(other.code()).isEqualTo(ExitCode.USAGE);
    assertThat(other.errors()).singleElement().asString().contains("x 24", "x 30", "--hidden");
    Done missing = train("missing", "--topology-from", folder.resolve("nowhere"));
    assertThat(missing.code()).isNotZero();
    assertThat(missing.errors()).singleElement().asString().contains("nowhere");
    assertThat(folder.resolve("missing")).doesNotExist();
  }
}
