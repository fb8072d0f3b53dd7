package dev.rewire.dataset;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that are moved while a batch is filled; {@link #inEpoch} says how far.
 *
 * <p>Shift, angle and mirror of a picture are a function of seed, epoch and sample alone, and all
 * of them are computed anew wherever they are needed: no thread waits for another, nothing is
 * allocated, and a run that goes on after a stop sees the same pictures. What comes in from outside
 * of the picture is 0.
 */
final class AugmentedDataset implements Dataset {
  private static final double DEGREE = Math.PI / 180;

  private final LoadedDataset data;
  private final Augmentation augmentation;
  private final ImageShape image;
  private final boolean moving;
  private final long key;

  AugmentedDataset(LoadedDataset data, Augmentation augmentation) {
    ImageShape shape = data.image();
    if (shape == null) {
      throw new IllegalArgumentException(
          data.name()
              + " has no pictures, so that they cannot be moved: leave out the augmentation");
    }
    this.data = data;
    this.augmentation = augmentation;
    image = shape;
    moving = false;
    key = 0;
  }

  private AugmentedDataset(AugmentedDataset that, long key) {
    data = that.data;
    augmentation = that.augmentation;
    image = that.image;
    moving = true;
    this.key = key;
  }

  @Override
  public Dataset inEpoch(RandomStreams streams, int epoch) {
    return new AugmentedDataset(this, streams.key(Purpose.AUGMENTATION, 0, epoch));
  }

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public int features() {
    return data.features();
  }

  @Override
  public List<String> classNames() {
    return data.classNames();
  }

  @Override
  public Head head() {
    return data.head();
  }

  @Override
  public float target(int sample, int output) {
    return data.target(sample, output);
  }

  @Override
  public List<String> featureNames() {
    return data.featureNames();
  }

  @Override
  public int label(int sample) {
    return data.label(sample);
  }

  @Override
  public @Nullable ImageShape image() {
    return image;
  }

  @Override
  public void fillTargets(int[] samples, int from, int count, Activations target) {
    data.fillTargets(samples, from, count, target);
  }

  @Override
  public void copyFeatures(int sample, int first, int end, Floats row, long at) {
    if (!moving) {
      data.copyFeatures(sample, first, end, row, at);
      return;
    }
    long own = RandomStreams.mix(key + sample);
    int range = 2 * augmentation.shift() + 1;
    int right = (int) (uniform(own, 0) * range) - augmentation.shift();
    int down = (int) (uniform(own, 1) * range) - augmentation.shift();
    double angle = (2 * uniform(own, 2) - 1) * augmentation.rotate() * DEGREE;
    boolean mirrored = augmentation.flip() && uniform(own, 3) < 0.5;
    double cos = angle == 0 ? 1 : StrictMath.cos(angle);
    double sin = angle == 0 ? 0 : StrictMath.sin(angle);
    double middleX = (image.width() - 1) / 2.0;
    double middleY = (image.height() - 1) / 2.0;
    int plane = image.height() * image.width();
    for (int f = first; f < end; f++) {
      int pixel = f % plane;
      double x = pixel % image.width() - right - middleX;
      double y = pixel / image.width() - down - middleY;
      double sourceX = cos * x + sin * y + middleX;
      double sourceY = cos * y - sin * x + middleY;
      double seenX = mirrored ? image.width() - 1 - sourceX : sourceX;
      row.set(at + f - first, value(sample, f - pixel, seenX, sourceY));
    }
  }

  /** Interpolates between the four pixels around a place. */
  private float value(int sample, int plane, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double wx = x - left;
    double wy = y - top;
    double above = pixel(sample, plane, left, top);
    if (wx > 0) {
      above += wx * (pixel(sample, plane, left + 1, top) - above);
    }
    if (wy == 0) {
      return (float) above;
    }
    double below = pixel(sample, plane, left, top + 1);
    if (wx > 0) {
      below += wx * (pixel(sample, plane, left + 1, top + 1) - below);
    }
    return (float) (above + wy * (below - above));
  }

  private float pixel(int sample, int plane, int x, int y) {
    return x < 0 || y < 0 || x >= image.width() || y >= image.height()
        ? 0f
        : data.feature(sample, plane + y * image.width() + x);
  }

  /** Returns a number from 0 to below 1. */
  private static double uniform(long key, int which) {
    return (RandomStreams.mix(key + which) >>> 11) * 0x1p-53;
  }
}
