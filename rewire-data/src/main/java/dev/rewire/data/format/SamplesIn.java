package dev.rewire.data.format;

/** Which way samples lie in a table or an array. */
public enum SamplesIn {
  /** In rows; in the columns of an array if there are as many labels as columns and not as rows. */
  DETECTED,
  /** A row is a sample. */
  ROWS,
  /** A column is a sample, as tables of genes have it. */
  COLUMNS
}
