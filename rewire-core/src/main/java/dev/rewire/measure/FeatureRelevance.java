package dev.rewire.measure;

import dev.rewire.dataset.DenseDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;

/**
 * What each feature of a data set is worth by itself, whatever a network makes of it: its variance,
 * and its mutual information with the class, in nats:
 *
 * <pre>
 * I = &Sigma; p(b, c) ln(p(b, c) / (p(b) p(c)))      over bins b of the feature and classes c
 * </pre>
 *
 * <p>Bins have equal frequencies: values in their order are cut after every {@code size/bins}
 * samples, and equal values are never cut, so that a feature of few different values has one bin
 * for each of them or fewer. Shares stand for probabilities, which overestimates by about {@code
 * (bins - 1)(classes - 1)/(2 size)}. Raw values count; scaling changes no mutual information.
 *
 * <p>Costs one sort of each feature's values; sparse samples only those of the values that are
 * there. Values of some features at a time are held in at most 128 MB.
 *
 * @param variance of each feature, 0 or more
 * @param information of each feature about the class, 0 or more
 */
public record FeatureRelevance(double[] variance, double[] information) {
  /** Bins of a feature unless somebody says otherwise. */
  public static final int BINS = 16;

  /** Values that are held at a time, 8 bytes each. */
  private static final int HELD = 1 << 24;

  /**
   * Measures all features, with 16 bins.
   *
   * @param data training samples, 1 or more
   * @param team threads to work on; the result does not depend on how many there are
   * @return one number a feature of both
   */
  public static FeatureRelevance of(LoadedDataset data, WorkerTeam team) {
    return of(data, BINS, HELD, team);
  }

  static FeatureRelevance of(LoadedDataset data, int bins, int held, WorkerTeam team) {
    if (data.size() == 0 || bins < 2) {
      throw new IllegalArgumentException(
          "relevance needs samples and 2 bins or more: %d samples, %d bins"
              .formatted(data.size(), bins));
    }
    FeatureRelevance relevance =
        new FeatureRelevance(new double[data.features()], new double[data.features()]);
    int[] labels = new int[data.size()];
    for (int s = 0; s < labels.length; s++) {
      labels[s] = data.label(s);
    }
    long[] entries = entries(data);
    int from = 0;
    while (from < data.features()) {
      int to = from + 1;
      long sum = entries[from];
      while (to < data.features() && sum + entries[to] <= held) {
        sum += entries[to++];
      }
      relevance.measure(FeatureColumns.of(data, labels, entries, from, to), data, bins, team);
      from = to;
    }
    return relevance;
  }

  /** Values of each feature that must be held. */
  private static long[] entries(LoadedDataset data) {
    long[] entries = new long[data.features()];
    switch (data) {
      case DenseDataset dense -> Arrays.fill(entries, dense.size());
      case SparseInMemoryDataset sparse -> {
        for (int s = 0; s < sparse.size(); s++) {
          for (long k = sparse.firstEntry(s); k < sparse.endEntry(s); k++) {
            entries[sparse.entryFeatures().get(k)]++;
          }
        }
      }
    }
    return entries;
  }

  private void measure(FeatureColumns columns, LoadedDataset data, int bins, WorkerTeam team) {
    long[] classes = new long[data.classNames().size()];
    for (int s = 0; s < data.size(); s++) {
      classes[data.label(s)]++;
    }
    team.run(
        columns.count(),
        (column, worker) -> {
          FeatureColumn values = columns.sorted(column);
          variance[columns.first() + column] = values.variance();
          information[columns.first() + column] = values.information(bins, classes);
        });
  }
}
