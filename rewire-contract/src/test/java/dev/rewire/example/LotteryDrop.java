package dev.rewire.example;

import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.DropSituation;
import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;

/**
 * Drops connections by lottery; a weight has as many lots as it is weak.
 *
 * @param mercy 0 to 1: how much the weight counts, 0 for chance alone
 */
public record LotteryDrop(float mercy) implements DropRule {
  /** Checks the range. */
  public LotteryDrop {
    if (!(mercy >= 0 && mercy <= 1)) {
      throw new IllegalArgumentException("mercy must be 0 to 1: " + mercy);
    }
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    Floats weight = situation.layer().weight();
    Floats scores = situation.scores();
    long key = situation.key();
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        float chance = (RandomStreams.mix(key + e) >>> 40) * 0x1p-24f;
        scores.set(e, (1 - mercy) * chance + mercy * Math.abs(weight.get(e)));
      }
    });
    situation.markSmallest(scores, (int) (fraction * situation.connections()));
  }
}
