package dev.rewire.dataset;

import java.util.Arrays;
import java.util.List;

/**
 * The labels that each sample has: any number of them, none too.
 *
 * @param start first label of each sample in {@code labels}, ascending from 0, one more than
 *     samples
 * @param labels numbers of labels, ascending within a sample; not copied
 * @param names one name a label
 */
public record LabelSets(int[] start, int[] labels, List<String> names) implements Targets {
  /** Checks that they fit together. */
  public LabelSets {
    names = List.copyOf(names);
    if (start.length == 0 || start[0] != 0 || start[start.length - 1] != labels.length) {
      throw new IllegalArgumentException(
          "%d starts and %d labels do not fit together".formatted(start.length, labels.length));
    }
    for (int s = 0; s + 1 < start.length; s++) {
      for (int i = start[s]; i < start[s + 1]; i++) {
        if (labels[i] < 0
            || labels[i] >= names.size()
            || (i > start[s] && labels[i] <= labels[i - 1])) {
          throw new IllegalArgumentException(
              "labels of sample %d must ascend below %d: %d".formatted(s, names.size(), labels[i]));
        }
      }
    }
  }

  @Override
  public Head head() {
    return Head.MULTI_LABEL;
  }

  @Override
  public int size() {
    return start.length - 1;
  }

  @Override
  public int label(int sample) {
    return 0;
  }

  @Override
  public float value(int sample, int output) {
    return Arrays.binarySearch(labels, start[sample], start[sample + 1], output) >= 0 ? 1 : 0;
  }

  @Override
  public LabelSets select(int[] samples) {
    int[] starts = new int[samples.length + 1];
    for (int i = 0; i < samples.length; i++) {
      starts[i + 1] = starts[i] + start[samples[i] + 1] - start[samples[i]];
    }
    int[] chosen = new int[starts[samples.length]];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(labels, start[samples[i]], chosen, starts[i], starts[i + 1] - starts[i]);
    }
    return new LabelSets(starts, chosen, names);
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * (start.length + labels.length);
  }
}
