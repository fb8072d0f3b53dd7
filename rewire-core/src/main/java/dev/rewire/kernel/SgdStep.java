package dev.rewire.kernel;

/**
 * The numbers of one step of gradient descent, all of them decided before the loop; {@code g} and
 * the way from {@code move} to the new weight are those of {@link Pull}:
 *
 * <pre>
 * v = momentum * v + keep * g
 * move = nesterov ? g + momentum * v : v
 * </pre>
 *
 * @param rate learning rate
 * @param momentum 0 or more, below 1; with 0 there is no velocity
 * @param keep one minus the dampening
 * @param nesterov look ahead along the velocity
 * @param pull towards 0
 */
public record SgdStep(float rate, float momentum, float keep, boolean nesterov, Pull pull) {}
