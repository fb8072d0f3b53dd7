package dev.rewire.dataset;

/** A data set that keeps every feature of every sample, zeros included. */
public sealed interface DenseDataset extends LoadedDataset permits InMemoryDataset, MappedDataset {
  @Override
  DenseDataset withSubstitutes(float... values);

  @Override
  DenseDataset withTargets(Targets targets);
}
