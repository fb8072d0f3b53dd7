package dev.rewire.evolution;

/**
 * The growth of sparse momentum (Dettmers and Zettlemoyer 2019): the free cells whose momentum, a
 * decaying sum of the gradients of all cells, is largest by absolute value. There is no dense
 * momentum here: the sum is that of the last batches only, at the weights of now. Nothing has to be
 * remembered from step to step, and training goes on to the same bits after an interruption. Of a
 * constant gradient {@code momentum} to the power of {@code batches} is missing, the same share in
 * all cells. More batches do not come nearer to the momentum of the steps: the older a batch, the
 * more the weights have moved since.
 *
 * @param momentum what a step leaves of the gradients before, 0 to below 1
 * @param batches of this epoch that are summed, at most, 1 or more; their inputs and gradients are
 *     in memory while a network evolves
 */
public record MomentumGrow(double momentum, int batches) implements GrowRule {
  /**
   * Nearer to the momentum of the steps than 22, of which 10 % would be missing instead of 43 %.
   */
  public static final MomentumGrow DEFAULT = new MomentumGrow(0.9, 8);

  /** Checks the numbers. */
  public MomentumGrow {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be 0 to below 1: " + momentum);
    }
    if (batches < 1) {
      throw new IllegalArgumentException("batches must be 1 or more: " + batches);
    }
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    if (situation.layer().topology().cells() > GradientGrow.DEFAULT.exactCells()) {
      SampledGradientGrow.DEFAULT.choose(situation, count);
    } else {
      GradientGrow.strongest(situation, count, momentum);
    }
  }
}
