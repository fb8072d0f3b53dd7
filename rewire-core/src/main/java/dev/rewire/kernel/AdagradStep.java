package dev.rewire.kernel;

/**
 * The numbers of one step of Adagrad (Duchi, Hazan and Singer 2011); {@code g} and the way from
 * {@code move} to the new weight are those of {@link Pull}:
 *
 * <pre>
 * s = s + g * g
 * move = g / (sqrt(s) + epsilon)
 * </pre>
 *
 * @param rate learning rate
 * @param epsilon above 0
 * @param pull towards 0
 */
public record AdagradStep(float rate, float epsilon, Pull pull) {}
