package dev.rewire.evolution;

import dev.rewire.memory.Floats;

/**
 * The removal of movement pruning (Sanh et al. 2020): the {@code floor(fraction * connections)}
 * connections whose weights move most towards zero, those with the smallest {@code -weight *
 * gradient}. The paper adds this up over the whole training; here it is the sum over the last
 * batches, at the weights of now, so that nothing has to be remembered.
 *
 * @param batches of this epoch that are summed, at most, 1 or more
 */
public record MovementDrop(int batches) implements DropRule {
  /** As many as are seen again in a tenth of the time of training, with 100 steps between. */
  public static final MovementDrop DEFAULT = new MovementDrop(10);

  /** Checks the number. */
  public MovementDrop {
    if (batches < 1) {
      throw new IllegalArgumentException("batches must be 1 or more: " + batches);
    }
  }

  @Override
  public boolean sums() {
    return true;
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    Floats scores = situation.scores();
    Floats weight = situation.layer().weight();
    situation.signals().ofConnections(situation.layer().topology(), scores);
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        scores.set(e, -weight.get(e) * scores.get(e));
      }
    });
    situation.markSmallest(scores, (int) (fraction * situation.connections()));
  }
}
