package dev.rewire.data;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.memory.Floats;
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
    Floats values = values(data);
    long count = 0;
    for (long i = 0; i < values.length(); i++) {
      count += Float.isNaN(values.get(i)) ? 1 : 0;
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
      if (count(pair.train()) + count(pair.test()) == 0) {
        return pair;
      }
      float[] means = means(pair.train());
      return new DatasetPair(replace(pair.train(), means), replace(pair.test(), means));
    }
    LoadedDataset train = settle(pair.train(), policy);
    LoadedDataset test = settle(pair.test(), policy);
    return train == pair.train() && test == pair.test() ? pair : new DatasetPair(train, test);
  }

  private static Floats values(LoadedDataset data) {
    return switch (data) {
      case InMemoryDataset dense -> dense.values();
      case SparseInMemoryDataset sparse -> sparse.entryValues();
    };
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
        for (long k = 0; k < sparse.entries(); k++) {
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
    float[] means = new float[sums.length];
    for (int f = 0; f < means.length; f++) {
      means[f] = present[f] == 0 ? 0 : (float) (sums[f] / present[f]);
    }
    return means;
  }

  private static LoadedDataset replace(LoadedDataset data, float[] by) {
    Floats old = values(data);
    Floats filled = new Floats(old.length());
    filled.copy(old, 0, 0, old.length());
    for (long i = 0; i < filled.length(); i++) {
      if (Float.isNaN(filled.get(i))) {
        int feature =
            data instanceof SparseInMemoryDataset sparse
                ? sparse.entryFeatures().get(i)
                : (int) (i % by.length);
        filled.set(i, by[feature]);
      }
    }
    return switch (data) {
      case InMemoryDataset dense ->
          new InMemoryDataset(
              dense.name(),
              filled,
              dense.features(),
              labels(dense),
              dense.classNames(),
              dense.image());
      case SparseInMemoryDataset sparse ->
          new SparseInMemoryDataset(
              sparse.name(),
              sparse.features(),
              rowStarts(sparse),
              sparse.entryFeatures(),
              filled,
              labels(sparse),
              sparse.classNames());
    };
  }

  private static int[] labels(LoadedDataset data) {
    return IntStream.range(0, data.size()).map(data::label).toArray();
  }

  private static long[] rowStarts(SparseInMemoryDataset data) {
    return IntStream.rangeClosed(0, data.size()).mapToLong(data::rowStart).toArray();
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
    Floats values = values(data);
    long from = (long) sample * data.features();
    long to = from + data.features();
    if (data instanceof SparseInMemoryDataset sparse) {
      from = sparse.rowStart(sample);
      to = sparse.rowStart(sample + 1);
    }
    for (long i = from; i < to; i++) {
      if (Float.isNaN(values.get(i))) {
        return false;
      }
    }
    return true;
  }
}
