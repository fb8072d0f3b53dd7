package dev.rewire.data;

import dev.rewire.dataset.LoadedDataset;
import org.jspecify.annotations.Nullable;

/**
 * What to learn from and what to be judged by.
 *
 * @param train training samples, one or more
 * @param test test samples with the same features and classes, one or more
 * @param validation samples to choose settings and the best epoch by, so that the test samples are
 *     new to everything that was chosen; or null
 */
public record DatasetPair(
    LoadedDataset train, LoadedDataset test, @Nullable LoadedDataset validation) {
  /** Checks that the two fit together. */
  public DatasetPair {
    if (train.size() == 0 || test.size() == 0) {
      throw new DataException(
          train.name()
              + " has "
              + train.size()
              + " training and "
              + test.size()
              + " test samples: provide at least one of each.");
    }
    if (train.features() != test.features()) {
      throw new DataException(
          train.name()
              + " has "
              + train.features()
              + " features for training and "
              + test.features()
              + " for testing: provide files with the same columns or picture size.");
    }
    if (train.head() != test.head()) {
      throw new DataException(
          "%s has targets of the kind %s for training and %s for testing: say by --head what they are."
              .formatted(train.name(), train.head().id(), test.head().id()));
    }
    if (!train.classNames().equals(test.classNames())) {
      throw new DataException(
          train.name()
              + " has the classes "
              + train.classNames()
              + " for training and "
              + test.classNames()
              + " for testing: provide files with the same classes.");
    }
  }

  /**
   * Pairs samples of which none are set aside for validation.
   *
   * @param train training samples, one or more
   * @param test test samples with the same features and classes, one or more
   */
  public DatasetPair(LoadedDataset train, LoadedDataset test) {
    this(train, test, null);
  }

  /**
   * Returns what is looked at after each epoch.
   *
   * @return the validation samples, or the test samples if there are none
   */
  public LoadedDataset watched() {
    return validation == null ? test : validation;
  }
}
