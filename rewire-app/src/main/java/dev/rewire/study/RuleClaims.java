package dev.rewire.study;

import static dev.rewire.study.Measure.TEST_ACCURACY;

import java.util.ArrayList;
import java.util.List;

/** Which rule is better than which, as papers say. */
final class RuleClaims {
  private RuleClaims() {}

  static List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    for (String density : List.of("0.01", "0.02", "0.03")) {
      claims.add(
          better(
              "sparse momentum at " + density,
              "Sparse momentum is better than SET at density %s.".formatted(density),
              "lenet-snfs-" + density,
              "lenet-set-" + density,
              100,
              0));
    }
    claims.add(
        better("rigl", "RigL is better than SET on MNIST.", "wide-rigl", "wide-set", 100, 0));
    claims.add(
        better(
            "rigl, fashion",
            "RigL is better than SET on Fashion-MNIST.",
            "wide-fashion-rigl",
            "wide-fashion-set",
            100,
            0));
    claims.add(
        better(
            "set, paper",
            "SET is better than its fixed topology, by 0.3 points or more, in the MLP of its paper.",
            "paper-set",
            "paper-static",
            500,
            .003));
    claims.add(
        better(
            "set, dense",
            "SET is at most half a point behind the dense net in the tutorial of 2019.",
            "tutorial-2019-set",
            "tutorial-2019-dense",
            400,
            -.005));
    claims.add(
        better(
            "dense, fixed",
            "The dense net is better than the fixed topology in the tutorial of 2019.",
            "tutorial-2019-dense",
            "tutorial-2019-static",
            400,
            0));
    return claims;
  }

  /** The accuracy of one arm is above that of another by more than a margin, seed by seed. */
  private static Claim better(
      String id, String words, String arm, String other, int epoch, double margin) {
    return new Claim(
        id,
        words,
        margin == 0
            ? "the test accuracy of %s is above that of %s".formatted(arm, other)
            : "the test accuracy of %s is at least that of %s %s %.1f points"
                .formatted(arm, other, margin > 0 ? "plus" : "minus", 100 * Math.abs(margin)),
        evidence ->
            Point.perSeed(
                evidence,
                List.of(
                    new Point(arm, epoch, TEST_ACCURACY), new Point(other, epoch, TEST_ACCURACY)),
                values -> margin == 0 ? values[0] > values[1] : values[0] >= values[1] + margin));
  }
}
