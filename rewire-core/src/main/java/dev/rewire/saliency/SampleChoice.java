package dev.rewire.saliency;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which samples are looked at before training begins. */
final class SampleChoice {
  private SampleChoice() {}

  /** Some samples in random order, all if there are fewer. */
  static int[] any(Dataset data, int count, long seed) {
    return Arrays.copyOf(shuffled(data, seed), Math.min(count, data.size()));
  }

  /**
   * As many samples of each class, fewer where it has fewer; where a sample is of several classes
   * or none, as many samples as there are outputs times that.
   *
   * @param most samples in all
   */
  static int[] ofEachClass(Dataset data, int count, int most, long seed) {
    int classes = data.head() == Head.BINARY ? 2 : data.classNames().size();
    int all = (int) Math.min(most, (long) count * classes);
    if (data.head() != Head.CLASSES && data.head() != Head.BINARY) {
      return any(data, all, seed);
    }
    int share = Math.max(1, all / classes);
    int[] taken = new int[classes];
    return IntStream.of(shuffled(data, seed))
        .filter(sample -> taken[classOf(data, sample)]++ < share)
        .limit(all)
        .toArray();
  }

  private static int classOf(Dataset data, int sample) {
    return data.head() == Head.BINARY
        ? (data.target(sample, 0) > 0.5f ? 1 : 0)
        : data.label(sample);
  }

  private static int[] shuffled(Dataset data, long seed) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(data.name() + " has no samples to look at");
    }
    int[] order = IntStream.range(0, data.size()).toArray();
    // no epoch of training has this number
    RandomGenerator random = new RandomStreams(seed).stream(Purpose.SHUFFLE, 0, -1);
    for (int k = order.length - 1; k > 0; k--) {
      int other = random.nextInt(k + 1);
      int sample = order[k];
      order[k] = order[other];
      order[other] = sample;
    }
    return order;
  }
}
