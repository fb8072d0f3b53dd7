package dev.rewire.dataset;

import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import java.util.Arrays;

/**
 * What a network does to raw features before its first layer: {@code (x - shift) * scale}, if asked
 * after a logarithm and after something was put in the place of missing values. It is part of the
 * network and saved with it, so a sample is always treated as the training samples were.
 */
public final class Scaling {
  private final float[] shift;
  private final float[] scale;
  private final boolean logarithmic;
  private final float[] substitutes;

  /**
   * Gives each feature, or all of them, a shift and a scale.
   *
   * @param shift subtracted first; one number a feature, or a single one for all
   * @param scale multiplied after; as many numbers
   */
  public Scaling(float[] shift, float[] scale) {
    this(shift, scale, false);
  }

  /**
   * Gives each feature, or all of them, a shift and a scale, if asked after the logarithm.
   *
   * @param shift subtracted first; one number a feature, or a single one for all
   * @param scale multiplied after; as many numbers
   * @param logarithmic whether raw features go through {@link #log1p} before that
   */
  public Scaling(float[] shift, float[] scale, boolean logarithmic) {
    this(shift, scale, logarithmic, new float[0]);
  }

  private Scaling(float[] shift, float[] scale, boolean logarithmic, float[] substitutes) {
    if (shift.length != scale.length || shift.length == 0) {
      throw new IllegalArgumentException(
          "as many shifts as scales are needed: " + shift.length + ", " + scale.length);
    }
    this.shift = shift.clone();
    this.scale = scale.clone();
    this.logarithmic = logarithmic;
    this.substitutes = substitutes;
  }

  /**
   * Says what stands in for missing values ({@code NaN}), before anything else is done to them.
   *
   * @param values one number a feature, a single one for all, or none, so that NaN stays NaN
   * @return otherwise the same
   */
  public Scaling withSubstitutes(float... values) {
    int width = Math.max(values.length, shift.length);
    return new Scaling(shift, scale, logarithmic, Substitutes.of("scaling", values, width));
  }

  /**
   * Returns what stands in for missing values.
   *
   * @return one number a feature, a single one for all, or none
   */
  public float[] substitutes() {
    return substitutes.clone();
  }

  /**
   * Says whether something stands in for missing values.
   *
   * @return true unless NaN stays NaN
   */
  public boolean fillsGaps() {
    return substitutes.length > 0;
  }

  /**
   * Puts something in the place of a missing value.
   *
   * @param raw a number or {@code NaN}
   * @param feature its number
   * @return what is there, or what stands in for it
   */
  public float present(float raw, int feature) {
    return Substitutes.present(raw, substitutes, feature);
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
    return ScalingFit.of(data).unit();
  }

  /**
   * Brings the largest absolute value of each feature to 1 and leaves zeros at 0, as sparse samples
   * need it. A feature that is 0 in all samples is left as it is.
   *
   * @param data training samples
   * @return a scaling
   */
  public static Scaling maxAbs(LoadedDataset data) {
    return ScalingFit.of(data).maxAbs();
  }

  /**
   * Subtracts the mean of all features together and divides by their standard deviation.
   *
   * @param data training samples
   * @return a scaling
   */
  public static Scaling global(DenseDataset data) {
    return ScalingFit.of(data).global();
  }

  /**
   * Subtracts the mean of each feature and divides by its standard deviation.
   *
   * @param data training samples
   * @param added to each deviation, so that constant features become 0 and not infinite
   * @return a scaling
   */
  public static Scaling standard(DenseDataset data, double added) {
    return ScalingFit.of(data).standard(added);
  }

  /**
   * The logarithm of a count: {@code log(1 + x)}, and {@code -log(1 - x)} below 0, so that every
   * number has a value and zeros stay 0. The same bits on every machine.
   *
   * @param x any finite number
   * @return a finite number of the same sign
   */
  public static float log1p(float x) {
    return x == 0 ? x : (float) Math.copySign(StrictMath.log1p(Math.abs((double) x)), x);
  }

  /**
   * Says whether the logarithm comes first, before anything is subtracted.
   *
   * @return true if raw features go through {@link #log1p}
   */
  public boolean logarithmic() {
    return logarithmic;
  }

  /**
   * Does to raw features what comes before shift and scale: puts something in the place of missing
   * values and takes logarithms.
   *
   * @param features raw values of a run of features, changed in place
   * @param at index of the first of them
   * @param from number of the first feature
   * @param to one past the number of the last feature
   */
  public void prepare(Floats features, long at, int from, int to) {
    for (int f = from; fillsGaps() && f < to; f++) {
      features.set(at + f - from, present(features.get(at + f - from), f));
    }
    for (long i = at; logarithmic && i < at + to - from; i++) {
      features.set(i, log1p(features.get(i)));
    }
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
    return !logarithmic && !fillsGaps() && width() == 1 && shift[0] == 0 && scale[0] == 1;
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
              + " sparse samples by max-abs, log1p, unit or none");
    }
    // The logarithm comes between the raw value and its scale, so then apply() does both.
    return logarithmic ? new SparseBatch(features, 1f) : new SparseBatch(features, scale);
  }

  /**
   * Does to a batch of sparse samples what {@link #batch} could not do on the way.
   *
   * @param batch made by {@link #batch} and filled with raw values
   */
  public void apply(SparseBatch batch) {
    if (!logarithmic && !fillsGaps()) {
      return;
    }
    int[] start = batch.start();
    float[] value = batch.value();
    for (int f = 0; f < batch.features(); f++) {
      float factor = scale(f);
      for (int k = start[f]; k < start[f + 1]; k++) {
        if (logarithmic) {
          value[k] = log1p(present(value[k], f)) * factor;
        } else if (Float.isNaN(value[k])) {
          value[k] = present(value[k], f) * factor;
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling that
        && logarithmic == that.logarithmic
        && Arrays.equals(shift, that.shift)
        && Arrays.equals(scale, that.scale)
        && Arrays.equals(substitutes, that.substitutes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shift) + Arrays.hashCode(scale) + (logarithmic ? 1 : 0);
  }
}
