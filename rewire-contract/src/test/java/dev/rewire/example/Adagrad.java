package dev.rewire.example;

import dev.rewire.kernel.Descent;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import java.util.List;

/**
 * Adagrad (Duchi, Hazan and Singer 2011): who has moved much moves less.
 *
 * @param rate learning rate, above 0
 */
public record Adagrad(double rate) implements Optimizer {
  /** Checks the range. */
  public Adagrad {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("learning rate must be above 0: " + rate);
    }
  }

  @Override
  public List<String> slots() {
    return List.of("squares");
  }

  @Override
  public void update(
      Descent descent,
      long step,
      Role role,
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to) {
    for (long i = from; i < to; i++) {
      float g = gradient.get(i - from);
      float squares = state[0].get(i) + g * g;
      state[0].set(i, squares);
      value.set(i, value.get(i) - (float) (rate * g / (Math.sqrt(squares) + 1e-10)));
    }
  }
}
