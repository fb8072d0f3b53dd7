package dev.rewire.study;

import static dev.rewire.study.Measure.TEST_ACCURACY;
import static dev.rewire.study.Measure.TEST_LOSS;
import static dev.rewire.study.Measure.TRAIN_LOSS;
import static dev.rewire.study.RegularizationStudy.EARLY;
import static dev.rewire.study.RegularizationStudy.LONG;
import static dev.rewire.study.RegularizationStudy.SHORT;
import static dev.rewire.study.RegularizationStudy.WITHOUT;

import dev.rewire.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What the write-up of anhinga/synapses, {@code regularization.md}, says; each with its test. */
final class RegularizationClaims {
  private static final double POSITIVE = 1.03;
  private static final double NEGATIVE = 0.97;
  private static final String MILD = "decay-1e-3";
  private static final String STRONG = "decay-1e-2";
  private static final String WEAK = "decay-1e-4";

  private RegularizationClaims() {}

  static List<Claim> all() {
    List<Claim> claims = new ArrayList<>(signs());
    claims.addAll(orders());
    claims.addAll(explanation());
    claims.addAll(learning());
    return claims;
  }

  private static List<Claim> signs() {
    return List.of(
        claim(
            "neutral at first",
            "Without decay topology learning is neutral after 155 epochs.",
            "r lies between 0.97 and 1.03",
            List.of(Point.ratio(WITHOUT, SHORT)),
            r -> r[0] >= NEGATIVE && r[0] <= POSITIVE),
        claim(
            "negative in the end",
            "Without decay it is negative after 718 and 1000 epochs.",
            "r is below 0.97 at both",
            List.of(Point.ratio(WITHOUT, 718), Point.ratio(WITHOUT, LONG)),
            r -> r[0] < NEGATIVE && r[1] < NEGATIVE),
        claim(
            "decay 1e-3 is positive",
            "With decay 1e-3 it is positive after 155 epochs.",
            "r is above 1.03",
            List.of(Point.ratio(MILD, SHORT)),
            r -> r[0] > POSITIVE),
        claim(
            "and weakens",
            "With decay 1e-3 it is still positive after 1000 epochs, but weaker than after 155.",
            "r is above 1.03 after 1000 epochs and lower than after 155",
            List.of(Point.ratio(MILD, SHORT), Point.ratio(MILD, LONG)),
            r -> r[1] > POSITIVE && r[1] < r[0]),
        claim(
            "decay 1e-2 is positive",
            "With decay 1e-2 it is positive after 1000 epochs.",
            "r is above 1.03",
            List.of(Point.ratio(STRONG, LONG)),
            r -> r[0] > POSITIVE),
        first("decay-1e-5"),
        first(WEAK),
        claim(
            "EvolNet without decay",
            "With evolution within the epoch (p = 0.1) and without decay it is strongly negative"
                + " after 450 epochs.",
            "r is below 0.9",
            List.of(Point.ratio("evolnet-.1", RegularizationStudy.EVOLNET_LONG)),
            r -> r[0] < 0.9),
        claim(
            "EvolNet with decay",
            "With decay 1e-3 it is neutral there.",
            "r lies between 0.97 and 1.03",
            List.of(Point.ratio("evolnet-.1-1e-3", RegularizationStudy.EVOLNET_LONG)),
            r -> r[0] >= NEGATIVE && r[0] <= POSITIVE));
  }

  private static Claim first(String arm) {
    return claim(
        arm + " turns",
        "With %s it is slightly positive first and negative later."
            .formatted(arm.replace('-', ' ').replace("1e ", "1e-")),
        "r is above 1 after %d epochs and below 0.97 after 1000".formatted(EARLY),
        List.of(Point.ratio(arm, EARLY), Point.ratio(arm, LONG)),
        r -> r[0] > 1 && r[1] < NEGATIVE);
  }

  /** The order that has to hold whatever the numbers are. */
  private static List<Claim> orders() {
    return List.of(
        claim(
            "order: 1e-2 above 0",
            "Decay 1e-2 has more connections in the centre than no decay.",
            "r(1e-2) > r(0) after 1000 epochs",
            List.of(Point.ratio(STRONG, LONG), Point.ratio(WITHOUT, LONG)),
            r -> r[0] > r[1]),
        claim(
            "order: 1e-3 above 0",
            "Decay 1e-3 has more connections in the centre than no decay.",
            "r(1e-3) > r(0) after 155 and after 1000 epochs",
            List.of(
                Point.ratio(MILD, SHORT),
                Point.ratio(WITHOUT, SHORT),
                Point.ratio(MILD, LONG),
                Point.ratio(WITHOUT, LONG)),
            r -> r[0] > r[1] && r[2] > r[3]),
        claim(
            "order: falling without decay",
            "Without decay the centre loses connections the longer it trains.",
            "r(0) after 1000 epochs is below r(0) after 155",
            List.of(Point.ratio(WITHOUT, LONG), Point.ratio(WITHOUT, SHORT)),
            r -> r[0] < r[1]));
  }

