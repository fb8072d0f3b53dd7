package dev.rewire.data;

/** What happens to a value that is not there: an empty cell, {@code ?}, {@code NaN}. */
public enum Missing {
  /** The file is refused, with the place of the first one. */
  REFUSE,
  /** It becomes the mean of its feature in the training samples. */
  MEAN,
  /** It becomes 0. */
  ZERO,
  /** Its sample is left out. */
  DROP_ROW,
  /** It stays {@code NaN}, for whoever only looks at the data. */
  KEEP
}
