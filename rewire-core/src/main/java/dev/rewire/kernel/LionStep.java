package dev.rewire.kernel;

/**
 * The numbers of one step of Lion (Chen et al. 2023); {@code g} and the way from {@code move} to
 * the new weight are those of {@link Pull}:
 *
 * <pre>
 * move = sign(beta1 * m + keep1 * g)
 * m = beta2 * m + keep2 * g
 * </pre>
 *
 * @param rate learning rate
 * @param beta1 share of the average in the direction
 * @param keep1 1 - beta1
 * @param beta2 share of the average that is kept
 * @param keep2 1 - beta2
 * @param pull towards 0
 */
public record LionStep(float rate, float beta1, float keep1, float beta2, float keep2, Pull pull) {}
