package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StudyCommandTest {
  private static final String ARMS = "decay-0,decay-1e-2";

  @TempDir Path temp;

  private Done study(Object... more) {
    return studyIn(out(), more);
  }

  private static Done studyIn(Path folder, Object... more) {
    Object[] fixed = {"study", "regularization", "digits", "--threads", "1", "--out", folder};
    Object[] words = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return Shell.run(words);
  }

  private Path out() {
    return temp.resolve("study");
  }

  private Path run(String name) {
    return out().resolve(name);
  }

  @Test
  void runsAreDoneOnceAndMadeLongerAndReadAtAnyEpoch() throws IOException {
    Done two = study("--only", ARMS, "--seeds", "1..2", "--epochs", "2", "--json");

    assertThat(two.code()).as(two.err()).isZero();
    JsonNode json = two.json();
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("runs")).hasSize(4);
    assertThat(json.get("readings")).hasSize(4);
    assertThat(json.get("readings").get(0).get("epoch").asInt()).isEqualTo(2);
    assertThat(json.get("readings").get(0).get("trend")).hasSize(14);
    assertThat(two.err()).contains("[4/4]");

    // nothing is left to be done
    Done again = study("--only", ARMS, "--seeds", "1..2", "--epochs", "2", "--json");
    assertThat(again.err()).contains("4 of them are finished already").doesNotContain("[");
    assertThat(again.json().get("readings")).isEqualTo(json.get("readings"));

    List<String> before = Files.readAllLines(run("weight_decay-0_seed-1").resolve("metrics.jsonl"));
    Done four = study("--only", "decay-0", "--seeds", "1", "--epochs", "4", "--json");
    assertThat(four.code()).as(four.err()).isZero();
    List<String> after = Files.readAllLines(run("weight_decay-0_seed-1").resolve("metrics.jsonl"));
    assertThat(after).hasSize(4);
    assertThat(after.subList(0, 2)).isEqualTo(before);

    Path alone = temp.resolve("alone");
    Shell.run(
        "train",
        "digits",
        "--preset",
        "klear",
        "--seed",
        "1",
        "--epochs",
        "4",
        "--threads",
        "1",
        "--quiet",
        "--out",
        alone);
    assertThat(weights(run("weight_decay-0_seed-1"))).isEqualTo(weights(alone));

    // a run that is longer than what is asked for serves as well
    Done short2 = study("--only", "decay-0", "--seeds", "1", "--epochs", "2");
    assertThat(short2.code()).as(short2.err()).isZero();
    assertThat(short2.err()).contains("1 of them are finished already");
  }

  @Test
  void thePageSaysWhatIsMissingAndNeedsNothingElse() throws IOException {
    Done done = study("--only", "decay-0", "--seeds", "1", "--epochs", "1");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("published numbers reached", "open", "study.html");
    // the rest of the study is asked for, and only its page is written
    Done page = study("--only", "published", "--seeds", "1", "--page");
    assertThat(page.code()).isEqualTo(ExitCode.INTERRUPTED);
    String html = Files.readString(out().resolve("study.html"));
    assertThat(html)
        .contains("What is missing", "<svg", "Heat map of connections", "no run yet", "0.0796")
        .doesNotContain("<script", "http:", "https:", "NaN");
    assertThat(Files.readString(out().resolve("study.md"))).contains("| A1 |", "## Claims");
    assertThat(Files.readAllLines(out().resolve("study.csv"))).hasSize(2);
    assertThat(out().resolve("weight_decay-0.01_seed-1")).doesNotExist();
  }

  @Test
  void anUnfinishedRunGoesOn() throws IOException {
    assertThat(study("--only", "decay-0", "--seeds", "1", "--epochs", "2").code()).isZero();
    Path run = run("weight_decay-0_seed-1");
    Files.delete(run.resolve("result.json"));
    String record = Files.readString(run.resolve("record.json"));

    Done again = study("--only", "decay-0", "--seeds", "1", "--epochs", "3");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(3);
    assertThat(Files.readString(run.resolve("record.json"))).isNotEqualTo(record);
  }

  @Test
  void aStudyMayBeMovedWithRunsThatBeginWithOthers() throws IOException {
    String arms = "decay-0,frozen-decay-0-0";
    Done first = study("--only", arms, "--seeds", "1", "--epochs", "1");
    assertThat(first.code()).as(first.err()).isZero();

    Path moved = temp.resolve("elsewhere").resolve("study");
    Files.createDirectory(moved.getParent());
    Files.move(out(), moved);
    Done again = studyIn(moved, "--only", arms, "--seeds", "1", "--epochs", "2");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(out()).doesNotExist();
    try (Stream<Path> runs = Files.list(moved)) {
      List<Path> metrics =
          runs.map(run -> run.resolve("metrics.jsonl")).filter(Files::exists).toList();
      assertThat(metrics).hasSize(2);
      for (Path file : metrics) {
        assertThat(Files.readAllLines(file)).hasSize(2);
      }
    }
  }

  @Test
  void rulesAreComparedOnOtherDataToo() {
    Done done =
        Shell.run(
            "study",
            "rules",
            "digits",
            "--only",
            "lenet-set-0.1,lenet-snfs-0.1",
            "--seeds",
            "1",
            "--epochs",
            "2",
            "--out",
            out(),
            "--json");

    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();
    assertThat(json.get("facts").get("data").asString()).isEqualTo("digits");
    assertThat(json.get("readings")).hasSize(2);
    // a tenth of 784 x 300 + 300 x 100 + 100 x 10 cells
    assertThat(json.get("readings").get(0).get("connections").asInt()).isEqualTo(26_620);
    assertThat(out().resolve("study.html")).exists();
  }

  @Test
  void listTellsWithoutTraining() {
    Done done = study("--list");

    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("published:", "decay-1e-3", "1000");
    assertThat(out()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "study nothing | there is no study 'nothing': there is regularization, rules",
        "study regularization --only decay-7 | --only decay-7 is no section and no arm",
        "study regularization --epochs 0 | --epochs must be 1 or more",
        "study regularization --seeds x | --seeds must be whole numbers"
      })
  void wrongOptions(String typed, String words) {
    Done done = Shell.run((Object[]) typed.split(" "));

    assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(words);
  }

  private static String weights(Path run) throws IOException {
    return Files.readString(run.resolve("result.json"))
        .replaceAll("(?s).*\"weights_sha256\":\"([0-9a-f]+)\".*", "$1");
  }
}
