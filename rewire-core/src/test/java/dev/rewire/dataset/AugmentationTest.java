package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.random.RandomStreams;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that move. */
class AugmentationTest {
  private static final RandomStreams STREAMS = new RandomStreams(11);

  private static InMemoryDataset pictures(int count, ImageShape shape) {
    SplittableRandom random = new SplittableRandom(1);
    Floats values = new Floats((long) count * shape.features());
    for (long i = 0; i < values.length(); i++) {
      values.set(i, 1 + random.nextInt(255));
    }
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % 2);
    return new InMemoryDataset(
        "pictures", values, shape.features(), labels, List.of("a", "b"), shape);
  }

  private static float[] seen(Dataset data, int sample) {
    Floats row = new Floats(data.features());
    data.copyFeatures(sample, 0, data.features(), row, 0);
    return row.toArray();
  }

  /** Shifts and mirrors by loops over whole pixels, all planes alike. */
  private static float[] moved(float[] raw, ImageShape shape, int right, int down, boolean flip) {
    float[] moved = new float[raw.length];
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          int fromX = flip ? shape.width() - 1 - (x - right) : x - right;
          int fromY = y - down;
          if (fromX >= 0 && fromX < shape.width() && fromY >= 0 && fromY < shape.height()) {
            moved[(c * shape.height() + y) * shape.width() + x] =
                raw[(c * shape.height() + fromY) * shape.width() + fromX];
          }
        }
      }
    }
    return moved;
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 1", "32, 32, 3", "5, 8, 2"})
  void everySampleIsOneOfThePossibleMoves(int height, int width, int channels) {
    ImageShape shape = new ImageShape(height, width, channels);
    InMemoryDataset data = pictures(60, shape);
    Dataset moving = Augmentation.of("shift=2,flip").of(data).inEpoch(STREAMS, 3);
    Set<String> moves = new HashSet<>();
    for (int s = 0; s < 60; s++) {
      float[] found = seen(moving, s);
      for (int m = 0; m < 50; m++) {
        int right = m % 5 - 2;
        int down = m / 5 % 5 - 2;
        if (Arrays.equals(found, moved(data.sample(s), shape, right, down, m >= 25))) {
          moves.add(right + " " + down + " " + (m >= 25));
          found = null;
          break;
        }
      }
      assertThat(found).as("sample %d is none of the 50 moves", s).isNull();
    }
    // 60 draws of 50: 35 different ones on average
    assertThat(moves).hasSizeBetween(22, 48);
  }

  /** Twins: bilinear interpolation in one formula, with the angle found by trying. */
  @Test
  void rotationInterpolates() {
    ImageShape shape = new ImageShape(28, 28, 1);
    InMemoryDataset data = pictures(20, shape);
    Dataset turning = Augmentation.of("rotate=10").of(data).inEpoch(STREAMS, 0);
    for (int s = 0; s < 20; s++) {
      float[] found = seen(turning, s);
      double best = Double.MAX_VALUE;
      double at = 0;
      for (double low = -10, high = 10, step = 0.02; step > 1e-7; step /= 10) {
        for (double angle = low; angle <= high; angle += step) {
          double error = distance(found, turned(data.sample(s), shape, angle));
          if (error < best) {
            best = error;
            at = angle;
          }
        }
        low = at - 2 * step;
        high = at + 2 * step;
      }
      assertThat(best).as("sample %d", s).isLessThan(0.01);
    }
  }

  private static double distance(float[] a, double[] b) {
    double most = 0;
    for (int i = 0; i < b.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static double[] turned(float[] raw, ImageShape shape, double degrees) {
    double[] turned = new double[raw.length];
    double angle = Math.toRadians(degrees);
    double cx = (shape.width() - 1) / 2.0;
    double cy = (shape.height() - 1) / 2.0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double sx = Math.cos(angle) * (x - cx) + Math.sin(angle) * (y - cy) + cx;
        double sy = Math.cos(angle) * (y - cy) - Math.sin(angle) * (x - cx) + cy;
        double sum = 0;
        for (int v = 0; v < shape.height(); v++) {
          double wy = Math.max(0, 1 - Math.abs(sy - v));
          for (int u = Math.max(0, (int) sx - 1);
              wy > 0 && u < Math.min(shape.width(), sx + 2);
              u++) {
            sum += wy * Math.max(0, 1 - Math.abs(sx - u)) * raw[v * shape.width() + u];
          }
        }
        turned[y * shape.width() + x] = sum;
      }
    }
    return turned;
  }

  @Test
  void aQuarterTurnOfASquare() {
    ImageShape shape = new ImageShape(3, 3, 1);
    InMemoryDataset data =
        new InMemoryDataset(
            "one", Floats.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 9, new int[1], List.of("a"), shape);
    Dataset turning = Augmentation.of("rotate=90").of(data);
    double least = Double.MAX_VALUE;
    for (int epoch = 0; epoch < 3000; epoch++) {
      float[] found = seen(turning.inEpoch(STREAMS, epoch), 0);
      assertThat(found[4]).isCloseTo(5f, within(1e-5f));
      least = Math.min(least, distance(found, new double[] {3, 6, 9, 2, 5, 8, 1, 4, 7}));
    }
    assertThat(least).isLessThan(0.1);
  }

  @Test
  void aPureFunctionOfSeedEpochAndSample() {
    InMemoryDataset data = pictures(40, new ImageShape(8, 8, 1));
    Dataset moving = Augmentation.of("shift=3,rotate=30,flip").of(data);
    float[][] once = new float[40][];
    for (int s = 0; s < 40; s++) {
      once[s] = seen(moving.inEpoch(STREAMS, 5), s);
    }
    // in another order, together with others, in pieces, after other epochs
    int[] order = new SplittableRandom(2).ints(100, 0, 40).toArray();
    Floats row = new Floats(64);
    Dataset again = moving.inEpoch(STREAMS, 4).inEpoch(STREAMS, 5);
    for (int sample : order) {
      again.copyFeatures(sample, 40, 64, row, 40);
      again.copyFeatures(sample, 0, 40, row, 0);
      assertThat(row.toArray()).isEqualTo(once[sample]);
    }
    assertThat(seen(moving.inEpoch(STREAMS, 6), 0)).isNotEqualTo(once[0]);
    assertThat(seen(moving.inEpoch(new RandomStreams(12), 5), 0)).isNotEqualTo(once[0]);
    assertThat(seen(moving, 0)).isEqualTo(data.sample(0));
  }

  @Test
  void trainingSeesThemAndThreadsDoNotMatter() {
    InMemoryDataset data = pictures(100, new ImageShape(8, 8, 1));
    Dataset moving = Augmentation.of("shift=1,rotate=5").of(data);
    String one = trained(moving, data, 1);
    assertThat(trained(moving, data, 3)).isEqualTo(one);
    assertThat(trained(data, data, 1)).isNotEqualTo(one);
    assertThat(trained(Augmentation.NONE.of(data), data, 1)).isEqualTo(trained(data, data, 2));
  }

  private static String trained(Dataset data, InMemoryDataset test, int threads) {
    Network network = NetworkBuilder.forData(test).hidden(30).epsilon(3).build();
    new Trainer(TrainingPlan.defaults().withEpochs(3).withBatch(32).withThreads(threads))
        .train(network, data, test);
    return Fingerprint.of(network);
  }

  @Test
  void words() {
    assertThat(Augmentation.of("rotate=7.5, shift=1")).isEqualTo(new Augmentation(1, 7.5, false));
    assertThat(Augmentation.of("none")).isEqualTo(Augmentation.NONE);
    Augmentation all = new Augmentation(2, 10, true);
    assertThat(Augmentation.of(all.id())).isEqualTo(all);
    assertThat(Augmentation.of(Augmentation.NONE.id()).isNone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "shift", "flip=1", "zoom=2", "shift=x", "shift=-1", "rotate=NaN", "flip,flip"})
  void wrongWords(String words) {
    assertThatThrownBy(() -> Augmentation.of(words)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyPicturesMove() {
    InMemoryDataset table = InMemoryDataset.of("table", new float[2][3], new int[2]);
    assertThatThrownBy(() -> new Augmentation(1, 0, false).of(table))
        .hasMessageContaining("table has no pictures");
  }
}
