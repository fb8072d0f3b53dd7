package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;

/**
 * The soft removal of CHTs (Zhang et al. 2024): {@code floor(fraction * connections)} go, and those
 * that stay are drawn without replacement, in proportion to a power of their absolute weight.
 *
 * @param power of the absolute weight, 0 or more: 0 for chance alone, the paper lets it rise from 1
 *     to 3 in the course of training
 */
public record SoftMagnitudeDrop(double power) implements DropRule {
  /** Between the ends of the paper. */
  public static final SoftMagnitudeDrop DEFAULT = new SoftMagnitudeDrop(2);

  /** Checks the number. */
  public SoftMagnitudeDrop {
    if (!(power >= 0 && Double.isFinite(power))) {
      throw new IllegalArgumentException("the power of the weight must be 0 or more: " + power);
    }
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    Floats scores = situation.scores();
    Floats weight = situation.layer().weight();
    long key = situation.key();
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        double uniform = (RandomStreams.mix(key + e) >>> 11) * 0x1p-53 + 0x1p-54;
        // The logarithm of weight^power / exponential: the largest of them are the draw.
        double log = power == 0 ? 0 : power * StrictMath.log(Math.abs(weight.get(e)));
        scores.set(e, (float) (log - StrictMath.log(-StrictMath.log(uniform))));
      }
    });
    situation.markSmallest(scores, (int) (fraction * situation.connections()));
  }
}
