package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/**
 * The step of each optimizer for one parameter. The vector loops use it for what is left behind
 * their last whole vector.
 */
final class OneParameter {
  private OneParameter() {}

  /** The gradient, penalties included. */
  private static float slope(float w, float gradient, Pull pull) {
    float g = Math.fma(pull.l2(), w, gradient);
    return pull.l1() == 0 ? g : Math.fma(pull.l1(), Math.signum(w), g);
  }

  /** The parameter after its step. */
  private static float moved(float w, float move, float rate, Pull pull) {
    float shrunk = Math.fma(-pull.shrink(), w, w);
    float moved = Math.fma(-rate, move, shrunk);
    float threshold = pull.threshold();
    return pull.proximal()
        ? (moved - Math.min(Math.max(moved, -threshold), threshold)) * pull.scale()
        : moved;
  }

  static void sgd(Floats gradient, Floats value, Floats velocity, long from, long i, SgdStep step) {
    float w = value.get(i);
    float g = slope(w, gradient.get(i - from), step.pull());
    float move = g;
    if (step.momentum() != 0) {
      float v = Math.fma(step.momentum(), velocity.get(i), step.keep() * g);
      velocity.set(i, v);
      move = step.nesterov() ? Math.fma(step.momentum(), v, g) : v;
    }
    value.set(i, moved(w, move, step.rate(), step.pull()));
  }

  static void adam(
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long i,
      AdamStep step,
      float rate,
      float root) {
    float w = value.get(i);
    float g = slope(w, gradient.get(i - from), step.pull());
    float m = Math.fma(step.beta1(), state[0].get(i), step.keep1() * g);
    float v = Math.fma(step.beta2(), state[1].get(i), step.keep2() * (g * g));
    state[0].set(i, m);
    state[1].set(i, v);
    float x = v;
    if (step.amsgrad()) {
      x = Math.max(state[2].get(i), v);
      state[2].set(i, x);
    }
    float move;
    if (step.fromBirth()) {
      Floats first = state[step.amsgrad() ? 3 : 2];
      Floats second = state[step.amsgrad() ? 4 : 3];
      float a = Math.fma(step.beta1(), first.get(i), step.keep1());
      float b = Math.fma(step.beta2(), second.get(i), step.keep2());
      first.set(i, a);
      second.set(i, b);
      move = (m / a) / (root(x / b) + step.epsilon());
    } else {
      move = m / Math.fma(root, root(x), step.epsilon());
    }
    value.set(i, moved(w, move, rate, step.pull()));
  }

  static void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long i, RmsPropStep step) {
    float w = value.get(i);
    float g = slope(w, gradient.get(i - from), step.pull());
    float s = Math.fma(step.alpha(), state[0].get(i), step.keep() * (g * g));
    state[0].set(i, s);
    int slot = 1;
    if (step.centered()) {
      float a = Math.fma(step.alpha(), state[slot].get(i), step.keep() * g);
      state[slot++].set(i, a);
      s = Math.max(0f, Math.fma(-a, a, s));
    }
    float move = g / (root(s) + step.epsilon());
    if (step.momentum() != 0) {
      move = Math.fma(step.momentum(), state[slot].get(i), move);
      state[slot].set(i, move);
    }
    value.set(i, moved(w, move, step.rate(), step.pull()));
  }

  static void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long i, AdagradStep step) {
    float w = value.get(i);
    float g = slope(w, gradient.get(i - from), step.pull());
    float s = Math.fma(g, g, sum.get(i));
    sum.set(i, s);
    value.set(i, moved(w, g / (root(s) + step.epsilon()), step.rate(), step.pull()));
  }

  static void lion(
      Floats gradient, Floats value, Floats average, long from, long i, LionStep step) {
    float w = value.get(i);
    float g = slope(w, gradient.get(i - from), step.pull());
    float m = average.get(i);
    float move = Math.signum(Math.fma(step.beta1(), m, step.keep1() * g));
    average.set(i, Math.fma(step.beta2(), m, step.keep2() * g));
    value.set(i, moved(w, move, step.rate(), step.pull()));
  }

  /** Correctly rounded: a double has more than twice as many digits. */
  private static float root(float x) {
    return (float) Math.sqrt(x);
  }
}
