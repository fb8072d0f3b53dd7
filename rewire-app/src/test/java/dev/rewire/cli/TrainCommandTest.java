package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir static Path folder;
  private static Path digits;

  @BeforeAll
  static void write() throws IOException {
    digits = Samples.digits(folder.resolve("digits"), 500, 200);
  }

  private static Done train(Path out, Object... more) {
    Object[] words = new Object[more.length + 9];
    Object[] fixed = {"train", digits, "--hidden", "32", "--epochs", "2", "--json", "--out", out};
    System.arraycopy(fixed, 0, words, 0, fixed.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return Shell.run(words);
  }

  @Test
  void saysTheResultAsJson(@TempDir Path temp) throws IOException {
    Path out = temp.resolve("run");
    Done done = train(out, "--seed", "7");

    assertThat(done.code()).as(done.err()).isZero();
    var json = done.json();
    assertThat(json.propertyNames())
        .contains(
            "test_accuracy",
            "test_loss",
            "train_loss",
            "connections",
            "neurons",
            "epochs",
            "seconds_training",
            "seconds_evolution",
            "seed",
            "threads",
            "weights_sha256");
    assertThat(json.get("test_accuracy").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.get("epochs").asInt()).isEqualTo(2);
    assertThat(json.get("seed").asInt()).isEqualTo(7);
    assertThat(json.get("neurons").asInt()).isEqualTo(784 + 32 + 10);
    assertThat(json.get("weights_sha256").asString())
        .isEqualTo(Fingerprint.of(ModelFile.read(out.resolve("model.safetensors"))));
  }

  @Test
  void writesAFolderWithEverything(@TempDir Path temp) throws IOException {
    Path out = temp.resolve("run");
    assertThat(train(out).code()).isZero();

    assertThat(Files.list(out).map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrder(
            "config.yaml",
            "record.json",
            "metrics.jsonl",
            "topology.history",
            "checkpoints",
            "model.safetensors",
            "result.json",
            "report.html",
            "connectivity.png");
    RunFolders.assertHistoryLeadsToTheModel(out);
    assertThat(Files.readAllLines(out.resolve("metrics.jsonl")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"test_accuracy\"", "\"rewired\""));
    assertThat(Files.readString(out.resolve("config.yaml")))
        .contains("epsilon:", "zeta:", "seed:", "threads:", "version:", digits.toString());
  }

  @Test
  void theReportNeedsNoNetwork(@TempDir Path temp) throws IOException {
    Path out = temp.resolve("run");
    assertThat(train(out).code()).isZero();

    assertThat(Files.readString(out.resolve("report.html")))
        .doesNotContain("http:", "https:", "<script src", "<link", "NaN")
        .contains("data:image/png;base64,", "<svg", "rewire evaluate", out.toString());
  }

  @Test
  void theSameSeedGivesTheSameWeightsOnAnyNumberOfThreads(@TempDir Path temp) {
    Done one = train(temp.resolve("one"), "--threads", "1");
    Done three = train(temp.resolve("three"), "--threads", "3");
    Done other = train(temp.resolve("other"), "--threads", "1", "--seed", "5");

    assertThat(three.json().get("weights_sha256")).isEqualTo(one.json().get("weights_sha256"));
    assertThat(three.json().get("test_loss")).isEqualTo(one.json().get("test_loss"));
    assertThat(other.json().get("weights_sha256")).isNotEqualTo(one.json().get("weights_sha256"));
  }

  @Test
  void theResultDescribesTheSavedNetworkAlsoWhenItWasRewiredAfterTheLastTest(@TempDir Path temp) {
    Path out = temp.resolve("run");
    var trained = train(out, "--preset", "paper2018", "--batch", "50").json();
    var evaluated = Shell.run("evaluate", out, "--json").json();

    assertThat(evaluated.get("test_accuracy")).isEqualTo(trained.get("test_accuracy"));
    assertThat(evaluated.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
  }

  @Test
  void staticMeansThatNothingIsRewired(@TempDir Path temp) throws IOException {
    Path out = temp.resolve("run");
    Done done = train(out, "--rule", "static");

    assertThat(done.json().get("rule").asString()).isEqualTo("static");
    assertThat(Files.readAllLines(out.resolve("metrics.jsonl")))
        .allSatisfy(line -> assertThat(line).contains("\"rewired\":0,"));
  }

  /** A group of options would forget what was said before the second one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--keep-checkpoints 3 --checkpoint-every never --checkpoint-every=1epoch"
            + " | --checkpoint-every",
        "--missing zero --label last --label=last | --label",
        "--history --no-history | --history",
      })
  void anOptionStandsThereOnce(String words, String twice, @TempDir Path temp) {
    Path run = temp.resolve("run");
    Done done = train(run, (Object[]) words.split(" "));
    assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(twice, "twice");
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--density, 0.05", "--sparsity, 0.95"})
  void densityIsThatOfTheWholeNetwork(String option, String value, @TempDir Path temp) {
    var json = train(temp.resolve("run"), option, value).json();

    assertThat(json.get("sparsity").asDouble()).isBetween(0.949, 0.951);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nesterov",
        "--l1=1e-6",
        "--weight-decay=1e-4",
        "--momentum=0",
        "--dropout=0.2",
        "--activation=tanh",
        "--optimizer=sgd",
        "--allocation=uniform --density=0.1",
        "--preset=klear",
        "--zeta=0.5"
      })
  void takesOptions(String options, @TempDir Path temp) {
    Object[] words = options.split(" ");
    Done done = train(temp.resolve("run"), words);

    assertThat(done.code()).as(done.err()).isZero();
  }

  @Test
  void noEpochsAndNoHiddenLayerAreAllowed(@TempDir Path temp) {
    Path out = temp.resolve("run");
    Done done =
        Shell.run("train", digits, "--hidden", "none", "--epochs", "0", "--out", out, "--json");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.json().get("connections").asInt()).isEqualTo(7840);
    assertThat(done.json().get("train_loss").isNull()).isTrue();
    assertThat(done.json().get("test_loss").asDouble()).isPositive();
  }

  /** Four connections in all: chance leaves whole layers without any, and classes without a way. */
  @Test
  void saysWhatIsCutOff(@TempDir Path temp) throws IOException {
    Path out = temp.resolve("run");
    List<String> words =
        List.of("train", digits.toString(), "--hidden", "30,20", "--density", "0.0002");
    List<Object> all = new ArrayList<>(words);
    all.addAll(List.of("--allocation", "uniform", "--set", "network.dense_output=false"));
    all.addAll(List.of("--epochs", "1", "--rule", "static", "--out", out));
    Done done = Shell.run(all.toArray());
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err()).contains("layer 1 came out cut off", "layer 2 came out cut off");
    assertThat(done.out())
        .contains("no way leads from the inputs to 9 of 10 outputs", ": 1, 2, 3,");
    assertThat(Shell.run("reproduce", out, "--quiet").code()).isZero();
    all.set(all.size() - 1, temp.resolve("again"));
    all.add("--json");
    Done json = Shell.run(all.toArray());
    assertThat(json.json().get("unreached_outputs").asInt()).isEqualTo(9);
  }

  /** Of a layer without connections there is nothing to say. */
  @Test
  void inspectsAnEmptyLayer(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("model.safetensors");
    List<Topology> given = List.of(Topology.ofCells(5, 4, new long[0]), Topology.complete(4, 2));
    ModelFile.write(
        new NetworkBuilder(5, List.of("a", "b")).hidden(4).topologies(given).build(), file);
    Done done = Shell.run("inspect", file);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out())
        .containsPattern("hidden-1 .* 0 .* 0\\.\\.0\\.\\.0 +0\\.\\.0\\.\\.0 +- +- ");
  }

  @Test
  void progressGoesToStandardErrorAndQuietSilencesIt(@TempDir Path temp) {
    Done loud = train(temp.resolve("loud"));
    Done quiet = train(temp.resolve("quiet"), "--quiet");

    assertThat(loud.err()).contains("1/2", "2/2", "samples/s").doesNotContain("\r", "\u001b");
    assertThat(loud.out().strip().lines()).hasSize(1);
    assertThat(quiet.err()).isEmpty();
  }

  @Test
  void learnsFromATable(@TempDir Path temp) throws IOException {
    Path table = Samples.table(temp.resolve("pets.csv"), 200);
    Path out = temp.resolve("run");
    Done done =
        Shell.run(
            "train",
            table,
            "--label",
            "kind",
            "--hidden",
            "16",
            "--epochs",
            "5",
            "--batch",
            "16",
            "--out",
            out,
            "--json");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.json().get("dataset").asString()).isEqualTo("pets");
    assertThat(done.json().get("test_accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(Files.readString(out.resolve("report.html"))).contains("feature 1");
    assertThat(out.resolve("connectivity.png")).doesNotExist();
    assertThat(Shell.run("predict", out, table, "--label", "kind").out())
        .startsWith("sample,class\n1,cat\n2,dog\n");
  }

  @Test
  void divergenceKeepsTheLastGoodModel(@TempDir Path temp) throws IOException {
    Path out = temp.resolve("run");
    Done done =
        Shell.run("train", digits, "--hidden", "32", "--epochs", "3", "--lr", "1e38", "--out", out);
    assertThat(done.code()).isEqualTo(ExitCode.DIVERGED);
    assertThat(done.errors()).singleElement().asString().contains("layer", "step", out.toString());
    assertThat(ModelFile.read(out.resolve("model.safetensors")).inputs()).isEqualTo(784);
  }
}
