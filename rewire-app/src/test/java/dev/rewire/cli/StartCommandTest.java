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
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Runs whose connections are chosen before the first step. */
class StartCommandTest {
  @TempDir static Path shared;
  private static Path digits;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    digits = Samples.digits(shared.resolve("digits"), 300, 100);
  }

  private Done train(String out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", digits, "--out", folder.resolve(out)));
    words.addAll(List.of("--hidden", "40,30", "--epsilon", "2", "--batch", "60"));
    words.addAll(List.of(more));
    return Shell.run(words.toArray());
  }

  private Network model(String run) throws IOException {
    return ModelFile.read(folder.resolve(run).resolve("model.safetensors"));
  }

  private static void ok(Done done) {
    assertThat(done.code()).as(done.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"snip", "grasp", "synflow"})
  void theChoiceIsRecordedAndMadeAgain(String start) throws IOException {
    Done done = train("run", "--start", start, "--epochs", "2", "--rule", "static");
    ok(done);
    ok(train("random", "--epochs", "2", "--rule", "static"));
    assertThat(done.err()).contains(start + " chose");
    assertThat(Files.readString(folder.resolve("run/config.yaml")))
        .contains("start: \"" + start + "\"");
    assertThat(model("run").connections()).isEqualTo(model("random").connections());
    assertThat(model("run").layers().getFirst().topology().column().toArray())
        .isNotEqualTo(model("random").layers().getFirst().topology().column().toArray());
    ok(Shell.run("reproduce", folder.resolve("run"), "--threads", "3", "--quiet"));
  }

  @Test
  void aLongerRunGoesOn() throws IOException {
    ok(train("long", "--start", "snip", "--epochs", "4", "--quiet"));
    ok(train("short", "--start", "snip", "--epochs", "2", "--quiet"));
    ok(Shell.run("resume", folder.resolve("short"), "--epochs", "4"));
    RunFolders.assertHistoryLeadsToTheModel(folder.resolve("short"));
    ok(Shell.run("reproduce", folder.resolve("short"), "--quiet"));
  }

  @Test
  void networksThatAreTooLargeAreSampled() throws IOException {
    Done done =
        train("few", "--start", "synflow", "--set", "network.start_cells=1000", "--epochs", "1");
    ok(done);
    assertThat(done.err()).contains("ten times as many as stay").contains("1,000 cells");
    ok(Shell.run("reproduce", folder.resolve("few"), "--quiet"));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    ok(train("first", "--epochs", "1", "--quiet"));
    Done both = train("both", "--start", "snip", "--topology-from", folder.resolve("first"));
    assertThat(both.code()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("--start snip chooses connections", "leave one out");
    Done loss = train("loss", "--start", "grasp", "--loss", "multi-margin");
    assertThat(loss.code()).isEqualTo(ExitCode.USAGE);
    assertThat(loss.err()).contains("--start grasp: ", "needs cross-entropy");
    Done unknown = train("unknown", "--start", "snipe");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("snip", "synflow");
    assertThat(folder.resolve("both")).doesNotExist();
    assertThat(folder.resolve("loss")).doesNotExist();
  }

  @Test
  void sparseSamples() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < 200; r++) {
      int first = r % 2 * 20 + random.nextInt(1, 20);
      text.append("%d %d:1 %d:2%n".formatted(r % 2, first, 50 + random.nextInt(300)));
    }
    Path words = Files.writeString(folder.resolve("words.libsvm"), text);
    for (String start : List.of("snip", "grasp")) {
      Path out = folder.resolve(start);
      ok(
          Shell.run(
              "train",
              words,
              "--start",
              start,
              "--hidden",
              "50",
              "--epsilon",
              "3",
              "--epochs",
              "1",
              "--out",
              out,
              "--quiet"));
      ok(Shell.run("reproduce", out, "--quiet"));
    }
  }

  @Test
  void contests() {
    Done done =
        Shell.run(
            "compare-rules",
            digits,
            "--rules",
            "static,snip,grasp",
            "--hidden",
            "30",
            "--epsilon",
            "2",
            "--epochs",
            "2",
            "--seeds",
            "1..2",
            "--budget",
            "flops",
            "--json",
            "--out",
            folder.resolve("contest"));
    ok(done);
    JsonNode settings = done.json().get("settings");
    assertThat(settings.get(1).get("setting").get("network.start").asString()).isEqualTo("snip");
    assertThat(settings.get(1).get("setting").get("rewiring.rule").asString()).isEqualTo("static");
  }

  @Test
  void theListOfRulesHasThem() {
    Done done = Shell.run("rules");
    ok(done);
    assertThat(done.out()).contains("snip", "Lee et al. 2019", "Wang et al.", "Tanaka et al.");
  }
}
