package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import dev.rewire.optimizer.DeepR;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections that are dormant, as {@link DeepR} leaves them when their weight would change its
 * sign: {@code floor(fraction * dormant)} of them, those with the lowest numbers first. With
 * another optimizer nothing is dormant.
 */
public record DormantDrop() implements DropRule {
  @Override
  public void choose(DropSituation situation, double fraction) {
    int slot = situation.layer().slots().indexOf(DeepR.SIGN);
    if (slot < 0) {
      return;
    }
    Floats sign = situation.layer().weightState()[slot];
    Floats scores = situation.scores();
    LongAdder dormant = new LongAdder();
    situation.inParts((from, to) -> {
      int here = 0;
      for (int e = from; e < to; e++) {
        boolean sleeps = DeepR.isDormant(sign.get(e));
        scores.set(e, sleeps ? 0f : 1f);
        here += sleeps ? 1 : 0;
      }
      dormant.add(here);
    });
    int count = (int) (fraction * dormant.sum());
    if (count > 0) {
      situation.markSmallest(scores, count);
    }
  }
}
