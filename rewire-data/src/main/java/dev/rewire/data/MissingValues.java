package dev.rewire.data;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Values that are not there, kept as {@code NaN} until something is done about them. */
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
      // what stays on the disk has been checked where it was made, and is too large to look again
      case MappedDataset _ -> {}
    }
    return count;
  }

  /**
   * Does what the policy says to samples that stand alone.
   *
   * @param data one or more samples
   * @param policy anything; {@link Missing#MEAN} only if nothing is missing, because there are no
   *     training samples here that could tell it
   * @return the same data if nothing is missing
   * @throws DataException if samples are left out and none remains, or if the mean is not known
   */
  public static LoadedDataset settle(LoadedDataset data, Missing policy) {
    if (policy == Missing.KEEP || count(data) == 0) {
      return data;
    }
    return switch (policy) {
      case ZERO -> replace(data, new float[data.features()]);
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
   * @return the same pair if nothing is missing
   * @throws DataException if samples are left out and none remains
   */
  public static DatasetPair settle(DatasetPair pair, Missing policy) {
    if (policy == Missing.MEAN) {
      LoadedDataset watched = pair.watched();
      if (count(pair.train()) + count(pair.test()) + count(watched) == 0) {
        return pair;
      }
      float[] means = means(pair.train());
      LoadedDataset validation = pair.validation();
      return new DatasetPair(
          replace(pair.train(), means),
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
      case MappedDataset mapped -> throw onDisk(mapped);
    }
    float[] means = new float[sums.length];
    for (int f = 0; f < means.length; f++) {
      means[f] = present[f] == 0 ? 0 : (float) (sums[f] / present[f]);
    }
    return means;
  }

  private static LoadedDataset replace(LoadedDataset data, float[] by) {
    return switch (data) {
      case InMemoryDataset dense -> dense(dense, by);
      case SparseInMemoryDataset sparse -> sparse(sparse, by);
      case MappedDataset mapped -> throw onDisk(mapped);
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
            data.name(), filled, data.features(), labels(data), data.classNames(), data.image())
        .withFeatureNames(data.featureNames());
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
        filled.set(at, Float.isNaN(value) ? by[f] : value);
      }
    }
    return new SparseInMemoryDataset(
        data.name(), data.features(), start, features, filled, labels(data), data.classNames());
  }

  private static DataException onDisk(MappedDataset data) {
    return new DataException(
        data.name()
            + " stays on the disk, where missing values cannot be filled in: do it before.");
  }

  private static int[] labels(LoadedDataset data) {
    return IntStream.range(0, data.size()).map(data::label).toArray();
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
      case MappedDataset _ -> true;
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
