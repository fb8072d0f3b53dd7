package dev.rewire.data;

import dev.rewire.dataset.LoadedDataset;

/**
 * What is set aside beside the usual share of test samples, and how much of the rest is used.
 *
 * @param validation share of the training samples for validation, 0 for none, below 1
 * @param folds number of equal parts of a cross-validation, 2 or more, or 0 for none
 * @param fold which part is set aside, from 1; 0 without folds
 * @param training training samples that are used at most, 0 for all
 * @param test test samples that are used at most, 0 for all
 */
public record Holdout(double validation, int folds, int fold, int training, int test) {
  /** Nothing else. */
  public static final Holdout NONE = new Holdout(0, 0, 0);

  /** Checks the numbers. */
  public Holdout {
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException("validation must be 0 to below 1: " + validation);
    }
    if (folds == 0 ? fold != 0 : folds < 2 || fold < 1 || fold > folds) {
      throw new IllegalArgumentException(
          "folds must be 2 or more, and fold from 1 to folds: " + folds + ", " + fold);
    }
    if (training < 0 || test < 0) {
      throw new IllegalArgumentException(
          "training and test must be 0 or more samples: " + training + ", " + test);
    }
  }

  /**
   * Sets something aside and uses all the rest.
   *
   * @param validation share of the training samples for validation, 0 for none, below 1
   * @param folds number of equal parts of a cross-validation, 2 or more, or 0 for none
   * @param fold which part is set aside, from 1; 0 without folds
   */
  public Holdout(double validation, int folds, int fold) {
    this(validation, folds, fold, 0, 0);
  }

  /**
   * Changes the cross-validation.
   *
   * @param changed number of equal parts, 2 or more, or 0 for none
   * @param chosen which part is set aside, from 1; 0 without folds
   * @return otherwise the same
   */
  public Holdout withFold(int changed, int chosen) {
    return new Holdout(validation, changed, chosen, training, test);
  }

  /**
   * Divides data that have no test samples of their own. With folds, the fold is tested and the
   * share of test samples does not matter.
   *
   * @param all two samples or more
   * @param testFraction share of the test samples, above 0 and below 1
   * @param seed decides which samples
   * @return two parts, or three
   * @throws DataException if a part would be empty
   */
  public DatasetPair divide(LoadedDataset all, double testFraction, long seed) {
    DatasetPair pair =
        folds == 0 ? Split.stratified(all, testFraction, seed) : Split.fold(all, folds, fold, seed);
    return fewer(validation == 0 ? pair : Split.validation(pair, validation, seed), seed);
  }

  private DatasetPair fewer(DatasetPair pair, long seed) {
    if (training == 0 && test == 0) {
      return pair;
    }
    LoadedDataset less = training == 0 ? pair.train() : Split.sample(pair.train(), training, seed);
    LoadedDataset tested = test == 0 ? pair.test() : Split.sample(pair.test(), test, seed);
    return new DatasetPair(less, tested, pair.validation());
  }

  /**
   * Divides the training part of data that have test samples of their own. With folds, the fold is
   * for validation.
   *
   * @param pair training and test samples; the test samples stay as they are
   * @param seed decides which samples
   * @return two parts, or three
   * @throws DataException if a part would be empty, or if a fold and a share are asked for
   */
  public DatasetPair divide(DatasetPair pair, long seed) {
    if (folds > 0 && validation > 0) {
      throw new DataException(
          pair.train().name()
              + " has its own test samples, so that fold "
              + fold
              + " is for validation: leave out the share of validation samples.");
    }
    if (folds > 0) {
      DatasetPair two = Split.fold(pair.train(), folds, fold, seed);
      return fewer(new DatasetPair(two.train(), pair.test(), two.test()), seed);
    }
    return fewer(validation == 0 ? pair : Split.validation(pair, validation, seed), seed);
  }
}
