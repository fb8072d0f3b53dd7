package dev.rewire.kernel;

/**
 * How one step of any optimizer pulls parameters towards 0, all of it decided before the loop:
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)          what the optimizer takes for the gradient
 * w = w - shrink * w - rate * move              move is what the optimizer makes of g
 * w = (w - min(max(w, -threshold), threshold)) * scale
 * </pre>
 *
 * @param l2 coupled weight decay
 * @param l1 strength of the absolute-value penalty
 * @param shrink decoupled weight decay of this step, learning rate included where it belongs
 * @param threshold by which weights come nearer to 0 after the step, without passing it
 * @param scale what weights are multiplied with in the end, above 0 and at most 1
 */
public record Pull(float l2, float l1, float shrink, float threshold, float scale) {
  /** Nothing pulls. */
  public static final Pull NONE = new Pull(0, 0, 0, 0, 1);

  /** Whether weights are pulled after the step. */
  boolean proximal() {
    return threshold != 0 || scale != 1;
  }
}
