package dev.rewire.data.array;

/** Takes the numbers of an array in the order in which they are stored. */
@FunctionalInterface
public interface NumberSink {
  /**
   * Takes the next numbers.
   *
   * @param values the numbers, valid during this call
   * @param count how many of {@code values}, from index 0
   */
  void accept(double[] values, int count);
}
