package dev.rewire.measure;

import java.util.Arrays;

/**
 * How unequally something is spread (Gini 1912): 0 if all have the same, near 1 if one has all.
 * Half the mean absolute difference of two of them over their mean.
 */
public final class Gini {
  private Gini() {}

  /**
   * Measures numbers, for example the connections of each input. Costs a sort.
   *
   * @param values 0 or more each, at least one number
   * @return 0 to 1 - 1/n; 0 where all are 0
   */
  public static double of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0 || sorted[0] < 0) {
      throw new IllegalArgumentException("a Gini coefficient needs numbers of 0 or more");
    }
    double sum = 0;
    double weighted = 0;
    int n = sorted.length;
    for (int i = 0; i < n; i++) {
      sum += sorted[i];
      weighted += (2.0 * i + 1 - n) * sorted[i];
    }
    return sum == 0 ? 0 : weighted / (n * sum);
  }

  /**
   * Measures counts.
   *
   * @param values 0 or more each, at least one number
   * @return 0 to 1 - 1/n; 0 where all are 0
   */
  public static double of(int... values) {
    return of(Arrays.stream(values).asDoubleStream().toArray());
  }
}
