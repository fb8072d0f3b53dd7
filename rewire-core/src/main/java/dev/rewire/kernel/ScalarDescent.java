package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/** The obvious loops of optimizers. */
final class ScalarDescent extends Descent {
  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    for (long i = from; i < to; i++) {
      OneParameter.sgd(gradient, value, velocity, from, i, step);
    }
  }

  @Override
  public void adam(
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to,
      AdamStep step,
      float rate,
      float root) {
    for (long i = from; i < to; i++) {
      OneParameter.adam(gradient, value, state, from, i, step, rate, root);
    }
  }

  @Override
  public void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long to, RmsPropStep step) {
    for (long i = from; i < to; i++) {
      OneParameter.rmsProp(gradient, value, state, from, i, step);
    }
  }

  @Override
  public void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long to, AdagradStep step) {
    for (long i = from; i < to; i++) {
      OneParameter.adagrad(gradient, value, sum, from, i, step);
    }
  }

  @Override
  public void lion(
      Floats gradient, Floats value, Floats average, long from, long to, LionStep step) {
    for (long i = from; i < to; i++) {
      OneParameter.lion(gradient, value, average, from, i, step);
    }
  }
}
