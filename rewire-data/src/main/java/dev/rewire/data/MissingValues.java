package dev.rewire.data;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Values that are not there, kept as {@code NaN} until something is done about them. In memory they
 * are replaced; samples that stay on the disk are left as they are, and know what stands in for
 * what is missing.
 */
public final class MissingValues {
  private MissingValues() {}

  /**
   * Counts them.
   *
   * @param data any samples
   * @return 0 or more
   */
  public static long count(LoadedDataset data) {
    long count = 0;
    switch (data) {
      case InMemoryDataset dense -> {
        for (long i = 0; i < dense.values().length(); i++) {
          count += Float.isNaN(dense.values().get(i)) ? 1 : 0;
        }
      }
      case SparseInMemoryDataset sparse -> {
        for (int sample = 0; sample < sparse.size(); sample++) {
          for (long k = sparse.firstEntry(sample); k < sparse.endEntry(sample); k++) {
            count += Float.isNaN(sparse.entryValues().get(k)) ? 1 : 0;
          }
        }
      }
      case MappedDataset mapped -> {
        float[] row = new float[mapped.features()];
        for (int sample = 0; sample < mapped.size(); sample++) {
          mapped.read(sample, row);
          count += missing(row);
        }
      }
    }
    return count;
  }

  private static int missing(float[] row) {
    int count = 0;
    for (float value : row) {
      count += Float.isNaN(value) ? 1 : 0;
    }
    return count;
  }

  /**
   * Does what the policy says to samples that stand alone.
   *
   * @param data one or more samples
   * @param policy anything; {@link Missing#MEAN} only if nothing is missing, because there are no
   *     training samples here that could tell it
   * @return the same samples if nothing is missing; they know what stands in for missing values
   * @throws DataException if samples are left out and none remains, or if the mean is not known
   */
  public static LoadedDataset settle(LoadedDataset data, Missing policy) {
    if (policy == Missing.ZERO) {
      return replace(data, 0).withSubstitutes(0);
    }
    if (policy == Missing.KEEP || count(data) == 0) {
      return data;
    }
    return switch (policy) {
      case ZERO -> throw new IllegalStateException("zeros are put in above");
      case DROP_ROW -> drop(data);
      case MEAN ->
          throw new DataException(
              data.name()
                  + " has missing values, and the means of the training samples are not known here:"
                  + " take --missing zero or drop-row, or fill them in.");
      case REFUSE, KEEP ->
          throw new DataException(
              data.name() + " has missing values: say by --missing what to do about them.");
    };
  }

  /**
   * Does what the policy says to both parts; the mean is that of the training part.
   *
   * @param pair training and test samples
   * @param policy anything
   * @return the same samples if nothing is missing; the training part knows what stands in for
   *     missing values
   * @throws DataException if samples are left out and none remains
   */
  public static DatasetPair settle(DatasetPair pair, Missing policy) {
    if (policy == Missing.MEAN) {
      float[] means = means(pair.train());
      LoadedDataset validation = pair.validation();
      return new DatasetPair(
          replace(pair.train(), means).withSubstitutes(means),
          replace(pair.test(), means),
          validation == null ? null : replace(validation, means));
    }
    LoadedDataset train = settle(pair.train(), policy);
    LoadedDataset test = settle(pair.test(), policy);
    LoadedDataset before = pair.validation();
    LoadedDataset validation = before == null ? null : settle(before, policy);
    return train == pair.train() && test == pair.test() && validation == before
        ? pair
        : new DatasetPair(train, test, validation);
  }

