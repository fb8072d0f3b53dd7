package dev.rewire.kernel;

/**
 * The numbers of one step of gradient descent, all of them decided before the loop:
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)
 * v = momentum * v + keep * g
 * w = w - shrink * w - rate * (nesterov ? g + momentum * v : v)
 * w = w - min(max(w, -threshold), threshold)
 * </pre>
 *
 * @param rate learning rate
 * @param momentum 0 or more, below 1; with 0 there is no velocity
 * @param keep one minus the dampening
 * @param nesterov look ahead along the velocity
 * @param l2 coupled weight decay
 * @param l1 strength of the absolute-value penalty
 * @param shrink decoupled weight decay of this step, learning rate included where it belongs
 * @param threshold by which weights come nearer to 0 after the step, without passing it
 */
public record SgdStep(
    float rate,
    float momentum,
    float keep,
    boolean nesterov,
    float l2,
    float l1,
    float shrink,
    float threshold) {
  /** Without a threshold. */
  SgdStep(
      float rate, float momentum, float keep, boolean nesterov, float l2, float l1, float shrink) {
    this(rate, momentum, keep, nesterov, l2, l1, shrink, 0f);
  }
}
