package dev.rewire.testing;

import dev.rewire.kernel.Descent;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** An optimizer that changes nothing and remembers the gradients it was given. */
public final class GradientRecorder implements Optimizer {
  private final Map<Floats, float[]> gradients = new IdentityHashMap<>();

  @Override
  public List<String> slots() {
    return List.of();
  }

  @Override
  public synchronized void update(
      Descent descent,
      long step,
      Role role,
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to) {
    float[] all = gradients.computeIfAbsent(value, any -> nans((int) value.length()));
    for (int i = (int) from; i < to; i++) {
      if (!Float.isNaN(all[i])) {
        throw new IllegalStateException("parameter " + i + " got a gradient twice");
      }
      all[i] = gradient.get(i - from);
    }
  }

  private static float[] nans(int length) {
    float[] nans = new float[length];
    Arrays.fill(nans, Float.NaN);
    return nans;
  }

  /**
   * Returns gradients.
   *
   * @param parameters weights or biases of a layer
   * @return one a parameter, NaN for those that got none
   */
  public float[] of(Floats parameters) {
    return gradients.getOrDefault(parameters, nans((int) parameters.length()));
  }
}
