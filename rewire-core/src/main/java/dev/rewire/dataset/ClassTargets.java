package dev.rewire.dataset;

import dev.rewire.memory.Activations;
import java.util.List;

/**
 * The class of each sample.
 *
 * @param head {@link Head#CLASSES}, or {@link Head#BINARY} if there are two
 * @param values numbers of classes; not copied
 * @param names one name a class
 */
public record ClassTargets(Head head, int[] values, List<String> names) implements Targets {
  /** Checks that there are classes for this head. */
  public ClassTargets {
    names = List.copyOf(names);
    if (head != Head.CLASSES && (head != Head.BINARY || names.size() != 2)) {
      throw new IllegalArgumentException(
          "%d classes cannot be the targets of a %s head".formatted(names.size(), head.id()));
    }
  }

  /**
   * Checks that every label is a class.
   *
   * @param data name of the samples, for messages
   * @param values numbers of classes; not copied
   * @param names one name a class
   * @return the classes, one output each
   */
  public static ClassTargets of(String data, int[] values, List<String> names) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= names.size()) {
        throw new IllegalArgumentException(
            "%s: label of sample %d is %d, allowed 0 to %d"
                .formatted(data, i, values[i], names.size() - 1));
      }
    }
    return new ClassTargets(Head.CLASSES, values, names);
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public int label(int sample) {
    return values[sample];
  }

  @Override
  public float value(int sample, int output) {
    return values[sample] == (head == Head.BINARY ? 1 : output) ? 1 : 0;
  }

  @Override
  public ClassTargets select(int[] samples) {
    int[] chosen = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      chosen[i] = values[samples[i]];
    }
    return new ClassTargets(head, chosen, names);
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * values.length;
  }

  @Override
  public void fill(int[] samples, int from, int count, Activations target) {
    target.values().clear();
    boolean one = head == Head.BINARY;
    for (int b = 0; b < count; b++) {
      int label = values[samples[from + b]];
      if (!one) {
        target.set(label, b, 1f);
      } else if (label == 1) {
        target.set(0, b, 1f);
      }
    }
  }
}
