package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PlanCommandTest {
  @TempDir Path folder;

  @Test
  void saysEverythingAsJson() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 50);
    Done done =
        Shell.run("plan", table, "--label", "kind", "--hidden", "40", "--batch", "16", "--json");

    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();
    assertThat(json.propertyNames())
        .contains(
            "shape",
            "neurons",
            "connections",
            "layers",
            "bytes",
            "bytes_total",
            "bytes_available",
            "bytes_per_connection",
            "fits",
            "alternatives",
            "seconds_per_epoch",
            "seconds_training",
            "seconds_evolution",
            "seconds_test",
            "measured_connections");
    assertThat(json.get("shape").asString()).isEqualTo("3-40-2");
    assertThat(json.get("neurons").asInt()).isEqualTo(45);
    assertThat(json.get("train_samples").asInt() + json.get("test_samples").asInt()).isEqualTo(50);
    assertThat(json.get("layers")).hasSize(2);
    // its output layer is complete, and complete layers need no transposed index
    assertThat(json.get("layers").get(1).get("indexed").asBoolean()).isFalse();
    assertThat(json.get("bytes").get("weights").asInt()).isEqualTo(4 * (3 * 40 + 40 * 2));
    assertThat(json.get("bytes").get("data").asInt()).isEqualTo(50 * (3 * 4 + 4));
    assertThat(json.get("fits").asBoolean()).isTrue();
    assertThat(json.get("seconds_per_epoch").asDouble()).isPositive();
  }

  @Test
  void dryRunSaysTheSameAndWritesNothing() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 50);
    Path out = folder.resolve("run");
    Done done = Shell.run("train", table, "--label", "kind", "--dry-run", "--out", out);

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out())
        .contains(
            "transposed index",
            "evolution workspace",
            "data set",
            "available",
            "bytes a connection",
            "an epoch of",
            "an estimate, from");
    assertThat(out).doesNotExist();
  }

  /** Each layer has exactly the connections that it has in the file. */
  @Test
  void plansForTheNetworkOfAFile() throws IOException {
    Path digits = Samples.digits(folder.resolve("digits"), 60, 20);
    Path run = folder.resolve("run");
    Done trained =
        Shell.run("train", digits, "--hidden", "30,20", "--epochs", 1, "--out", run, "--quiet");
    assertThat(trained.code()).as(trained.err()).isZero();
    Path pruned = folder.resolve("pruned.safetensors");
    assertThat(Shell.run("prune", run, "--keep", "50%", "--out", pruned).code()).isZero();
    Network network = ModelFile.read(pruned);
    for (Object[] words :
        new Object[][] {
          {"plan", "--from", pruned, "--samples", 60, "--json"},
          {"plan", digits, "--from", pruned, "--json"}
        }) {
      Done done = Shell.run(words);
      assertThat(done.code()).as(done.err()).isZero();
      JsonNode json = done.json();
      assertThat(json.get("shape").asString()).isEqualTo("784-30-20-10");
      assertThat(json.get("train_samples").asInt()).isEqualTo(60);
      for (int l = 0; l < 3; l++) {
        assertThat(json.get("layers").get(l).get("connections").asInt())
            .isEqualTo(network.layers().get(l).topology().connections());
      }
    }
    Done alone = Shell.run("plan", digits, "--samples", 60);
    assertThat(alone.code()).isEqualTo(ExitCode.USAGE);
    assertThat(alone.err()).contains("--from without data");
  }

  @Test
  void needsNoData() {
    Done done =
        Shell.run(
            "plan", "--shape", "100-50-3", "--samples", "30", "--batch", "4", "--memory", "lean");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("100-50-3", "153 neurons", "memory lean", "8 steps");
  }

  @Test
  void whatDoesNotFitIsRefusedWithSizesThatDo() {
    Object[] asked = {"plan", "--shape", "1000-90000000-90000000-10", "--batch", "64", "--json"};
    Done done = Shell.run(asked);

    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains("layer 1", "with --hidden");
    JsonNode json = done.json();
    assertThat(json.get("fits").asBoolean()).isFalse();
    assertThat(json.get("seconds_per_epoch").isNull()).isTrue();
    String[] change = json.get("alternatives").get(0).asString().split(" ");
    Object[] changed = Arrays.copyOf(asked, asked.length + 2);
    System.arraycopy(change, 0, changed, asked.length, 2);
    Done second = Shell.run(changed);
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.json().get("bytes_total").asLong())
        .isLessThanOrEqualTo(second.json().get("bytes_available").asLong());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shape 10 | two or more",
        "--shape 10-x-3 | 10-x-3",
        "--shape 10-0-3 | whole numbers from 1",
        "--shape 10-5-3 --samples 0 | 1 or more",
        "--shape 10-5-3 digits | DATASET",
        "--samples 5 | belongs to --shape",
        "--memory small | lean"
      })
  void wrongOptions(String options, String words) {
    Object[] typed = ("plan " + options).split(" ");
    Done done = Shell.run(typed);
    assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(words, "rewire help plan");
  }

  @Test
  void theMemoryModeOfARunIsWrittenDown() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 50);
    Path out = folder.resolve("run");
    Done done =
        Shell.run(
            "train",
            table,
            "--label",
            "kind",
            "--hidden",
            "8",
            "--epochs",
            "1",
            "--memory",
            "lean",
            "--out",
            out);

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(Files.readString(out.resolve("config.yaml"))).contains("memory: \"lean\"");
  }
}
