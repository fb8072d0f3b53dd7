package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.cli.Shell.Done;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rounds of pruning and rewinding. */
class LotteryCommandTest {
  @TempDir static Path shared;
  private static Path digits;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    digits = Samples.digits(shared.resolve("digits"), 300, 100);
  }

  private Done lottery(String out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("lottery", digits, "--quiet", "--batch", "60"));
    words.addAll(List.of("--hidden", "24,12", "--seed", "4"));
    words.addAll(List.of("--out", folder.resolve(out), "--set", "training.epochs=1"));
    words.addAll(List.of(more));
    return Shell.run(words.toArray());
  }

  private Network model(String path) throws IOException {
    return ModelFile.read(folder.resolve(path));
  }

  private static int[] connections(Network network) {
    return network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
  }

  @Test
  void ticketsHaveTheirFirstWeightsAndControlsAsManyConnections() throws IOException {
    Done done = lottery("all", "--rounds", "2", "--keep", "50%", "--controls", "--json");
    assertThat(done.code()).as(done.err()).isZero();
    Network first = model("all/tickets/initial.safetensors");
    Network trained = model("all/round-0/model.safetensors");
    int[] dense = connections(first);
    assertThat(first.sparsity()).isZero();
    assertThat(Fingerprint.of(first)).isNotEqualTo(Fingerprint.of(trained));

    Network before = first;
    for (int round = 1; round <= 2; round++) {
      Network ticket = model("all/tickets/round-" + round + ".safetensors");
      int[] expected = {
        (int) Math.rint(0.5 * connections(before)[0]),
        (int) Math.rint(0.5 * connections(before)[1]),
        (int) Math.rint(0.75 * connections(before)[2])
      };
      assertThat(connections(ticket)).isEqualTo(expected);
      SparseLayer layer = ticket.layers().get(1);
      for (int e = 0; e < layer.topology().rowStart().get(1); e++) {
        int place = first.layers().get(1).topology().find(layer.topology().column().get(e), 0);
        assertThat(layer.weight().get(e)).isEqualTo(first.layers().get(1).weight().get(place));
      }
      Network retrained = model("all/round-%d/model.safetensors".formatted(round));
      assertSameConnections(retrained, ticket);
      Network again = model("all/round-%d-random-init/model.safetensors".formatted(round));
      assertSameConnections(again, ticket);
      Network elsewhere = model("all/round-%d-random-topology/model.safetensors".formatted(round));
      assertThat(connections(elsewhere)).isEqualTo(connections(ticket));
      assertThat(elsewhere.layers().getFirst().topology().column().toArray())
          .isNotEqualTo(ticket.layers().getFirst().topology().column().toArray());
      before = ticket;
    }
    JsonNode json = done.json();
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("rounds")).hasSize(3);
    JsonNode last = json.get("rounds").get(2);
    assertThat(last.get("density").asDouble()).isBetween(0.24, 0.3);
    assertThat(last.get("random-init").isNumber()).isTrue();
    assertThat(json.get("rounds").get(0).get("random-init").isNull()).isTrue();
    assertThat(Files.readString(folder.resolve("all/lottery.csv")).lines()).hasSize(4);
    assertThat(Files.readString(folder.resolve("all/lottery.md"))).contains("| round |");
    assertThat(Files.readString(folder.resolve("all/lottery.html"))).contains("<svg", "ticket");
    assertThat(dense[0]).isGreaterThan(connections(before)[0] * 3);
  }

  private static void assertSameConnections(Network one, Network other) {
    for (SparseLayer layer : one.layers()) {
      assertThat(layer.topology().column().toArray())
          .isEqualTo(other.layers().get(layer.index()).topology().column().toArray());
    }
  }

  @Test
  void finishedRoundsAreSkippedAndMoreCanBeAdded() throws IOException {
    assertThat(lottery("more", "--rounds", "1").code()).isZero();
    Path model = folder.resolve("more/round-1/model.safetensors");
    FileTime written = Files.getLastModifiedTime(model);
    Done done = lottery("more", "--rounds", "2");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("round", "density", "lottery.html");
    assertThat(Files.getLastModifiedTime(model)).isEqualTo(written);
    assertThat(lottery("all", "--rounds", "2").code()).isZero();
    assertThat(Fingerprint.of(model("more/round-2/model.safetensors")))
        .isEqualTo(Fingerprint.of(model("all/round-2/model.safetensors")));
    assertThat(Files.readString(folder.resolve("more/lottery.csv")))
        .isEqualTo(Files.readString(folder.resolve("all/lottery.csv")));
  }

  @Test
  void unfinishedRoundsGoOnAndRoundsAreReproduced() throws IOException {
    assertThat(lottery("cut", "--rounds", "1", "--epochs=2").code()).isZero();
    Path round = folder.resolve("cut/round-1");
    String whole = Fingerprint.of(model("cut/round-1/model.safetensors"));
    assertThat(Shell.run("reproduce", round, "--quiet").code()).isZero();
    // as if it had been interrupted after its first epoch
    Files.delete(round.resolve("result.json"));
    try (Stream<Path> checkpoints = Files.list(round.resolve("checkpoints"))) {
      List<Path> files = checkpoints.sorted().toList();
      assertThat(files).hasSizeGreaterThan(1);
      Files.delete(files.getLast());
    }
    assertThat(lottery("cut", "--rounds", "1", "--epochs=2").code()).isZero();
    assertThat(Fingerprint.of(model("cut/round-1/model.safetensors"))).isEqualTo(whole);
    assertThat(Files.readString(round.resolve("record.json"))).contains("\"step\"");
  }

  /** The values of a step are those that the first round had there. */
  @Test
  void rewindsToALaterStep() throws IOException {
    Done done = lottery("late", "--rounds", "1", "--rewind-to", "3");
    assertThat(done.code()).as(done.err()).isZero();
    Network initial = model("late/tickets/initial.safetensors");
    assertThat(initial.steps()).isEqualTo(3);
    assertThat(model("late/tickets/round-1.safetensors").steps()).isEqualTo(3);
    assertThat(model("late/round-1/model.safetensors").steps()).isEqualTo(5);
    for (String step : List.of("5", "6")) {
      Done behind = lottery("behind" + step, "--rounds", "1", "--rewind-to", step);
      assertThat(behind.code()).isEqualTo(ExitCode.USAGE);
      assertThat(behind.errors())
          .singleElement()
          .asString()
          .contains("--rewind-to " + step, "5 steps");
    }
  }

  /** Behind the moment that is rewound to nothing is learned, and so nothing changes. */
  @Test
  void schedulesGoOnAtTheStepThatIsRewoundTo() throws IOException {
    Object[] rounds = {"--rounds", "1", "--epochs", "2", "--lr", "0.1 until 1 then 0"};
    List<Object> late = new ArrayList<>(List.of(rounds));
    late.addAll(List.of("--rewind-to", "5"));
    Done done = lottery("late", late.toArray());
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(Fingerprint.of(model("late/round-1/model.safetensors")))
        .isEqualTo(Fingerprint.of(model("late/tickets/round-1.safetensors")));
    assertThat(Files.readAllLines(folder.resolve("late/round-1/metrics.jsonl")))
        .singleElement()
        .asString()
        .startsWith("{\"epoch\":2,\"step\":10,");
    Done again = Shell.run("reproduce", folder.resolve("late/round-1"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(lottery("early", rounds).code()).isZero();
    assertThat(Fingerprint.of(model("early/round-1/model.safetensors")))
        .isNotEqualTo(Fingerprint.of(model("early/tickets/round-1.safetensors")));
  }

  @Test
  void whatCannotBeDoneIsSaidInOneSentence() {
    refused(lottery("a", "--rule", "set"), "leave --rule out");
    refused(lottery("b", "--from", "x"), "leave --from out");
    refused(lottery("c", "--keep", "1"), "--keep must be");
    refused(lottery("d", "--rounds", "0"), "--rounds must be");
    refused(lottery("n", "--compact"), "leave pruning.compact out");
    assertThat(lottery("e", "--rounds", "1").code()).isZero();
    refused(lottery("e", "--rounds", "1", "--keep", "70%"), "other shares");
  }

  private static void refused(Done done, String reason) {
    assertThat(done.code()).isEqualTo(ExitCode.USAGE);
    assertThat(done.errors()).singleElement().asString().contains(reason);
  }
}
