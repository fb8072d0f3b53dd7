package dev.rewire.kernel;

/**
 * The numbers of one step of RMSprop (Tieleman and Hinton 2012; centered: Graves 2013); {@code g}
 * and the way from {@code move} to the new weight are those of {@link Pull}:
 *
 * <pre>
 * s = alpha * s + keep * g * g
 * a = alpha * a + keep * g                          centered
 * u = g / (sqrt(centered ? max(0, s - a * a) : s) + epsilon)
 * v = momentum * v + u                              with momentum
 * move = v, or u without momentum
 * </pre>
 *
 * <p>The slots are {@code s}, then {@code a} and {@code v} if they are needed.
 *
 * @param rate learning rate
 * @param alpha share of the averages that is kept
 * @param keep 1 - alpha
 * @param epsilon above 0
 * @param centered whether the mean is taken off
 * @param momentum 0 or more, below 1; with 0 there is no velocity
 * @param pull towards 0
 */
public record RmsPropStep(
    float rate,
    float alpha,
    float keep,
    float epsilon,
    boolean centered,
    float momentum,
    Pull pull) {}
