package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.checkpoint.Checkpoints;
import dev.rewire.cli.Shell.Done;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.pruning.Compaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Going on with runs, and doing them again. */
class ResumeCommandTest {
  @TempDir static Path shared;
  private static Path digits;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    digits = Samples.digits(shared.resolve("digits"), 300, 100);
  }

  /** 5 steps an epoch, a checkpoint a step, all of them kept, unless asked otherwise. */
  private static Object[] words(Path out, Object... more) {
    Map<Object, Object> options = new LinkedHashMap<>();
    options.put("--hidden", 24);
    options.put("--batch", 60);
    options.put("--epochs", 4);
    options.put("--checkpoint-every", "1step");
    options.put("--keep-checkpoints", 99);
    List<Object> words = new ArrayList<>(List.of("train", digits, "--json", "--out", out));
    for (int i = 0; i < more.length; i++) {
      boolean alone = i + 1 == more.length || more[i + 1].toString().startsWith("--");
      if (alone) {
        words.add(more[i]);
      } else {
        options.put(more[i], more[i + 1]);
        i++;
      }
    }
    options.forEach((option, value) -> words.addAll(List.of(option, value)));
    return words.toArray();
  }

  private static Done train(Path out, Object... more) {
    return Shell.run(words(out, more));
  }

  private static void ok(Done done) {
    assertThat(done.code()).as(done.err()).isZero();
  }

  /** Makes a folder look as if the process had been killed soon after a step. */
  private static void killedAfter(Path run, long step) throws IOException {
    Files.delete(run.resolve("result.json"));
    for (Path file : new RunFolder(run).checkpoints().files()) {
      if (Checkpoints.step(file) > step) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, default",
    "3, default",
    "5, default",
    "12, default",
    "20, default",
    "13, paper2018",
    "10, klear",
    "20, klear"
  })
  void goesOnToTheSameBits(long step, String preset) throws IOException {
    Path peace = folder.resolve("peace");
    Path killed = folder.resolve("killed");
    ok(train(peace, "--preset", preset));
    ok(train(killed, "--preset", preset));
    killedAfter(killed, step);
    // a line that was being written
    Files.writeString(
        killed.resolve("metrics.jsonl"), "{\"epoch\":5,\"st", StandardOpenOption.APPEND);

    Done done = Shell.run("resume", killed, "--threads", "3", "--json");

    ok(done);
    assertThat(done.json().get("weights_sha256"))
        .isEqualTo(RunFolders.result(peace).get("weights_sha256"));
    RunFolders.assertSame(killed, peace);
    RunFolders.assertHistoryLeadsToTheModel(killed);
    assertThat(Fingerprint.of(ModelFile.read(killed.resolve("model.safetensors"))))
        .isEqualTo(done.json().get("weights_sha256").asString());
    assertThat(Files.readString(killed.resolve("record.json")))
        .contains("\"step\" : " + step, "\"resumed\"");
  }

  /** Neurons go after 5, 10 and 15 steps. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5, 7, 10, 16})
  void goesOnWithTheNeuronsThatAreLeft(long step) throws IOException {
    Path peace = folder.resolve("peace");
    Path killed = folder.resolve("killed");
    Object[] neurons = {
      "--prune-neurons", 0.2, "--prune-after", 1, "--prune-every", 1, "--hidden", "24,20"
    };
    ok(train(peace, neurons));
    ok(train(killed, neurons));
    killedAfter(killed, step);

    ok(Shell.run("resume", killed, "--threads", "3", "--json"));

    RunFolders.assertSame(killed, peace);
    List<String> lines = Files.readAllLines(peace.resolve("neurons.jsonl"));
    assertThat(Files.readAllLines(killed.resolve("neurons.jsonl"))).isEqualTo(lines);
    assertThat(lines).hasSize(6);
    assertThat(lines.getFirst()).startsWith("{\"epoch\":1,\"step\":5,\"layer\":0,\"left\":");
    Network last = ModelFile.read(killed.resolve("model.safetensors"));
    assertThat(last.layers().getFirst().outputs()).isLessThan(15);
    assertThat(lines.get(4)).contains("\"left\":" + last.layers().getFirst().outputs());
    assertThat(Files.readString(killed.resolve("metrics.jsonl")))
        .contains("\"neurons\":" + (784 + 24 + 20 + 10))
        .contains("\"neurons\":" + last.neurons());
    Done topology = Shell.run("topology", killed, "--json", "--out", folder.resolve("pictures"));
    assertThat(topology.code()).as(topology.err()).isZero();
    assertThat(topology.json().get("outputs").asInt()).isEqualTo(24);
    Done distance = Shell.run("topology", "distance", killed, killed, "--json");
    assertThat(distance.code()).as(distance.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 7})
  void anotherRunGoesOnAtTheStepOfACheckpoint(long step) throws IOException {
    Path peace = folder.resolve("peace");
    ok(train(peace, "--optimizer", "adam", "--lr", "1e-2..1e-3 linear"));
    Path moment =
        new RunFolder(peace)
            .checkpoints().files().stream()
                .filter(file -> Checkpoints.step(file) == step)
                .findFirst()
                .orElseThrow();
    Path on = folder.resolve("on");
    Object[] from = {
      "--optimizer", "adam", "--lr", "1e-2..1e-3 linear", "--from", moment, "--keep-step"
    };
    ok(train(on, from));
    assertThat(RunFolders.result(on).get("weights_sha256"))
        .isEqualTo(RunFolders.result(peace).get("weights_sha256"));
    assertThat(RunFolders.metrics(on)).isEqualTo(RunFolders.metrics(peace).subList(1, 4));
    killedAfter(on, 12);
    ok(Shell.run("resume", on));
    assertThat(RunFolders.result(on).get("weights_sha256"))
        .isEqualTo(RunFolders.result(peace).get("weights_sha256"));
    assertThat(RunFolders.metrics(on)).hasSize(3);
    assertThat(Shell.run("reproduce", on).code()).isZero();

    Done over = train(folder.resolve("over"), "--from", moment, "--keep-step", "--epochs", 1);
    assertThat(over.code()).isEqualTo(ExitCode.USAGE);
    assertThat(over.err()).contains("nothing is left of 1 epoch");
    Done none = train(folder.resolve("none"), "--keep-step");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("name it by --from");
  }

  @Test
  void whatWasCompactedIsDoneAgainAndMadeLonger() throws IOException {
    Path run = folder.resolve("run");
    Path longer = folder.resolve("longer");
    Object[] options = {"--prune-neurons", 0.3, "--prune-after", 2, "--compact"};
    // few connections, so that some neurons have none
    List<Object> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--epsilon", 1, "--hidden", "60,60"));
    ok(train(run, words.toArray()));
    Network model = ModelFile.read(run.resolve("model.safetensors"));
    Compaction.Result again = Compaction.of(model);
    assertThat(again.folded() + again.unused()).isZero();
    assertThat(run.resolve("report.html")).content().contains("neurons taken out");
    Checkpoint last = Checkpoint.read(new RunFolder(run).checkpoints().files().getFirst());
    assertThat(last.network().neurons()).isGreaterThan(model.neurons());
    assertThat(Shell.run("reproduce", run).code()).isZero();

    words.addAll(List.of("--epochs", 7));
    ok(train(longer, words.toArray()));
    ok(Shell.run("resume", run, "--epochs", 7));
    assertThat(RunFolders.result(run).get("weights_sha256"))
        .isEqualTo(RunFolders.result(longer).get("weights_sha256"));
    Done without = train(folder.resolve("without"), "--prune-neurons", 0.3);
    assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    assertThat(without.err()).contains("after epoch 210", "--prune-after 2");
  }

  @Test
  void aRunThatIsCompleteIsMadeLongerOnlyIfAsked() throws IOException {
    Path peace = folder.resolve("peace");
    Path run = folder.resolve("run");
    ok(train(peace, "--epochs", "7"));
    ok(train(run));

    Done refused = Shell.run("resume", run);
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.errors()).singleElement().asString().contains("complete", "--epochs 8");
    assertThat(Shell.run("resume", run, "--epochs", "3").code()).isEqualTo(ExitCode.USAGE);

    ok(Shell.run("resume", run, "--epochs", "7", "--json"));
    assertThat(RunFolders.result(run).get("weights_sha256"))
        .isEqualTo(RunFolders.result(peace).get("weights_sha256"));
    assertThat(RunFolders.metrics(run)).hasSize(7);
    ok(Shell.run("reproduce", run, "--quiet"));
  }

  /** Weight decay, chance and density that change, in the middle of their course. */
  @Test
  void schedulesGoOnWhereTheyWere() throws IOException {
    Object[] course = {
      "--weight-decay=1e-3..1e-2 linear",
      "--weight-decay-of=0=0.1..0 cosine until 3,output=0",
      "--l1=1e-4",
      "--l1-kind=proximal",
      "--zeta=0.3..0.1 linear",
      "--when=chance:0.4",
      "--target=1..0.5 cubic"
    };
    Path peace = folder.resolve("peace");
    Path killed = folder.resolve("killed");
    ok(train(peace, course));
    ok(train(killed, course));
    killedAfter(killed, 13);

    ok(Shell.run("resume", killed, "--threads", "2"));

    assertThat(RunFolders.result(killed).get("weights_sha256"))
        .isEqualTo(RunFolders.result(peace).get("weights_sha256"));
    RunFolders.assertSame(killed, peace);
    RunFolders.assertHistoryLeadsToTheModel(killed);
    ok(Shell.run("reproduce", killed, "--quiet"));
    Done longer = Shell.run("resume", killed, "--epochs", "7");
    assertThat(longer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(longer.errors())
        .singleElement()
        .asString()
        .contains("a schedule that ends with the run", "until 4");
  }

  @Test
  void aDamagedCheckpointIsSkippedAndSaid() throws IOException {
    Path peace = folder.resolve("peace");
    Path killed = folder.resolve("killed");
    ok(train(peace));
    ok(train(killed));
    killedAfter(killed, 8);
    Path newest = new RunFolder(killed).checkpoints().files().getFirst();
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));

    Done done = Shell.run("resume", killed, "--json");
    ok(done);
    assertThat(done.err()).contains(newest.toString(), "cut short", "the checkpoint before it");
    RunFolders.assertSame(killed, peace);
  }

  @Test
  void otherDataAreRefusedAndNothingIsChanged() throws IOException {
    Path mine = Samples.digits(folder.resolve("mine"), 100, 50);
    Path run = folder.resolve("run");
    ok(
        Shell.run(
            "train",
            mine,
            "--hidden",
            "8",
            "--epochs",
            "2",
            "--checkpoint-every",
            "1epoch",
            "--out",
            run));
    killedAfter(run, 1);
    Samples.digits(folder.resolve("mine"), 101, 50);
    List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));

    Done done = Shell.run("resume", run);
    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.errors()).singleElement().asString().contains("train samples", "SHA-256");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).isEqualTo(metrics);
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    assertThat(Shell.run("resume", folder).errors())
        .singleElement()
        .asString()
        .contains("no folder of a run");
    Path run = folder.resolve("run");
    ok(train(run));
    killedAfter(run, -1);
    assertThat(Shell.run("resume", run).errors())
        .singleElement()
        .asString()
        .contains("no whole checkpoint");
  }

  @Test
  void oneProcessAtATime() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run));
    killedAfter(run, 5);
    try (RunLock _ = RunLock.take(new RunFolder(run))) {
      assertThat(Shell.run("resume", run).errors())
          .singleElement()
          .asString()
          .contains("another process");
    }
    ok(Shell.run("resume", run));
  }

  @Test
  void aRunIsReproducedOnAnyNumberOfThreads() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run, "--density", "0.2", "--dropout", "0.1", "--zeta", "0.2", "--lr", "0.05"));

    Done again = Shell.run("reproduce", run, "--threads", "2", "--json");
    ok(again);
    assertThat(again.json().get("reproduced").asBoolean()).isTrue();
    assertThat(again.json().get("weights_sha256"))
        .isEqualTo(RunFolders.result(run).get("weights_sha256"));

    Path kept = folder.resolve("kept");
    ok(Shell.run("reproduce", run, "--out", kept));
    assertThat(RunFolders.metrics(kept)).isEqualTo(RunFolders.metrics(run));
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper2018", "scipy-lung", "tutorial-2019", "tutorial-2020", "klear"})
  void everyPresetIsReproduced(String preset) throws IOException {
    Path run = folder.resolve("run");
    ok(train(run, "--preset", preset, "--checkpoint-every", "never", "--epochs", "2"));
    ok(Shell.run("reproduce", run, "--quiet"));
  }

  @Test
  void otherBitsAreExitCode6AndSayWhere() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run));
    Path config = run.resolve("config.yaml");
    Files.writeString(config, Files.readString(config).replaceFirst("lr: \\S+", "lr: 0.11"));

    Done done = Shell.run("reproduce", run);
    assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(done.out()).contains("differ", "in epoch 1");
  }

  @Test
  void aRunThatIsNotCompleteIsNotReproduced() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run));
    killedAfter(run, 5);
    assertThat(Shell.run("reproduce", run).errors())
        .singleElement()
        .asString()
        .contains("not complete", "rewire resume");
  }

  @Test
  void patienceEndsTheRunAndTheBestModelIsKept() throws IOException {
    Path run = folder.resolve("run");
    Done done = train(run, "--lr", "0", "--patience", "2", "--epochs", "50");
    ok(done);
    assertThat(done.json().get("epochs").asInt()).isEqualTo(3);
    assertThat(done.json().get("stopped_early").asBoolean()).isTrue();
    assertThat(done.json().get("best_epoch").asInt()).isEqualTo(1);
    var best = Shell.run("evaluate", run.resolve("best.safetensors"), "--json").json();
    assertThat(best.get("test_accuracy").asDouble())
        .isEqualTo(done.json().get("test_accuracy").asDouble());
    ok(Shell.run("reproduce", run));
  }

  /**
   * With the last patience alone the run would have ended earlier, or in the middle of an epoch.
   */
  @Test
  void aRunThatGotLessPatienceOnItsWayIsReproduced() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run, "--lr", "0", "--patience", "6", "--epochs", "50", "--rule", "static"));
    killedAfter(run, 23);
    ok(Shell.run("resume", run, "--patience", "2", "--monitor", "loss"));
    JsonNode result = RunFolders.result(run);
    assertThat(result.get("steps").asInt()).isEqualTo(25);
    assertThat(result.get("stopped_early").asBoolean()).isTrue();
    assertThat(Files.readString(run.resolve("record.json")))
        .contains("\"training.patience\" : 2", "\"training.monitor\" : \"loss\"");
    ok(Shell.run("reproduce", run));

    Done refused = Shell.run("resume", run);
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.errors())
        .singleElement()
        .asString()
        .contains("ended early, after 5 epochs of 50", "--patience 0");
    ok(Shell.run("resume", run, "--patience", "3"));
    assertThat(RunFolders.result(run).get("steps").asInt()).isEqualTo(25);
    ok(Shell.run("resume", run, "--patience", "6"));
    assertThat(RunFolders.result(run).get("steps").asInt()).isEqualTo(35);
    ok(Shell.run("reproduce", run));
  }

  @Test
  void eventsOutsideOfTheRunAreGoneOnWith() throws IOException {
    Path run = folder.resolve("run");
    Path events = folder.resolve("elsewhere/events");
    ok(train(run, "--tensorboard=" + events));
    killedAfter(run, 8);
    ok(Shell.run("resume", run));
    try (var files = Files.list(events)) {
      assertThat(files).hasSize(2);
    }
    assertThat(run.resolve("tensorboard")).doesNotExist();
  }

  @Test
  void theBestModelIsThatOfItsEpochAlsoAfterAnInterruption() throws IOException {
    Path peace = folder.resolve("peace");
    Path killed = folder.resolve("killed");
    ok(train(peace, "--keep-best", "--monitor", "loss", "--epochs", "8"));
    ok(train(killed, "--keep-best", "--monitor", "loss", "--epochs", "8"));
    killedAfter(killed, 22);
    ok(Shell.run("resume", killed));
    assertThat(Fingerprint.of(ModelFile.read(killed.resolve("best.safetensors"))))
        .isEqualTo(Fingerprint.of(ModelFile.read(peace.resolve("best.safetensors"))));
    int epoch = RunFolders.result(peace).get("best_epoch").asInt();
    assertThat(ModelFile.read(peace.resolve("best.safetensors")).steps()).isEqualTo(5L * epoch);
  }

  @Test
  void neverMeansOnlyAtTheEnd() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run, "--checkpoint-every", "never", "--no-history"));
    assertThat(new RunFolder(run).checkpoints().files()).hasSize(1);
    assertThat(run.resolve("topology.history")).doesNotExist();
    ok(Shell.run("resume", run, "--epochs", "5"));
  }

  @ParameterizedTest
  @CsvSource({
    "--checkpoint-every, sometimes",
    "--keep-checkpoints, 0",
    "--patience, -1",
    "--monitor, luck"
  })
  void wrongWordsAreRefused(String option, String value) {
    Done done = train(folder.resolve("run"), option, value);
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(option);
  }

  /**
   * Files may not grow beyond a size: to the program this is a disk that is full, and it happens in
   * the middle of the run, when the history no longer fits.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsSaidInOneSentence() throws IOException, InterruptedException {
    Path peace = folder.resolve("peace");
    Object[] settings = {
      "--epochs", 40, "--zeta", 0.9, "--epsilon", 3, "--checkpoint-every", "1epoch", "--quiet"
    };
    ok(train(peace, settings));
    long checkpoint = Files.size(new RunFolder(peace).checkpoints().files().getFirst());
    long history = Files.size(peace.resolve("topology.history"));
    assertThat(history).isGreaterThan(checkpoint * 3 / 2);
    Path run = folder.resolve("run");
    String command = String.join(" ", ChildProcess.command(words(run, settings)));
    long kilobytes = (checkpoint + history) / 2 / 1024;
    Process process =
        new ProcessBuilder("bash", "-c", "ulimit -f " + kilobytes + "; exec " + command).start();
    String said =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("rewire: "))
            .reduce("", (all, line) -> all + line);
    assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.DATA);
    assertThat(said)
        .contains(run.toString(), "File too large", "last checkpoint is whole", "rewire resume");

    // there is room again
    ok(Shell.run("resume", run, "--quiet"));
    RunFolders.assertSame(run, peace);
  }

  @Test
  void aFolderThatCannotBeWrittenToIsSaidInOneSentence() throws IOException {
    Path run = folder.resolve("run");
    ok(train(run));
    killedAfter(run, 5);
    // a folder has the name of the file that an epoch is written to
    Files.delete(run.resolve("model.safetensors"));
    Files.createDirectories(run.resolve("model.safetensors/in-the-way"));
    Done done = Shell.run("resume", run, "--quiet");
    assertThat(done.code()).isEqualTo(ExitCode.DATA);
    assertThat(done.errors())
        .singleElement()
        .asString()
        .contains(run.toString(), "cannot be written to", "last checkpoint is whole");
    assertThat(Checkpoint.read(new RunFolder(run).checkpoints().files().getFirst())).isNotNull();
  }
}
