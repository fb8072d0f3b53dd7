package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.checkpoint.Checkpoints;
import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Whatever decides the result of a run is in its folder, and comes back from there. */
class RecordedSettingsTest {
  private static final String RUN =
      """
      data: {dataset: pictures, validation_fraction: 0.2, augment: "shift=1,rotate=5"}
      network: {hidden: [24], sparsity: 0.8}
      training: {epochs: 9, batch: 60, lr: 0.05, patience: 2, monitor: loss, seed: 7}
      """;

  @TempDir Path folder;

  private static Done ok(Done done) {
    assertThat(done.code()).as(done.err()).isZero();
    return done;
  }

  private static Done train(Path data, Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", data, "--quiet", "--json", "--out", out));
    words.addAll(Arrays.asList(more));
    return ok(Shell.run(words.toArray()));
  }

  private static JsonNode config(Path run) throws IOException {
    return YAMLMapper.builder().build().readTree(Files.readString(run.resolve("config.yaml")));
  }

  private Path yaml() throws IOException {
    Samples.digits(folder.resolve("pictures"), 300, 100);
    return Files.writeString(folder.resolve("run.yaml"), RUN);
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void aRunFromAFileIsGoneOnWithAndReproduced() throws IOException {
    Path yaml = yaml();
    Path peace = folder.resolve("peace");
    Path killed = folder.resolve("killed");
    Path again = folder.resolve("again");
    Object[] keep = {"--checkpoint-every", "1step", "--keep-checkpoints", "99", "--tensorboard"};
    Done trained = train(yaml, peace, keep);
    train(yaml, killed, keep);
    Files.delete(killed.resolve("result.json"));
    for (Path file : new RunFolder(killed).checkpoints().files()) {
      if (Checkpoints.step(file) > 6) {
        Files.delete(file);
      }
    }

    ok(Shell.run("resume", killed, "--quiet"));

    RunFolders.assertSame(killed, peace);
    assertThat(Files.readAllLines(peace.resolve("metrics.jsonl")))
        .allSatisfy(line -> assertThat(line).contains("validation_loss").doesNotContain("test_l"));
    assertThat(config(killed).path("training").path("patience").asInt()).isEqualTo(2);
    assertThat(config(killed).path("data").path("augment").asString()).contains("shift=1");
    assertThat(files(killed.resolve("tensorboard"))).isEqualTo(2);
    assertThat(peace.resolve("best.safetensors")).exists();
    ok(Shell.run("reproduce", killed, "--quiet"));
    assertThat(train(peace.resolve("config.yaml"), again).json().get("weights_sha256"))
        .isEqualTo(trained.json().get("weights_sha256"));
  }

  @Test
  void eachRunOfASweepIsARunLikeOthers() throws IOException {
    Path out = folder.resolve("sweep");

    ok(
        Shell.run(
            "sweep", yaml(), "--vary", "data.augment=none,flip", "--seeds", "1..2", "--out", out));

    Path run = out.resolve("augment-flip_seed-2");
    assertThat(run.resolve("record.json")).exists();
    assertThat(run.resolve("topology.history")).exists();
    ok(Shell.run("reproduce", run, "--quiet"));
    ok(Shell.run("resume", run, "--quiet", "--epochs", "20", "--patience", "0"));
    assertThat(RunFolders.result(run).get("epochs").asInt()).isEqualTo(20);
    ok(Shell.run("reproduce", run, "--quiet"));
  }

  @Test
  void aFoldOfATableWithMissingValues() throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 60; i++) {
      String value = i % 7 == 3 ? "?" : String.valueOf(i % 11);
      text.append(i % 5).append(',').append(value).append(i % 2 == 0 ? ",x\n" : ",y\n");
    }
    Path table = Files.writeString(folder.resolve("t.csv"), text.toString());
    Path run = folder.resolve("run");
    Object[] options = {"--missing", "mean", "--folds", "4", "--fold", "2", "--label", "kind"};

    JsonNode trained = train(table, run, options).json();

    JsonNode data = config(run).path("data");
    assertThat(data.path("missing").asString()).isEqualTo("mean");
    assertThat(data.path("folds").asInt()).isEqualTo(4);
    assertThat(data.path("fold").asInt()).isEqualTo(2);
    assertThat(data.path("label").asString()).isEqualTo("kind");
    ok(Shell.run("reproduce", run, "--quiet"));
    JsonNode evaluated = ok(Shell.run("evaluate", run, "--json")).json();
    assertThat(evaluated.get("samples").asInt()).isEqualTo(15);
    assertThat(evaluated.get("test_accuracy")).isEqualTo(trained.get("test_accuracy"));
  }
}
