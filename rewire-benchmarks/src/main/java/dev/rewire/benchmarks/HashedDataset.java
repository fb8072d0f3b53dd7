package dev.rewire.benchmarks;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples that are computed when they are asked for and take no memory, however many features they
 * have: uniform noise of mean 0 and deviation 1, and for each class a direction to learn.
 */
final class HashedDataset implements Dataset {
  private static final float SIGNAL = 0.3f;
  private static final float NOISE = (float) Math.sqrt(12);

  private final int size;
  private final int features;
  private final List<String> classNames;

  /**
   * Describes the samples.
   *
   * @param size how many, 0 or more
   * @param features of each, 1 or more
   * @param classes 1 to 64
   */
  HashedDataset(int size, int features, int classes) {
    this.size = size;
    this.features = features;
    classNames = InMemoryDataset.numbered(classes);
  }

  @Override
  public String name() {
    return "hashed";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int sample) {
    return sample % classNames.size();
  }

  @Override
  public @Nullable ImageShape image() {
    return null;
  }

  @Override
  public void copyFeatures(int sample, int firstFeature, int endFeature, Floats row, long at) {
    for (int f = firstFeature; f < endFeature; f++) {
      long directions = RandomStreams.mix(~f);
      long hash = RandomStreams.mix((long) sample * features + f);
      float noise = ((int) (hash >>> 40) * 0x1p-24f - 0.5f) * NOISE;
      boolean up = (directions >>> label(sample) & 1) != 0;
      row.set(at + f - firstFeature, noise + (up ? SIGNAL : -SIGNAL));
    }
  }

  @Override
  public void fillTargets(int[] samples, int from, int count, Activations target) {
    target.values().clear();
    for (int b = 0; b < count; b++) {
      target.set(label(samples[from + b]), b, 1f);
    }
  }
}
