package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.tensorboard.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What other programs get: files of a saved network, and event files while it trains. */
class ExportCommandTest {
  @TempDir static Path folder;
  private static Path digits;
  private static Path run;
  private static JsonNode trained;

  @BeforeAll
  static void train() throws IOException {
    digits = Samples.digits(folder.resolve("digits"), 200, 50);
    run = folder.resolve("run");
    // The data set follows the option: it is not its folder.
    Done done =
        Shell.run(
            "train",
            "--tensorboard",
            digits,
            "--hidden",
            "64",
            "--epochs",
            "2",
            "--batch",
            "32",
            "--out",
            run,
            "--json",
            "--quiet");
    assertThat(done.code()).as(done.err()).isZero();
    trained = done.json();
  }

  @Test
  void tensorBoardFilesAreInTheRun() throws IOException {
    List<EventReader.Event> events = events(run.resolve("tensorboard"));
    assertThat(events).hasSize(4);
    assertThat(events.getLast().scalars().get("accuracy/test"))
        .isEqualTo((float) trained.get("test_accuracy").asDouble());
    assertThat(events.getLast().scalars()).containsEntry("learning_rate", 0.1f);
    assertThat(events.getLast().images()).containsKey("input_connectivity");
  }

  private static List<EventReader.Event> events(Path place) throws IOException {
    try (var files = Files.list(place)) {
      return EventReader.read(Files.readAllBytes(files.toList().getFirst()));
    }
  }

  @Test
  void orWhereTheOptionSays(@TempDir Path temp) throws IOException {
    Path table = Samples.table(temp.resolve("pets.csv"), 100);
    Path out = temp.resolve("run");
    Path place = temp.resolve("board/one");
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
            "--out",
            out,
            "--tensorboard=" + place,
            "--quiet");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(out.resolve("tensorboard")).doesNotExist();
    assertThat(events(place)).hasSize(3);
    assertThat(events(place).getLast().images()).as("a table is no picture").isEmpty();
  }

  @Test
  void withoutTheOptionThereAreNone(@TempDir Path temp) {
    Path out = temp.resolve("run");
    assertThat(
            Shell.run("train", digits, "--hidden", "8", "--epochs", "0", "--out", out, "--quiet")
                .code())
        .isZero();
    assertThat(out.resolve("tensorboard")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "mtx", "mtx.gz", "graphml", "gexf.gz", "dot", "gv"})
  void formatsByEnding(String ending, @TempDir Path temp) throws IOException {
    Path file = temp.resolve("network." + ending);
    Done done = Shell.run("export", run, "--to", file, "--json");
    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();
    assertThat(json.get("connections")).isEqualTo(trained.get("connections"));
    assertThat(json.get("written")).isEqualTo(trained.get("connections"));
    assertThat(json.get("neurons")).isEqualTo(trained.get("neurons"));
    assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(file)).isPositive();
    assertThat(done.err()).isEmpty();
  }

  @Test
  void aSampleSaysThatItIsOne(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("layer.txt");
    Done done =
        Shell.run(
            "export",
            run.resolve("model.safetensors"),
            "--layer",
            "0",
            "--format",
            "dot",
            "--to",
            file,
            "--max-edges",
            "10");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err())
        .contains("layer 0 of model.safetensors")
        .contains("Only 10 of ", "drawn at random", "--max-edges");
    assertThat(Files.readAllLines(file)).filteredOn(line -> line.contains("->")).hasSize(10);
    // The same in another folder: what is in the file does not depend on where the network lies.
    Path copy = temp.resolve("model.safetensors");
    Files.copy(run.resolve("model.safetensors"), copy);
    Path again = temp.resolve("again.txt");
    Shell.run(
        "export", copy, "--layer", "0", "--format", "dot", "--to", again, "--max-edges", "10");
    assertThat(again).hasSameTextualContentAs(file);
  }

  @Test
  void topologyAlone(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("net.mtx");
    assertThat(Shell.run("export", run, "--topology", "--to", file).code()).isZero();
    assertThat(Files.readAllLines(file)).first().asString().contains("pattern");
  }

  @ParameterizedTest
  @CsvSource({
    "--to net.png, names no format",
    "--to net.npz --layer 2, has layers 0 to 1",
    "--to net.npz --layer -1, has layers 0 to 1",
    "--to net.dot --max-edges -1, --max-edges must be 0 or more",
    "--to no/such/net.npz, there is no such folder",
    "--format npz, --to"
  })
  void badArguments(String options, String message, @TempDir Path temp) {
    String words = "export " + run + " " + options.replace("--to ", "--to " + temp + "/");
    Done done = Shell.run((Object[]) words.split(" "));
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(message);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void noModelThere(@TempDir Path temp) {
    Done done = Shell.run("export", temp, "--to", temp.resolve("net.npz"));
    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.errors()).singleElement().asString().contains("has no model.safetensors");
  }
}
