package dev.rewire.dataset;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A data set that fits into memory: one row of floats a sample. */
public final class InMemoryDataset implements DenseDataset {
  private final String name;
  private final Floats features;
  private final int width;
  private final Targets targets;
  private final @Nullable ImageShape image;
  private final List<String> featureNames;
  private final float[] substitutes;

  /**
   * Wraps the samples; nothing is copied.
   *
   * @param name short name for messages
   * @param features sample-major, {@code labels.length * width} elements
   * @param width features of a sample, 1 or more
   * @param labels class of each sample, 0 to {@code classNames.size() - 1}
   * @param classNames one name a class
   * @param image how the features lie in a picture, or null
   */
  public InMemoryDataset(
      String name,
      Floats features,
      int width,
      int[] labels,
      List<String> classNames,
      @Nullable ImageShape image) {
    if (width < 1) {
      throw new IllegalArgumentException("width must be 1 or more: " + width);
    }
    if (features.length() != (long) labels.length * width) {
      throw new IllegalArgumentException(
          name
              + ": "
              + labels.length
              + " labels of "
              + width
              + " features need "
              + (long) labels.length * width
              + " numbers, got "
              + features.length());
    }
    if (image != null && image.features() != width) {
      throw new IllegalArgumentException(
          name + ": a picture of " + image.features() + " pixels for " + width + " features");
    }
    this.name = name;
    this.features = features;
    this.width = width;
    targets = ClassTargets.of(name, labels, classNames);
    this.image = image;
    this.featureNames = List.of();
    substitutes = new float[0];
  }

  private InMemoryDataset(
      InMemoryDataset that,
      Floats features,
      Targets targets,
      List<String> names,
      float[] substitutes) {
    name = that.name;
    this.features = features;
    width = that.width;
    this.targets = targets;
    image = that.image;
    featureNames = names;
    this.substitutes = substitutes;
  }

  /**
   * Names the features.
   *
   * @param names one name a feature, or none at all
   * @return the same samples, nothing copied
   */
  public InMemoryDataset withFeatureNames(List<String> names) {
    return new InMemoryDataset(
        this, features, targets, FeatureNames.of(name, names, width), substitutes);
  }

  /**
   * Copies samples out of Java arrays.
   *
   * @param name short name for messages
   * @param samples one row a sample, all of one length
   * @param labels class of each sample, counted from 0
   * @return a data set whose classes are named by their numbers
   */
  public static InMemoryDataset of(String name, float[][] samples, int[] labels) {
    if (samples.length == 0 || samples.length != labels.length) {
      throw new IllegalArgumentException(
          name + ": " + samples.length + " samples and " + labels.length + " labels");
    }
    int width = samples[0].length;
    Floats features = new Floats((long) samples.length * width);
    for (int i = 0; i < samples.length; i++) {
      if (samples[i].length != width) {
        throw new IllegalArgumentException(
            name + ": sample " + i + " has " + samples[i].length + " features, not " + width);
      }
      features.copy(samples[i], 0, (long) i * width, width);
    }
    int classes = Arrays.stream(labels).max().orElse(0) + 1;
    return new InMemoryDataset(name, features, width, labels, numbered(classes), null);
  }

  /**
   * Names classes by their numbers.
   *
   * @param classes how many, 0 or more
   * @return {@code "0", "1", ...}
   */
  public static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int features() {
    return width;
  }

  @Override
  public Targets targets() {
    return targets;
  }

  @Override
  public InMemoryDataset withTargets(Targets changed) {
    return new InMemoryDataset(this, features, changed.of(name, size()), featureNames, substitutes);
  }

  @Override
  public @Nullable ImageShape image() {
    return image;
  }

  /**
   * Returns the raw values of all samples.
   *
   * @return sample-major, {@code size * features} numbers; read only
   */
  public Floats values() {
    return features;
  }

  @Override
  public float feature(int sample, int feature) {
    return features.get((long) sample * width + feature);
  }

  @Override
  public List<String> featureNames() {
    return featureNames;
  }

  @Override
  public float[] substitutes() {
    return substitutes.clone();
  }

  @Override
  public InMemoryDataset withSubstitutes(float... values) {
    return new InMemoryDataset(
        this, features, targets, featureNames, Substitutes.of(name, values, width));
  }

  @Override
  public void read(int sample, float[] values) {
    MemorySegment.copy(
        features.segment(),
        ValueLayout.JAVA_FLOAT,
        (long) sample * width * Float.BYTES,
        values,
        0,
        width);
  }

  @Override
  public InMemoryDataset select(int[] samples) {
    Floats chosen = new Floats((long) samples.length * width);
    for (int i = 0; i < samples.length; i++) {
      chosen.copy(features, (long) samples[i] * width, (long) i * width, width);
    }
    return new InMemoryDataset(this, chosen, targets.select(samples), featureNames, substitutes);
  }

  @Override
  public long bytes() {
    return Float.BYTES * features.length() + targets.bytes();
  }

  @Override
  public void copyFeatures(int sample, int firstFeature, int endFeature, Floats row, long at) {
    row.copy(features, (long) sample * width + firstFeature, at, endFeature - firstFeature);
  }
}
