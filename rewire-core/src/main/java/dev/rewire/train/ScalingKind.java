package dev.rewire.train;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.ScalingFit;

/** How raw features are brought to a size that a network likes, fitted on the training samples. */
public enum ScalingKind {
  /** As they are. */
  NONE(true) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return Scaling.none();
    }
  },
  /** One scale for all, so that the largest absolute value is 1. */
  UNIT(true) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.of(training).unit();
    }
  },
  /** A scale for each feature, so that its largest absolute value is 1; zeros stay 0. */
  MAX_ABS(true) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.of(training).maxAbs();
    }
  },
  /** A shift and a scale for each feature, so that its values go from 0 to 1. */
  MIN_MAX(false) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.of(training).minMax();
    }
  },
  /** Mean 0 and deviation 1 over all features together: how synapses treats MNIST. */
  GLOBAL(false) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.of(training).global();
    }
  },
  /**
   * Mean 0 and deviation 1 of each feature; 0.0001 is added to the deviation, as SciPy's SET does.
   */
  STANDARD(false) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.of(training).standard(ADDED);
    }
  },
  /** The logarithm of 1 + x, for counts; zeros stay 0. */
  LOG1P(true) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.afterLog1p(training).none();
    }
  },
  /** The logarithm, and then as {@link #MAX_ABS}; zeros stay 0. */
  LOG1P_MAX_ABS(true) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.afterLog1p(training).maxAbs();
    }
  },
  /** The logarithm, and then as {@link #MIN_MAX}. */
  LOG1P_MIN_MAX(false) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.afterLog1p(training).minMax();
    }
  },
  /** The logarithm, and then as {@link #STANDARD}. */
  LOG1P_STANDARD(false) {
    @Override
    public Scaling fit(LoadedDataset training) {
      return ScalingFit.afterLog1p(training).standard(ADDED);
    }
  };

  private static final double ADDED = 1e-4;

  private final boolean keepsZeros;

  ScalingKind(boolean keepsZeros) {
    this.keepsZeros = keepsZeros;
  }

  /**
   * Fits a scaling.
   *
   * @param training the samples that decide
   * @return what the network will do to every sample
   * @throws IllegalArgumentException if the samples are sparse and their zeros would not stay 0
   */
  public abstract Scaling fit(LoadedDataset training);

  /**
   * Says whether zeros stay 0, so that this can be done to sparse samples.
   *
   * @return true if nothing is subtracted
   */
  public boolean keepsZeros() {
    return keepsZeros;
  }
}
