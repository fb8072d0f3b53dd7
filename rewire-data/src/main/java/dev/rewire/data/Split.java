package dev.rewire.data;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The division of one data set into training, validation and test samples. */
public final class Split {
  /** The share of test samples unless another is asked for. */
  public static final double TEST_FRACTION = 0.2;

  private Split() {}

  /**
   * Divides the samples so that every class has the same share of test samples, as nearly as whole
   * samples allow. A class with a single sample is only trained.
   *
   * @param all two samples or more
   * @param testFraction share of the test samples, above 0 and below 1
   * @param seed decides which samples; the same seed divides the same data in the same way
   * @return both parts, their samples in the order of {@code all}
   * @throws DataException if a part would be empty
   */
  public static DatasetPair stratified(LoadedDataset all, double testFraction, long seed) {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "testFraction must be above 0 and below 1: " + testFraction);
    }
    boolean[] chosen = new boolean[all.size()];
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int tests = 0;
    for (int[] members : membersByClass(all)) {
      shuffle(members, random);
      long wanted = Math.round(members.length * testFraction);
      int count = Math.clamp(wanted, 0, Math.max(0, members.length - 1));
      for (int i = 0; i < count; i++) {
        chosen[members[i]] = true;
      }
      tests += count;
    }
    if (tests == 0) {
      throw new DataException(
          all.name()
              + " has too few samples ("
              + all.size()
              + ") to set aside a share of "
              + testFraction
              + " for testing: add samples, ask for a larger share, or give a test file.");
    }
    return parts(all, chosen);
  }

  /**
   * Sets one of several equal parts aside, so that each sample is in one of them and every class is
   * spread over all as evenly as whole samples allow: with {@code fold} from 1 to {@code folds},
   * each sample is tested once (cross-validation).
   *
   * @param all as many samples as folds, or more
   * @param folds 2 or more
   * @param fold which one is tested, from 1
   * @param seed decides which samples; the same seed divides the same data in the same way
   * @return both parts, their samples in the order of {@code all}
   * @throws DataException if there are fewer samples than folds
   */
  public static DatasetPair fold(LoadedDataset all, int folds, int fold, long seed) {
    if (folds < 2 || fold < 1 || fold > folds) {
      throw new IllegalArgumentException(
          "folds must be 2 or more, and fold from 1 to folds: " + folds + ", " + fold);
    }
    if (all.size() < folds) {
      throw new DataException(
          all.name()
              + " has "
              + all.size()
              + " samples, too few for "
              + folds
              + " folds: ask for fewer.");
    }
    boolean[] chosen = new boolean[all.size()];
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int dealt = 0;
    for (int[] members : membersByClass(all)) {
      shuffle(members, random);
      for (int member : members) {
        chosen[member] = dealt++ % folds == fold - 1;
      }
    }
    return parts(all, chosen);
  }

  /**
   * Takes validation samples out of the training samples, stratified as the test samples are.
   *
   * @param pair training and test samples; the test samples stay as they are
   * @param fraction share of the training samples, above 0 and below 1
   * @param seed decides which samples, independently of how the test samples were found
   * @return three parts
   * @throws DataException if a part would be empty
   */
  public static DatasetPair validation(DatasetPair pair, double fraction, long seed) {
    long own = new RandomStreams(seed).key(Purpose.SPLIT, 0, 1);
    DatasetPair two = stratified(pair.train(), fraction, own);
    return new DatasetPair(two.train(), pair.test(), two.test());
  }

  /**
   * Draws some of the samples, every class with its share as nearly as whole samples allow.
   *
   * @param all samples to draw from
   * @param count how many at most, 1 or more
   * @param seed decides which; the same seed draws the same of the same data
   * @return those samples in the order of {@code all}, or all if there are no more
   */
  public static LoadedDataset sample(LoadedDataset all, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be 1 or more: " + count);
    }
    if (count >= all.size()) {
      return all;
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] dealt = new int[all.size()];
    int end = 0;
    for (int[] members : membersByClass(all)) {
      shuffle(members, random);
      System.arraycopy(members, 0, dealt, end, members.length);
      end += members.length;
    }
    // at equal distances in samples that are sorted by class, each class comes in proportion
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = dealt[(int) ((2L * i + 1) * dealt.length / (2L * count))];
    }
    Arrays.sort(chosen);
    return all.select(chosen);
  }

  private static DatasetPair parts(LoadedDataset all, boolean[] chosen) {
    int tests = 0;
    for (boolean test : chosen) {
      tests += test ? 1 : 0;
    }
    int[] train = new int[all.size() - tests];
    int[] test = new int[tests];
    int trainEnd = 0;
    int testEnd = 0;
    for (int sample = 0; sample < chosen.length; sample++) {
      if (chosen[sample]) {
        test[testEnd++] = sample;
      } else {
        train[trainEnd++] = sample;
      }
    }
    return new DatasetPair(all.select(train), all.select(test));
  }

  private static int[][] membersByClass(LoadedDataset all) {
    int[] counts = new int[all.classNames().size()];
    for (int sample = 0; sample < all.size(); sample++) {
      counts[all.label(sample)]++;
    }
    int[][] members = new int[counts.length][];
    Arrays.setAll(members, c -> new int[counts[c]]);
    int[] ends = new int[counts.length];
    for (int sample = 0; sample < all.size(); sample++) {
      int label = all.label(sample);
      members[label][ends[label]++] = sample;
    }
    return members;
  }

  private static void shuffle(int[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
