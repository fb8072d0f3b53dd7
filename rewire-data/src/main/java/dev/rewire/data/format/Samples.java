package dev.rewire.data.format;

import dev.rewire.dataset.LoadedDataset;
import java.util.List;

/**
 * What a reader found.
 *
 * @param data the samples
 * @param next how another file with the same features must be read, a test file for example
 * @param notes sentences without a full stop about what was guessed and should not stay unsaid
 */
public record Samples(LoadedDataset data, ReadOptions next, List<String> notes) {
  /** Copies the list. */
  public Samples {
    notes = List.copyOf(notes);
  }

  /**
   * Returns samples about which nothing had to be guessed.
   *
   * @param data the samples
   * @param options how they were read
   * @return samples whose relatives are read in the same way
   */
  public static Samples of(LoadedDataset data, ReadOptions options) {
    return new Samples(data, options, List.of());
  }
}
