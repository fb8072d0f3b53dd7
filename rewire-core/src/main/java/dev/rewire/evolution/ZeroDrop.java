package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import java.util.concurrent.atomic.LongAdder;

/**
 * Weights that are exactly 0, as a proximal penalty leaves them: {@code floor(fraction * zeros)} of
 * them, those with the lowest numbers first.
 */
public record ZeroDrop() implements DropRule {
  @Override
  public void choose(DropSituation situation, double fraction) {
    Floats weight = situation.layer().weight();
    LongAdder zeros = new LongAdder();
    situation.inParts((from, to) -> zeros.add(zeros(weight, from, to)));
    int count = (int) (fraction * zeros.sum());
    if (count > 0) {
      // Nothing is nearer to 0.
      situation.markNearestToZero(weight, count);
    }
  }

  /** Counts zeros of both signs. */
  static int zeros(Floats values, int from, int to) {
    int zeros = 0;
    for (int e = from; e < to; e++) {
      zeros += values.get(e) == 0 ? 1 : 0;
    }
    return zeros;
  }
}
