package dev.rewire.data.format;

import dev.rewire.data.csv.LabelColumn;
import org.jspecify.annotations.Nullable;

/**
 * Which arrays of a file hold the samples and their classes.
 *
 * @param x name of the array of samples, or null for the usual names
 * @param y name of the array of labels, or null for the usual names
 * @param column the column of the samples that holds the labels, or null if it is none
 */
public record ArrayNames(@Nullable String x, @Nullable String y, @Nullable LabelColumn column) {
  /** The usual names, and no column of labels. */
  public static final ArrayNames DEFAULT = new ArrayNames(null, null, null);
}
