package dev.rewire.cli;

import dev.rewire.config.Range;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a lottery is held. */
final class LotteryOptions {
  private static final double KEEP = 0.8;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of pruning after the first training (default: ${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(
      names = "--keep",
      paramLabel = "P",
      description =
          "Share of its connections that each layer keeps in a round (default: 80%%); the output"
              + " layer loses half as much, as in the paper.")
  @Nullable String keep;

  @Option(
      names = "--rewind-to",
      paramLabel = "STEP",
      description =
          "Go back to the values after so many steps of the first training, and go on there, also"
              + " with the schedules of rate and decay (default: 0, those that were drawn).")
  long rewindTo;

  @Option(
      names = "--controls",
      description =
          "Train in each round two more networks: random-init, the connections of the ticket with"
              + " new weights, and random-topology, as many connections elsewhere.")
  boolean controls;

  void check() {
    Limit.AT_LEAST_1.check("--rounds", rounds);
    Limit.NOT_NEGATIVE.check("--rewind-to", rewindTo);
    keep();
  }

  double keep() {
    Double share = Share.of("--keep", keep, Range.INSIDE);
    return share == null ? KEEP : share;
  }

  double keepOutputs() {
    return (1 + keep()) / 2;
  }

  long step() {
    return rewindTo;
  }
}
