package dev.rewire.plan;

import dev.rewire.data.DatasetPair;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.MemoryEstimate;
import dev.rewire.train.Recipe;

/**
 * A training run that somebody thinks of.
 *
 * @param recipe all settings
 * @param inputs features of a sample
 * @param classes outputs of the network
 * @param samples to learn, 1 or more
 * @param testSamples to test with after each epoch, 0 or more
 * @param loaded bytes of data that are in memory already, 0 if none are
 */
public record Proposal(
    Recipe recipe, int inputs, int classes, int samples, int testSamples, long loaded) {

  /**
   * Describes a run on data that are there.
   *
   * @param recipe all settings
   * @param pair the data
   * @return the proposal
   */
  public static Proposal of(Recipe recipe, DatasetPair pair) {
    LoadedDataset train = pair.train();
    LoadedDataset validation = pair.validation();
    return new Proposal(
        recipe,
        train.features(),
        train.head().outputs(train.classNames().size()),
        train.size(),
        pair.test().size(),
        train.bytes() + pair.test().bytes() + (validation == null ? 0 : validation.bytes()));
  }

  private static long bytes(int features, long samples) {
    return samples * (Float.BYTES * (long) features + Integer.BYTES);
  }

  /**
   * Changes the settings.
   *
   * @param changed other settings
   * @return the same data with them
   */
  public Proposal with(Recipe changed) {
    return new Proposal(changed, inputs, classes, samples, testSamples, loaded);
  }

  /**
   * Returns the batch that training would use.
   *
   * @return samples, never more than there are
   */
  public int batch() {
    return Math.min(recipe.plan().batch(), samples);
  }

  /**
   * Returns the steps of an epoch.
   *
   * @return 1 or more
   */
  public int steps() {
    return Math.ceilDiv(samples, batch());
  }

  /**
   * Adds up the memory.
   *
   * @return an estimate, part by part
   */
  public MemoryEstimate memory() {
    NetworkBuilder builder =
        new NetworkBuilder(inputs, InMemoryDataset.numbered(classes))
            .hidden(recipe.hidden().stream().mapToInt(Integer::intValue).toArray())
            .density(recipe.density())
            .densityOf(recipe.densityOf())
            .denseOutput(recipe.denseOutput())
            .dropout(recipe.dropout());
    return MemoryEstimate.of(
        builder,
        recipe.plan().withBatch(batch()),
        loaded > 0 ? loaded : bytes(inputs, (long) samples + testSamples));
  }
}
