package dev.rewire.kernel;

/**
 * The numbers of a step of Adam (Kingma and Ba 2015) that are the same in every step; {@code g} and
 * the way from {@code move} to the new weight are those of {@link Pull}:
 *
 * <pre>
 * m = beta1 * m + keep1 * g
 * v = beta2 * v + keep2 * g * g
 * x = amsgrad ? max(x, v) : v
 * move = m / (root * sqrt(x) + epsilon)                  corrected by the step
 *
 * a = beta1 * a + keep1
 * b = beta2 * b + keep2
 * move = (m / a) / (sqrt(x / b) + epsilon)               corrected from birth
 * </pre>
 *
 * <p>The slots are {@code m}, {@code v}, then {@code x} if there is one, then {@code a} and {@code
 * b} if they are needed: the averages of ones beside the averages of gradients, that is {@code 1 -
 * beta^age}.
 *
 * @param beta1 share of the first average that is kept
 * @param keep1 1 - beta1
 * @param beta2 share of the second average that is kept
 * @param keep2 1 - beta2
 * @param epsilon above 0
 * @param amsgrad whether the largest second average counts
 * @param fromBirth whether each parameter is corrected by its own age
 * @param pull towards 0
 */
public record AdamStep(
    float beta1,
    float keep1,
    float beta2,
    float keep2,
    float epsilon,
    boolean amsgrad,
    boolean fromBirth,
    Pull pull) {}
