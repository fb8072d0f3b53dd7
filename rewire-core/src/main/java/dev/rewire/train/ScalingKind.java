package dev.rewire.train;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;

/** How raw features are brought to a size that a network likes, fitted on the training samples. */
public enum ScalingKind {
  /** As they are. */
  NONE {
    @Override
    public Scaling fit(InMemoryDataset training) {
      return Scaling.none();
    }
  },
  /** One scale for all, so that the largest absolute value is 1. */
  UNIT {
    @Override
    public Scaling fit(InMemoryDataset training) {
      return Scaling.unit(training);
    }
  },
  /** Mean 0 and deviation 1 over all features together: how synapses treats MNIST. */
  GLOBAL {
    @Override
    public Scaling fit(InMemoryDataset training) {
      return Scaling.global(training);
    }
  },
  /**
   * Mean 0 and deviation 1 of each feature; 0.0001 is added to the deviation, as SciPy's SET does.
   */
  STANDARD {
    @Override
    public Scaling fit(InMemoryDataset training) {
      return Scaling.standard(training, 1e-4);
    }
  };

  /**
   * Fits a scaling.
   *
   * @param training the samples that decide
   * @return what the network will do to every sample
   */
  public abstract Scaling fit(InMemoryDataset training);
}
