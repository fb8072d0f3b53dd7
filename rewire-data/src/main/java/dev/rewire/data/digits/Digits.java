package dev.rewire.data.digits;

import dev.rewire.data.DatasetPair;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.memory.Floats;
import java.util.stream.IntStream;

/**
 * Pictures of digits, drawn by a program in the manner of handwriting: 28 x 28 pixels of 0 to 255,
 * light ink on black, the ten classes in turn, the outermost pixels empty.
 *
 * <p>A sample depends on the seed, on its part (training or test) and on its index, and on nothing
 * else: not on the number of samples, of threads, or on the machine.
 */
public final class Digits {
  /** Pixels in a row and in a column. */
  public static final int SIDE = 28;

  /** Rows and columns at every edge that are always empty. */
  public static final int MARGIN = 3;

  /** The seed of the data set {@code digits}, so that everybody has the same. */
  public static final long SEED = 1;

  /** How many samples {@link #train(long)} draws. */
  public static final int TRAIN_SAMPLES = 20_000;

  /** How many samples {@link #test(long)} draws. */
  public static final int TEST_SAMPLES = 4_000;

  private static final int TRAIN = 0;
  private static final int TEST = 1;
  private static final int CLASSES = 10;
  private static final int BLOCK = 100;

  private Digits() {}

  /**
   * Draws the usual training and test samples.
   *
   * @param seed any number
   * @return {@link #TRAIN_SAMPLES} and {@link #TEST_SAMPLES} samples
   */
  public static DatasetPair pair(long seed) {
    return new DatasetPair(train(seed), test(seed));
  }

  /**
   * Draws the usual training samples.
   *
   * @param seed any number
   * @return {@link #TRAIN_SAMPLES} samples
   */
  public static InMemoryDataset train(long seed) {
    return train(TRAIN_SAMPLES, seed);
  }

  /**
   * Draws the first training samples.
   *
   * @param samples how many, 1 or more
   * @param seed any number
   * @return classes 0 to 9 in turn
   */
  public static InMemoryDataset train(int samples, long seed) {
    return draw(samples, seed, TRAIN);
  }

  /**
   * Draws the usual test samples.
   *
   * @param seed any number
   * @return {@link #TEST_SAMPLES} samples, none of them a training sample
   */
  public static InMemoryDataset test(long seed) {
    return test(TEST_SAMPLES, seed);
  }

  /**
   * Draws the first test samples.
   *
   * @param samples how many, 1 or more
   * @param seed any number
   * @return classes 0 to 9 in turn
   */
  public static InMemoryDataset test(int samples, long seed) {
    return draw(samples, seed, TEST);
  }

  private static InMemoryDataset draw(int samples, long seed, int part) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be 1 or more: " + samples);
    }
    int pixels = SIDE * SIDE;
    Floats features = new Floats((long) samples * pixels);
    int[] labels = new int[samples];
    IntStream.range(0, (samples + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(block -> {
          int first = block * BLOCK;
          int end = Math.min(samples, first + BLOCK);
          Writer writer = new Writer(SIDE, MARGIN);
          float[] rows = new float[(end - first) * pixels];
          for (int sample = first; sample < end; sample++) {
            labels[sample] = sample % CLASSES;
            Chance chance = Chance.of(seed, part, sample);
            writer.write(labels[sample], chance, rows, (sample - first) * pixels);
          }
          features.copy(rows, 0, (long) first * pixels, rows.length);
        });
    return new InMemoryDataset(
        "digits",
        features,
        pixels,
        labels,
        InMemoryDataset.numbered(CLASSES),
        new ImageShape(SIDE, SIDE, 1));
  }
}
