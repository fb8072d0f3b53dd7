package dev.rewire.evolution;

/**
 * The growth of CTRE (Atashgahi et al. 2022): the free cells whose input and output are most alike,
 * by the absolute cosine of their activations. The paper takes all training samples; here it is the
 * last batches, at the weights of now. A share of the newcomers grows anywhere, as in the variant
 * of the paper that mixes both.
 *
 * @param batches of this epoch that are looked at, at most, 1 or more
 * @param randomShare of the newcomers to grow anywhere, 0 to 1
 */
public record CosineGrow(int batches, double randomShare) implements GrowRule {
  /** Half of them anywhere; so many batches cost less than a tenth of an epoch of 469 steps. */
  public static final CosineGrow DEFAULT = new CosineGrow(6, 0.5);

  /** Checks the numbers. */
  public CosineGrow {
    if (batches < 1) {
      throw new IllegalArgumentException("batches must be 1 or more: " + batches);
    }
    if (!(randomShare >= 0 && randomShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of random growth must be between 0 and 1: " + randomShare);
    }
  }

  @Override
  public boolean gradients() {
    return false;
  }

  @Override
  public boolean outputs() {
    return true;
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    int alike = count - (int) (randomShare * count);
    if (situation.layer().topology().cells() > GradientGrow.DEFAULT.exactCells()) {
      situation.growAnywhere(count);
      return;
    }
    GradientGrow.largest(situation, alike, situation.signals()::cosine);
    situation.growAlso((int) (count - situation.grown().size()));
  }
}
