package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CompareRulesCommandTest {
  @TempDir static Path shared;
  private static Path table;

  @TempDir Path temp;

  @BeforeAll
  static void write() throws IOException {
    table = Samples.table(shared.resolve("pets.csv"), 120);
  }

  private static Done contest(Object... more) {
    Object[] fixed = {
      "compare-rules",
      table,
      "--hidden",
      "40,30",
      "--epsilon",
      "2",
      "--epochs",
      "6",
      "--batch",
      "16"
    };
    Object[] words = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return Shell.run(words);
  }

  private static Done train(String rule, Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", table, "--rule", rule, "--out", out));
    words.addAll(List.of("--hidden", "9", "--epochs", "2"));
    words.addAll(List.of(more));
    return Shell.run(words.toArray());
  }

  private static JsonNode setting(JsonNode json, int number) {
    return json.get("settings").get(number).get("setting");
  }

  private static JsonNode run(JsonNode json, int number) {
    return json.get("runs").get(number).get("result");
  }

  @Test
  void aNarrowDenseNetworkOfAsManyParametersIsAlwaysAmongThem() {
    Done done =
        contest("--rules", "set,static", "--seeds", "1..2", "--out", temp.resolve("a"), "--json");

    assertThat(done.code()).as(done.err()).isZero();
    JsonNode json = done.json();
    assertThat(json.get("settings")).hasSize(3);
    assertThat(setting(json, 2).get("network.density").asString()).isEqualTo("1");
    long sparse = run(json, 0).get("connections").asLong() + 40 + 30;
    long dense = run(json, 4).get("connections").asLong();
    // One neuron more in the first layer would be too much.
    assertThat(dense).isBetween(sparse / 2, sparse);
    assertThat(run(json, 4).get("sparsity").asDouble()).isZero();
    assertThat(json.get("comparisons")).hasSize(3);
  }

  @Test
  void operationsAreEqual() {
    JsonNode json =
        contest(
                "--rules",
                "static,dense",
                "--budget",
                "flops",
                "--out",
                temp.resolve("b"),
                "--json")
            .json();

    assertThat(run(json, 0).get("epochs").asInt()).isEqualTo(6);
    double budget = run(json, 0).get("flops_training").asDouble();
    for (int number = 1; number < 3; number++) {
      double flops = run(json, number).get("flops_training").asDouble();
      double epochs = run(json, number).get("epochs").asDouble();
      // Half an epoch at most, or the one that is the least.
      assertThat(Math.abs(flops - budget) <= 0.5001 * flops / epochs || epochs == 1)
          .as("%s operations in %s epochs", flops, epochs)
          .isTrue();
    }
    assertThat(run(json, 1).get("epochs").asInt()).isLessThan(6);
  }

  /** GraNet is due every 1,000 steps: whoever compares it here compares a static network. */
  @Test
  void aRuleThatIsNeverDueIsNamed() throws IOException {
    Path out = temp.resolve("still");
    Done done = contest("--rules", "set,granet,static", "--out", out);
    assertThat(done.code()).as(done.err()).isZero();
    String note = "No connection has moved in any run of granet, so that these are static networks";
    assertThat(done.out()).contains(note);
    assertThat(Files.readString(out.resolve("sweep.md"))).contains(note);
    assertThat(Files.readString(out.resolve("sweep.html"))).contains(note);
    Done alone = train("granet", temp.resolve("alone"), "--density", "0.5");
    assertThat(alone.out()).contains("no connection has moved in", "see --when");
    Done told = train("granet", temp.resolve("told"), "--json");
    assertThat(told.json().get("never_rewired").asBoolean()).isTrue();
    assertThat(told.json().get("rewired").asLong()).isZero();
    Done dense = train("set", temp.resolve("dense"), "--density", "1");
    assertThat(dense.out()).contains("too dense for it, see rewiring.max_density");
    Done moves = train("set", temp.resolve("moves"), "--density", "0.5", "--json");
    assertThat(moves.json().get("never_rewired").asBoolean()).isFalse();
    assertThat(moves.json().get("rewired").asLong()).isPositive();
  }

  @Test
  void aContestIsGoneOnWithByTheSameEpochs() throws IOException {
    Path out = temp.resolve("c");
    Object[] words = {"--rules", "set", "--budget", "seconds", "--seeds", "1", "--out", out};
    assertThat(contest(words).code()).isZero();
    String budget = Files.readString(out.resolve("budget.json"));
    words[5] = "1..2";
    Done again = contest(words);

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("2 of them are finished already");
    assertThat(Files.readString(out.resolve("budget.json"))).isEqualTo(budget);
    assertThat(Files.readString(out.resolve("sweep.md"))).contains("| narrow-dense | 2 |");
  }

  @Test
  void rulesThatThereAreNot() {
    assertThat(contest("--rules", "set,sit").code()).isEqualTo(ExitCode.USAGE);
    assertThat(contest("--rules", "set,sit").errors())
        .singleElement()
        .asString()
        .contains("sit", "narrow-dense");
    assertThat(contest("--rules", "set,set").errors()).singleElement().asString().contains("twice");
    assertThat(contest("--rule", "set").errors()).singleElement().asString().contains("--rules");
  }
}