  /** The mean of what is there; 0 for a feature of which nothing is. */
  private static float[] means(LoadedDataset data) {
    double[] sums = new double[data.features()];
    long[] present = new long[data.features()];
    switch (data) {
      case InMemoryDataset dense -> {
        for (long i = 0; i < dense.values().length(); i++) {
          float value = dense.values().get(i);
          if (!Float.isNaN(value)) {
            sums[(int) (i % sums.length)] += value;
            present[(int) (i % sums.length)]++;
          }
        }
      }
      case SparseInMemoryDataset sparse -> {
        Arrays.fill(present, data.size());
        for (int sample = 0; sample < sparse.size(); sample++) {
          for (long k = sparse.firstEntry(sample); k < sparse.endEntry(sample); k++) {
            float value = sparse.entryValues().get(k);
            int f = sparse.entryFeatures().get(k);
            if (Float.isNaN(value)) {
              present[f]--;
            } else {
              sums[f] += value;
            }
          }
        }
      }
      case MappedDataset mapped -> {
        float[] row = new float[mapped.features()];
        for (int sample = 0; sample < mapped.size(); sample++) {
          mapped.read(sample, row);
          for (int f = 0; f < row.length; f++) {
            if (!Float.isNaN(row[f])) {
              sums[f] += row[f];
              present[f]++;
            }
          }
        }
      }
    }
    float[] means = new float[sums.length];
    for (int f = 0; f < means.length; f++) {
      means[f] = present[f] == 0 ? 0 : (float) (sums[f] / present[f]);
    }
    return means;
  }

  private static LoadedDataset replace(LoadedDataset data, float... by) {
    return switch (data) {
      case MappedDataset mapped -> mapped.withSubstitutes(by);
      case LoadedDataset whole when count(whole) == 0 -> whole;
      case InMemoryDataset dense -> dense(dense, by);
      case SparseInMemoryDataset sparse -> sparse(sparse, by);
    };
  }

  private static LoadedDataset dense(InMemoryDataset data, float[] by) {
    Floats filled = new Floats(data.values().length());
    filled.copy(data.values(), 0, 0, filled.length());
    for (long i = 0; i < filled.length(); i++) {
      if (Float.isNaN(filled.get(i))) {
        filled.set(i, by[(int) (i % by.length)]);
      }
    }
    return new InMemoryDataset(
            data.name(),
            filled,
            data.features(),
            new int[data.size()],
            data.classNames(),
            data.image())
        .withFeatureNames(data.featureNames())
        .withTargets(data.targets());
  }

  private static LoadedDataset sparse(SparseInMemoryDataset data, float[] by) {
    long[] start = new long[data.size() + 1];
    for (int sample = 0; sample < data.size(); sample++) {
      start[sample + 1] = start[sample] + data.endEntry(sample) - data.firstEntry(sample);
    }
    Ints features = new Ints(start[data.size()]);
    Floats filled = new Floats(start[data.size()]);
    for (int sample = 0; sample < data.size(); sample++) {
      long at = start[sample];
      for (long k = data.firstEntry(sample); k < data.endEntry(sample); k++, at++) {
        int f = data.entryFeatures().get(k);
        float value = data.entryValues().get(k);
        features.set(at, f);
        filled.set(at, Float.isNaN(value) ? by[by.length == 1 ? 0 : f] : value);
      }
    }
    return new SparseInMemoryDataset(
            data.name(),
            data.features(),
            start,
            features,
            filled,
            new int[data.size()],
            data.classNames())
        .withTargets(data.targets());
  }

  private static LoadedDataset drop(LoadedDataset data) {
    int[] whole = IntStream.range(0, data.size()).filter(sample -> whole(data, sample)).toArray();
    if (whole.length == 0) {
      throw new DataException(
          data.name()
              + " has a missing value in every one of its "
              + data.size()
              + " samples, so that none would remain: take --missing mean or zero.");
    }
    return data.select(whole);
  }

  private static boolean whole(LoadedDataset data, int sample) {
    long from = (long) sample * data.features();
    return switch (data) {
      case InMemoryDataset dense -> whole(dense.values(), from, from + data.features());
      case SparseInMemoryDataset sparse ->
          whole(sparse.entryValues(), sparse.firstEntry(sample), sparse.endEntry(sample));
      case MappedDataset mapped -> missing(mapped.sample(sample)) == 0;
    };
  }

  private static boolean whole(Floats values, long from, long to) {
    for (long i = from; i < to; i++) {
      if (Float.isNaN(values.get(i))) {
        return false;
      }
    }
    return true;
  }
}
