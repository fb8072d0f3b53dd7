package dev.rewire.dataset;

import dev.rewire.memory.SparseBatch;
import java.util.Arrays;

/**
 * What a network does to raw features before its first layer: {@code (x - shift) * scale}. It is
 * part of the network and saved with it, so a sample is always treated as the training samples
 * were.
 */
public final class Scaling {
  private final float[] shift;
  private final float[] scale;

  /**
   * Gives each feature, or all of them, a shift and a scale.
   *
   * @param shift subtracted first; one number a feature, or a single one for all
   * @param scale multiplied after; as many numbers
   */
  public Scaling(float[] shift, float[] scale) {
    if (shift.length != scale.length || shift.length == 0) {
      throw new IllegalArgumentException(
          "as many shifts as scales are needed: " + shift.length + ", " + scale.length);
    }
    this.shift = shift.clone();
    this.scale = scale.clone();
  }

  /**
   * Leaves features as they are.
   *
   * @return shift 0, scale 1
   */
  public static Scaling none() {
    return all(0, 1);
  }

  /**
   * Treats all features alike.
   *
   * @param shift subtracted first
   * @param scale multiplied after
   * @return a scaling
   */
  public static Scaling all(double shift, double scale) {
    return new Scaling(new float[] {(float) shift}, new float[] {(float) scale});
  }

  /**
   * Brings the largest absolute value of a data set to 1, with one scale for all features: pixels
   * of 0 to 255 become 0 to 1.
   *
   * @param data training samples
   * @return a scaling
   */
  public static Scaling unit(LoadedDataset data) {
    float largest = 0;
    for (float most : largest(data)) {
      largest = Math.max(largest, most);
    }
    return all(0, largest == 0 ? 1 : 1.0 / largest);
  }

  /**
   * Brings the largest absolute value of each feature to 1 and leaves zeros at 0, as sparse samples
   * need it. A feature that is 0 in all samples is left as it is.
   *
   * @param data training samples
   * @return a scaling
   */
  public static Scaling maxAbs(LoadedDataset data) {
    float[] scale = largest(data);
    for (int f = 0; f < scale.length; f++) {
      scale[f] = scale[f] == 0 ? 1 : (float) (1.0 / scale[f]);
    }
    return new Scaling(new float[scale.length], scale);
  }

  /** Finds the largest absolute value of each feature. */
  private static float[] largest(LoadedDataset data) {
    float[] largest = new float[data.features()];
    switch (data) {
      case InMemoryDataset dense -> {
        for (int i = 0; i < data.size(); i++) {
          for (int f = 0; f < largest.length; f++) {
            largest[f] = Math.max(largest[f], Math.abs(dense.feature(i, f)));
          }
        }
      }
      case SparseInMemoryDataset sparse -> {
        for (long k = 0; k < sparse.entries(); k++) {
          int f = sparse.entryFeatures().get(k);
          largest[f] = Math.max(largest[f], Math.abs(sparse.entryValues().get(k)));
        }
      }
    }
    return largest;
  }

  /**
   * Subtracts the mean of all features together and divides by their standard deviation.
   *
   * @param data training samples
   * @return a scaling
   */
  public static Scaling global(InMemoryDataset data) {
    double count = (double) data.size() * data.features();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < data.size(); i++) {
      for (int f = 0; f < data.features(); f++) {
        double value = data.feature(i, f);
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return all(mean, deviation == 0 ? 1 : 1 / deviation);
  }

  /**
   * Subtracts the mean of each feature and divides by its standard deviation.
   *
   * @param data training samples
   * @param added to each deviation, so that constant features become 0 and not infinite
   * @return a scaling
   */
  public static Scaling standard(InMemoryDataset data, double added) {
    int width = data.features();
    double[] sum = new double[width];
    double[] squares = new double[width];
    for (int i = 0; i < data.size(); i++) {
      for (int f = 0; f < width; f++) {
        sum[f] += data.feature(i, f);
      }
    }
    for (int f = 0; f < width; f++) {
      sum[f] /= data.size();
    }
    for (int i = 0; i < data.size(); i++) {
      for (int f = 0; f < width; f++) {
        double difference = data.feature(i, f) - sum[f];
        squares[f] += difference * difference;
      }
    }
    float[] shift = new float[width];
    float[] scale = new float[width];
    for (int f = 0; f < width; f++) {
      double deviation = Math.sqrt(squares[f] / data.size());
      shift[f] = (float) sum[f];
      scale[f] = deviation + added == 0 ? 0f : (float) (1 / (deviation + added));
    }
    return new Scaling(shift, scale);
  }

  /**
   * Returns the shift of a feature.
   *
   * @param feature its number
   * @return what is subtracted first
   */
  public float shift(int feature) {
    return shift[shift.length == 1 ? 0 : feature];
  }

  /**
   * Returns the scale of a feature.
   *
   * @param feature its number
   * @return what is multiplied after
   */
  public float scale(int feature) {
    return scale[scale.length == 1 ? 0 : feature];
  }

  /**
   * Returns for how many features this is made.
   *
   * @return 1 if all features are treated alike
   */
  public int width() {
    return shift.length;
  }

  /**
   * Says whether features are left as they are.
   *
   * @return true for {@link #none}
   */
  public boolean isNone() {
    return width() == 1 && shift[0] == 0 && scale[0] == 1;
  }

  /**
   * Says whether zeros stay 0, so that sparse samples stay sparse.
   *
   * @return true if nothing is subtracted from any feature
   */
  public boolean keepsZeros() {
    for (float subtracted : shift) {
      if (subtracted != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes room for batches of sparse samples, which will be scaled as they come.
   *
   * @param features features of a sample
   * @return an empty batch
   * @throws IllegalArgumentException if zeros would not stay 0
   */
  public SparseBatch batch(int features) {
    if (!keepsZeros()) {
      throw new IllegalArgumentException(
          "this network subtracts something from its inputs, so that zeros would not stay 0: scale"
              + " sparse samples by max-abs, unit or none");
    }
    return new SparseBatch(features, scale);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling that
        && Arrays.equals(shift, that.shift)
        && Arrays.equals(scale, that.scale);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shift) + Arrays.hashCode(scale);
  }
}