  private static List<Claim> explanation() {
    return List.of(
        claim(
            "half-life: 1e-4 is too slow",
            "The half-life of an unused weight is 739 epochs at decay 1e-4, so 155 epochs show"
                + " little of it; at 1e-3 it is 74 epochs, and they show it.",
            "after 155 epochs r(1e-4) is nearer to r(0) than half of the way to r(1e-3)",
            List.of(
                Point.ratio(WEAK, SHORT), Point.ratio(WITHOUT, SHORT), Point.ratio(MILD, SHORT)),
            r -> r[2] > r[1] && r[0] - r[1] < (r[2] - r[1]) / 2),
        new Claim(
            "half-life: sooner apart",
            "A half-life ten times shorter empties the margin sooner: 7.4 epochs at decay 1e-2, 74"
                + " at 1e-3.",
            "r of decay 1e-2 is 0.03 above r without decay for ten epochs running at an earlier"
                + " epoch than r of decay 1e-3",
            RegularizationClaims::sooner));
  }

  private static Verdict sooner(Evidence evidence) {
    int seeds = 0;
    int holding = 0;
    List<String> words = new ArrayList<>();
    for (Map.Entry<Long, Trajectory> run : evidence.runs(WITHOUT).entrySet()) {
      Trajectory mild = evidence.runs(MILD).get(run.getKey());
      Trajectory strong = evidence.runs(STRONG).get(run.getKey());
      if (mild == null || strong == null) {
        continue;
      }
      OptionalInt first = apart(strong, run.getValue());
      OptionalInt second = apart(mild, run.getValue());
      if (first.isPresent() && second.isPresent()) {
        seeds++;
        holding += first.getAsInt() < second.getAsInt() ? 1 : 0;
        words.add(
            "seed %d: epoch %d with 1e-2, %d with 1e-3"
                .formatted(run.getKey(), first.getAsInt(), second.getAsInt()));
      }
    }
    return Verdict.of(holding, seeds, String.join("; ", words));
  }

  /** The first of ten epochs running in which r is 0.03 above that of another run. */
  private static OptionalInt apart(Trajectory run, Trajectory without) {
    int running = 10;
    int epochs = Math.min(run.epochs(), without.epochs());
    return IntStream.rangeClosed(1, epochs - running + 1)
        .filter(from ->
            IntStream.range(from, from + running)
                .allMatch(epoch -> ratio(run, epoch) >= ratio(without, epoch) + POSITIVE - 1))
        .findFirst();
  }

  private static double ratio(Trajectory run, int epoch) {
    Trajectory.Look look = run.look(epoch);
    return look == null ? Double.NaN : look.trend().centerMeanRatio();
  }

  private static List<Claim> learning() {
    return List.of(
        claim(
            "puzzle",
            "Without decay test loss grows from 155 to 1000 epochs while test accuracy grows too.",
            "both are higher after 1000 epochs than after 155",
            List.of(
                new Point(WITHOUT, SHORT, TEST_LOSS),
                new Point(WITHOUT, LONG, TEST_LOSS),
                new Point(WITHOUT, SHORT, TEST_ACCURACY),
                new Point(WITHOUT, LONG, TEST_ACCURACY)),
            v -> v[1] > v[0] && v[3] > v[2]),
        claim(
            "1e-3 is the best constant",
            "Of the constants 0, 1e-3 and 1e-2, decay 1e-3 has the lowest test loss after 1000"
                + " epochs.",
            "its test loss is below both others",
            List.of(
                new Point(MILD, LONG, TEST_LOSS),
                new Point(WITHOUT, LONG, TEST_LOSS),
                new Point(STRONG, LONG, TEST_LOSS)),
            v -> v[0] < v[1] && v[0] < v[2]),
        claim(
            "1e-2 underfits",
            "Decay 1e-2 underfits: it learns its training samples worse than they could be.",
            "train loss after 1000 epochs is more than twice that of 1e-3, and test loss is no"
                + " higher than train loss",
            List.of(
                new Point(STRONG, LONG, TRAIN_LOSS),
                new Point(MILD, LONG, TRAIN_LOSS),
                new Point(STRONG, LONG, TEST_LOSS)),
            v -> v[0] > 2 * v[1] && v[2] <= v[0]),
        claim(
            "1e-3 overfits late",
            "Decay 1e-3 overfits late.",
            "train loss is below test loss after 1000 epochs, by a greater factor than after 155",
            List.of(
                new Point(MILD, SHORT, TRAIN_LOSS),
                new Point(MILD, SHORT, TEST_LOSS),
                new Point(MILD, LONG, TRAIN_LOSS),
                new Point(MILD, LONG, TEST_LOSS)),
            v -> v[2] < v[3] && v[3] / v[2] > v[1] / v[0]));
  }

  private static Claim claim(
      String id, String words, String rule, List<Point> points, Predicate<double[]> holds) {
    return new Claim(id, words, rule, evidence -> Point.perSeed(evidence, points, holds));
  }
}
