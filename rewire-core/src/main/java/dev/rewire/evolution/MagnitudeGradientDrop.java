package dev.rewire.evolution;

import dev.rewire.memory.Floats;

/**
 * The removal of MEST (Yuan et al. 2021): the {@code floor(fraction * connections)} smallest of
 * {@code |weight| + lambda |gradient|}, the gradient being that of the last batch.
 *
 * @param lambda how much the gradient counts, 0 or more
 */
public record MagnitudeGradientDrop(double lambda) implements DropRule {
  /** As in the paper. */
  public static final MagnitudeGradientDrop DEFAULT = new MagnitudeGradientDrop(0.01);

  /** Checks the number. */
  public MagnitudeGradientDrop {
    if (!(lambda >= 0 && Double.isFinite(lambda))) {
      throw new IllegalArgumentException("lambda must be 0 or more: " + lambda);
    }
  }

  @Override
  public int batches() {
    return 1;
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    Floats scores = situation.scores();
    Floats weight = situation.layer().weight();
    situation.signals().ofConnections(situation.layer().topology(), scores);
    float factor = (float) lambda;
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        scores.set(e, Math.fma(factor, Math.abs(scores.get(e)), Math.abs(weight.get(e))));
      }
    });
    situation.markSmallest(scores, (int) (fraction * situation.connections()));
  }
}
