package dev.rewire.data.libsvm;

/**
 * What a LIBSVM file does not say about itself.
 *
 * @param features features of a sample, or 0 for as many as the largest index in the file asks for
 * @param first whether indices count from 0 or from 1
 */
public record LibsvmOptions(int features, First first) {
  /** Everything is found out. */
  public static final LibsvmOptions DEFAULT = new LibsvmOptions(0, First.DETECTED);

  /** The index of the first feature. */
  public enum First {
    /** 0 if that index occurs in the file, else 1. */
    DETECTED,
    /** 0. */
    ZERO,
    /** 1, as LIBSVM writes it. */
    ONE
  }

  /** Checks the number. */
  public LibsvmOptions {
    if (features < 0) {
      throw new IllegalArgumentException("features must be 0 or more: " + features);
    }
  }

  /**
   * Changes the number of features.
   *
   * @param changed features of a sample, or 0 to find out
   * @return otherwise equal options
   */
  public LibsvmOptions withFeatures(int changed) {
    return new LibsvmOptions(changed, first);
  }

  /**
   * Changes the first index.
   *
   * @param changed whether indices count from 0 or from 1
   * @return otherwise equal options
   */
  public LibsvmOptions withFirst(First changed) {
    return new LibsvmOptions(features, changed);
  }
}
