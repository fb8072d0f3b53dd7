package dev.rewire.data;

import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Targets;
import dev.rewire.memory.Floats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples whose classes are not known, for prediction.
 *
 * @param name short name for messages
 * @param values sample-major, {@code rows * width} raw numbers
 * @param rows samples, 1 or more
 * @param width features of a sample, 1 or more
 * @param columns name of each feature, or empty if the features have no names
 * @param image how the features lie in a picture, or null
 */
public record FeatureTable(
    String name,
    Floats values,
    int rows,
    int width,
    List<String> columns,
    @Nullable ImageShape image) {
  /** Checks the sizes. */
  public FeatureTable {
    if (rows < 1 || width < 1 || values.length() != (long) rows * width) {
      throw new IllegalArgumentException(
          name + ": " + rows + " rows of " + width + " features, got " + values.length());
    }
    if (!columns.isEmpty() && columns.size() != width) {
      throw new IllegalArgumentException(
          name + ": " + columns.size() + " column names for " + width + " features");
    }
    columns = List.copyOf(columns);
  }

  /**
   * Presents the samples to a network that knows the classes.
   *
   * @param classNames classes of the network, one or more
   * @return the same samples, nothing copied, each with class 0 as a label that means nothing
   */
  public InMemoryDataset dataset(List<String> classNames) {
    return new InMemoryDataset(name, values, width, new int[rows], classNames, image)
        .withFeatureNames(columns);
  }

  /**
   * Adds what each sample should come to.
   *
   * @param targets one a sample
   * @return the same samples, nothing copied
   */
  public InMemoryDataset targeted(Targets targets) {
    return dataset(targets.names()).withTargets(targets);
  }

  /**
   * Adds the class of each sample.
   *
   * @param labels class of each sample
   * @param classNames one name a class
   * @return the same samples, nothing copied
   */
  public InMemoryDataset labelled(int[] labels, List<String> classNames) {
    return new InMemoryDataset(name, values, width, labels, classNames, image)
        .withFeatureNames(columns);
  }
}
