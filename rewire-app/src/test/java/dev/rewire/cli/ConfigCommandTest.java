package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandTest {
  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), yaml);
  }

  @Test
  void saysWhereEachValueComesFrom() throws IOException {
    Path file = file("network:\n  sparsity: 0.95\ntraining:\n  preset: klear\n  epochs: 7\n");
    Done done = Shell.run("config", file, "--set", "training.batch=9", "--lr", "0.5");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out())
        .containsPattern("sparsity: 0.95 +# .*run.yaml:2\n")
        .containsPattern("dense_output: false +# follows from other settings\n")
        .containsPattern("epochs: 7 +# .*run.yaml:5\n")
        .containsPattern("batch: 9 +# --set\n")
        .containsPattern("lr: 0.5 +# --lr\n")
        .containsPattern("momentum: 0.5 +# preset klear\n")
        .containsPattern("dataset: \"digits\" +# default\n");
    var json = Shell.run("config", file, "--json").json();
    assertThat(json.get("training.epochs").get("value").asInt()).isEqualTo(7);
    assertThat(json.get("training.epochs").get("origin").asString()).endsWith("run.yaml:5");
  }

  @Test
  void whatItPrintsIsAFileThatMeansTheSame() throws IOException {
    String[] options = {"--preset", "tutorial-2019", "--density", "0.2", "--no-nesterov"};
    List<Object> words = new ArrayList<>(List.of("config"));
    words.addAll(List.of(options));
    String printed = Shell.run(words.toArray()).out();
    Path file = file(printed);

    assertThat(Shell.run("config", file).out().replaceAll(" *#.*", ""))
        .isEqualTo(printed.replaceAll(" *#.*", ""));
    assertThat(Shell.run("config", "--config", file, "mnist").out()).contains("\"mnist\"");
  }

  @Test
  void everyKeyIsListedAndItsOptionUnderstood() {
    String keys = Shell.run("config", "--keys").out();
    String help = Shell.run("help", "train").out();
    for (Key<?> key : Keys.ALL) {
      assertThat(keys).contains(key.path());
      if (key.option() != null) {
        assertThat(help).contains(key.option().substring(2));
      }
    }
  }

  @Test
  void trainsFromAFileAndTheRunsOwnFileTrainsTheSameAgain() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 80);
    Path file =
        file(
            """
            data:
              dataset: pets.csv
              label: kind
            network: {hidden: [9], sparsity: 0.5, dropout: 0.1}
            training: {epochs: 2, batch: 8, seed: 5}
            rewiring: {zeta: 0.2, newborn_weight: as-initial}
            """);
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Done trained = Shell.run("train", file, "--out", first, "--json");
    assertThat(trained.code()).as(trained.err()).isZero();
    Done again = Shell.run("train", first.resolve("config.yaml"), "--out", second, "--json");
    assertThat(again.code()).as(again.err()).isZero();

    assertThat(trained.json().get("seed").asInt()).isEqualTo(5);
    assertThat(again.json().get("weights_sha256")).isEqualTo(trained.json().get("weights_sha256"));
    assertThat(RunConfig.settings(second.resolve("config.yaml")))
        .isEqualTo(RunConfig.settings(first.resolve("config.yaml")));
    Done typed =
        Shell.run(
            "train",
            table,
            "--label",
            "kind",
            "--hidden",
            "9",
            "--sparsity",
            "0.5",
            "--dropout",
            "0.1",
            "--epochs",
            "2",
            "--batch",
            "8",
            "--seed",
            "5",
            "--zeta",
            "0.2",
            "--set",
            "rewiring.newborn_weight=as-initial",
            "--out",
            folder.resolve("third"),
            "--json");
    assertThat(typed.json().get("weights_sha256")).isEqualTo(trained.json().get("weights_sha256"));
  }

  @Test
  void evaluateFindsTheDataInARunsFile() throws IOException {
    Path table = Samples.table(folder.resolve("pets.csv"), 80);
    Path out = folder.resolve("run");
    Done trained =
        Shell.run(
            "train",
            table,
            "--test-fraction",
            "0.4",
            "--hidden",
            "9",
            "--epochs",
            "1",
            "--out",
            out,
            "--json");

    assertThat(Shell.run("evaluate", out, "--json").json().get("test_accuracy"))
        .isEqualTo(trained.json().get("test_accuracy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network: {epsilom: 3} | run.yaml:1: there is no key network.epsilom, did you mean",
        "network: {epsilon: x} | run.yaml:1: network.epsilon must be a number above 0, not 'x'"
      })
  void aWrongFileIsRefusedWithItsLine(String yaml, String words) throws IOException {
    for (String command : List.of("train", "plan", "config", "sweep")) {
      Done done =
          Shell.run(
              command, file(yaml), "--quiet", "sweep".equals(command) ? "--seeds=1..2" : "--json");
      assertThat(done.code()).isEqualTo(ExitCode.USAGE);
      assertThat(done.errors()).singleElement().asString().contains(words);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "config"})
  void twoFilesAreOneTooMany(String command) throws IOException {
    Path file = file("");

    assertThat(Shell.run(command, file, "--config", file).errors())
        .singleElement()
        .asString()
        .contains("give one of them");
    Done missing = Shell.run(command, folder.resolve("none.yaml"));
    assertThat(missing.code()).isEqualTo(ExitCode.DATA);
    assertThat(missing.errors()).singleElement().asString().contains("none.yaml");
  }
}
