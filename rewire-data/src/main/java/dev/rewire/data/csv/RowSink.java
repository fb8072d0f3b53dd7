package dev.rewire.data.csv;

/** Takes the features of a table row by row, so that nobody has to keep them. */
@FunctionalInterface
public interface RowSink {
  /**
   * Takes the next row.
   *
   * @param row one number a feature; used again for the next row
   */
  void add(float[] row);
}
