package dev.rewire.train;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.SparseInMemoryDataset;

/** How raw features are brought to a size that a network likes, fitted on the training samples. */
public enum ScalingKind {
  /** As they are. */
  NONE {
    @Override
    public Scaling fit(LoadedDataset training) {
      return Scaling.none();
    }
  },
  /** One scale for all, so that the largest absolute value is 1. */
  UNIT {
    @Override
    public Scaling fit(LoadedDataset training) {
      return Scaling.unit(training);
    }
  },
  /** A scale for each feature, so that its largest absolute value is 1; zeros stay 0. */
  MAX_ABS {
    @Override
    public Scaling fit(LoadedDataset training) {
      return Scaling.maxAbs(training);
    }
  },
  /** Mean 0 and deviation 1 over all features together: how synapses treats MNIST. */
  GLOBAL {
    @Override
    public Scaling fit(LoadedDataset training) {
      return Scaling.global(dense(training));
    }
  },
  /**
   * Mean 0 and deviation 1 of each feature; 0.0001 is added to the deviation, as SciPy's SET does.
   */
  STANDARD {
    @Override
    public Scaling fit(LoadedDataset training) {
      return Scaling.standard(dense(training), 1e-4);
    }
  };

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
    return this != GLOBAL && this != STANDARD;
  }

  private static InMemoryDataset dense(LoadedDataset training) {
    return switch (training) {
      case InMemoryDataset dense -> dense;
      case SparseInMemoryDataset sparse ->
          throw new IllegalArgumentException(
              sparse.name()
                  + " is sparse, and subtracting a mean would fill in its zeros: scale it by"
                  + " max-abs, unit or none");
    };
  }
}
