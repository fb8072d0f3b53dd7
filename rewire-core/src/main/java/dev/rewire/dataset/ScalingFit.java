package dev.rewire.dataset;

/**
 * Finds the scaling that brings training samples to a size that a network likes. Only they decide:
 * test samples and whatever is predicted later are treated in the same way.
 *
 * <p>Each method passes over the samples once or twice, in their order, and keeps two numbers a
 * feature: the samples may be on a disk.
 */
public final class ScalingFit {
  private final LoadedDataset data;
  private final boolean logarithmic;

  private ScalingFit(LoadedDataset data, boolean logarithmic) {
    this.data = data;
    this.logarithmic = logarithmic;
  }

  /**
   * Fits on raw values.
   *
   * @param data training samples
   * @return to ask for a scaling
   */
  public static ScalingFit of(LoadedDataset data) {
    return new ScalingFit(data, false);
  }

  /**
   * Fits on the logarithms of the values, see {@link Scaling#log1p}.
   *
   * @param data training samples
   * @return to ask for a scaling, which will take logarithms first
   */
  public static ScalingFit afterLog1p(LoadedDataset data) {
    return new ScalingFit(data, true);
  }

  /**
   * Subtracts nothing and multiplies nothing.
   *
   * @return none, or the logarithm alone
   */
  public Scaling none() {
    return all(0, 1);
  }

  /**
   * Brings the largest absolute value to 1, with one scale for all features.
   *
   * @return a scaling that leaves zeros at 0
   */
  public Scaling unit() {
    float largest = 0;
    for (float most : largest()) {
      largest = Math.max(largest, most);
    }
    return all(0, largest == 0 ? 1 : 1.0 / largest);
  }

  /**
   * Brings the largest absolute value of each feature to 1. A feature that is 0 in all samples is
   * left as it is.
   *
   * @return a scaling that leaves zeros at 0
   */
  public Scaling maxAbs() {
    float[] scale = largest();
    for (int f = 0; f < scale.length; f++) {
      scale[f] = scale[f] == 0 ? 1 : (float) (1.0 / scale[f]);
    }
    return new Scaling(new float[scale.length], scale, logarithmic);
  }

  /**
   * Brings the smallest value of each feature to 0 and the largest to 1. A feature that is the same
   * in all samples becomes 0, whatever it is later: it taught nothing.
   *
   * @return a scaling
   * @throws IllegalArgumentException if the samples are sparse
   */
  public Scaling minMax() {
    float[] least = row();
    float[] most = row();
    float[] values = row();
    for (int i = 0; i < data.size(); i++) {
      read(i, values);
      for (int f = 0; f < values.length; f++) {
        least[f] = i == 0 ? values[f] : Math.min(least[f], values[f]);
        most[f] = i == 0 ? values[f] : Math.max(most[f], values[f]);
      }
    }
    float[] scale = row();
    for (int f = 0; f < scale.length; f++) {
      double span = (double) most[f] - least[f];
      scale[f] = span == 0 ? 0f : (float) (1 / span);
    }
    return new Scaling(least, scale, logarithmic);
  }

  /**
   * Subtracts the mean of all features together and divides by their standard deviation.
   *
   * @return a scaling
   * @throws IllegalArgumentException if the samples are sparse
   */
  public Scaling global() {
    double count = (double) data.size() * data.features();
    double sum = 0;
    double squares = 0;
    float[] values = row();
    for (int i = 0; i < data.size(); i++) {
      read(i, values);
      for (double value : values) {
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
   * @param added to each deviation, so that constant features become 0 and not infinite
   * @return a scaling
   * @throws IllegalArgumentException if the samples are sparse
   */
  public Scaling standard(double added) {
    int width = data.features();
    double[] mean = new double[width];
    double[] squares = new double[width];
    float[] values = row();
    for (int i = 0; i < data.size(); i++) {
      read(i, values);
      for (int f = 0; f < width; f++) {
        mean[f] += values[f];
      }
    }
    for (int f = 0; f < width; f++) {
      mean[f] /= data.size();
    }
    for (int i = 0; i < data.size(); i++) {
      read(i, values);
      for (int f = 0; f < width; f++) {
        double difference = values[f] - mean[f];
        squares[f] += difference * difference;
      }
    }
    float[] shift = row();
    float[] scale = row();
    for (int f = 0; f < width; f++) {
      double deviation = Math.sqrt(squares[f] / data.size());
      shift[f] = (float) mean[f];
      scale[f] = deviation + added == 0 ? 0f : (float) (1 / (deviation + added));
    }
    return new Scaling(shift, scale, logarithmic);
  }

  /** Finds the largest absolute value of each feature. */
  private float[] largest() {
    float[] largest = row();
    switch (data) {
      case DenseDataset dense -> {
        float[] values = row();
        for (int i = 0; i < dense.size(); i++) {
          read(i, values);
          for (int f = 0; f < largest.length; f++) {
            largest[f] = Math.max(largest[f], Math.abs(values[f]));
          }
        }
      }
      case SparseInMemoryDataset sparse -> {
        for (int i = 0; i < sparse.size(); i++) {
          for (long k = sparse.firstEntry(i); k < sparse.endEntry(i); k++) {
            int f = sparse.entryFeatures().get(k);
            float value = sparse.entryValues().get(k);
            float seen = logarithmic ? Scaling.log1p(value) : value;
            largest[f] = Math.max(largest[f], Math.abs(seen));
          }
        }
      }
    }
    return largest;
  }

  private void read(int sample, float[] values) {
    if (!(data instanceof DenseDataset)) {
      throw new IllegalArgumentException(
          data.name()
              + " is sparse, and subtracting something would fill in its zeros: scale it by"
              + " max-abs, log1p, unit or none");
    }
    data.read(sample, values);
    for (int f = 0; logarithmic && f < values.length; f++) {
      values[f] = Scaling.log1p(values[f]);
    }
  }

  private float[] row() {
    return new float[data.features()];
  }

  private Scaling all(double shift, double scale) {
    return new Scaling(new float[] {(float) shift}, new float[] {(float) scale}, logarithmic);
  }
}
