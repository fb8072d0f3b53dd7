package dev.rewire.dataset;

import dev.rewire.memory.Activations;
import java.util.List;

/**
 * The class of each sample.
 *
 * @param values numbers of classes
 * @param names one name a class
 */
record Labels(int[] values, List<String> names) {
  Labels {
    names = List.copyOf(names);
  }

  /** Checks that every label is a class. */
  static Labels of(String data, int[] values, List<String> names) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= names.size()) {
        throw new IllegalArgumentException(
            "%s: label of sample %d is %d, allowed 0 to %d"
                .formatted(data, i, values[i], names.size() - 1));
      }
    }
    return new Labels(values, names);
  }

  Labels select(int[] samples) {
    int[] chosen = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      chosen[i] = values[samples[i]];
    }
    return new Labels(chosen, names);
  }

  void fillTargets(int[] samples, int from, int count, Activations target) {
    target.values().clear();
    for (int b = 0; b < count; b++) {
      target.set(values[samples[from + b]], b, 1f);
    }
  }
}
