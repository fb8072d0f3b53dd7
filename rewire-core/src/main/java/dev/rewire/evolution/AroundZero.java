package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What lies around zero where weights are sorted. NaN is nowhere.
 *
 * @param negative how many weights are below zero
 * @param zeros how many are zero
 * @param below distance of the nearest one below zero, infinite if there is none
 * @param tiesBelow how many are as near
 * @param above distance of the nearest one above zero, infinite if there is none
 * @param tiesAbove how many are as near
 */
record AroundZero(int negative, int zeros, float below, int tiesBelow, float above, int tiesAbove) {
  static AroundZero of(DropSituation situation, Floats weight) {
    var all =
        new AtomicReference<>(
            new AroundZero(0, 0, Float.POSITIVE_INFINITY, 0, Float.POSITIVE_INFINITY, 0));
    situation.inParts((from, to) -> all.accumulateAndGet(of(weight, from, to), AroundZero::and));
    return Objects.requireNonNull(all.get());
  }

  private static AroundZero of(Floats weight, int from, int to) {
    int negative = 0;
    int zeros = 0;
    float below = Float.POSITIVE_INFINITY;
    float above = Float.POSITIVE_INFINITY;
    int tiesBelow = 0;
    int tiesAbove = 0;
    for (int e = from; e < to; e++) {
      float here = weight.get(e);
      float distance = Math.abs(here);
      if (!(distance > 0)) {
        zeros += distance == 0 ? 1 : 0;
        continue;
      }
      // Without a branch: signs lie at random. The rest is rare.
      negative += Float.floatToRawIntBits(here) >>> 31;
      if (distance <= Math.max(below, above)) {
        if (here < 0) {
          tiesBelow = distance < below ? 1 : tiesBelow + (distance == below ? 1 : 0);
          below = Math.min(below, distance);
        } else {
          tiesAbove = distance < above ? 1 : tiesAbove + (distance == above ? 1 : 0);
          above = Math.min(above, distance);
        }
      }
    }
    return new AroundZero(negative, zeros, below, tiesBelow, above, tiesAbove);
  }

  private AroundZero and(AroundZero other) {
    float nearBelow = Math.min(below, other.below);
    float nearAbove = Math.min(above, other.above);
    return new AroundZero(
        negative + other.negative,
        zeros + other.zeros,
        nearBelow,
        (below == nearBelow ? tiesBelow : 0) + (other.below == nearBelow ? other.tiesBelow : 0),
        nearAbove,
        (above == nearAbove ? tiesAbove : 0) + (other.above == nearAbove ? other.tiesAbove : 0));
  }
}
