package dev.rewire.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class DigitsTest {
  private static final int PIXELS = Digits.SIDE * Digits.SIDE;

  @Test
  void looksLikeMnist() {
    InMemoryDataset data = Digits.test(1000, 3);

    assertThat(data.name()).isEqualTo("digits");
    assertThat(data.image()).isEqualTo(new ImageShape(28, 28, 1));
    assertThat(data.classNames()).hasSize(10);
    double sum = 0;
    int bright = 0;
    for (int s = 0; s < data.size(); s++) {
      for (int p = 0; p < PIXELS; p++) {
        float value = data.feature(s, p);
        assertThat(value).isBetween(0f, 255f).isEqualTo((float) Math.rint(value));
        sum += value;
        bright += value > 0 ? 1 : 0;
      }
    }
    assertThat(sum / data.size() / PIXELS / 255).isBetween(.05, .2);
    assertThat((double) bright / data.size() / PIXELS).isBetween(.1, .3);
  }

  @Test
  void classesAreBalanced() {
    InMemoryDataset data = Digits.train(1);

    int[] counts = new int[10];
    IntStream.range(0, data.size()).forEach(i -> counts[data.label(i)]++);
    assertThat(data.size()).isEqualTo(Digits.TRAIN_SAMPLES);
    assertThat(counts).containsOnly(Digits.TRAIN_SAMPLES / 10);
  }

  @Test
  void marginIsEmpty() {
    InMemoryDataset data = Digits.train(3000, 11);

    for (int s = 0; s < data.size(); s++) {
      float ink = 0;
      for (int i = 0; i < Digits.SIDE; i++) {
        for (int m = 0; m < Digits.MARGIN; m++) {
          int far = Digits.SIDE - 1 - m;
          ink += data.feature(s, m * Digits.SIDE + i) + data.feature(s, far * Digits.SIDE + i);
          ink += data.feature(s, i * Digits.SIDE + m) + data.feature(s, i * Digits.SIDE + far);
        }
      }
      assertThat(ink).as("sample %d", s).isZero();
    }
  }

  @Test
  void sameSeedSamePictures() {
    // Every machine and every Java version must agree.
    assertThat(checksum(Digits.train(500, 1))).isEqualTo(0x9571C80AL);
    assertThat(checksum(Digits.test(500, 1))).isEqualTo(0x496816F1L);
    assertThat(checksum(Digits.train(500, 2))).isNotEqualTo(checksum(Digits.train(500, 1)));
  }

  @Test
  void aSampleDependsOnNothingElse() throws Exception {
    InMemoryDataset many = Digits.train(777, 5);
    InMemoryDataset few;
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      few = one.submit(() -> Digits.train(123, 5)).get();
    }

    for (int s = 0; s < few.size(); s++) {
      for (int p = 0; p < PIXELS; p++) {
        assertThat(many.feature(s, p)).isEqualTo(few.feature(s, p));
      }
    }
  }

  @Test
  void aLinearModelIsNotEnough() {
    InMemoryDataset train = Digits.train(6000, 1);
    InMemoryDataset test = Digits.test(2000, 1);

    double accuracy = new SoftmaxRegression(PIXELS, 10).train(train, 12).accuracy(test);

    assertThat(accuracy).isBetween(.75, .90);
  }

  @Test
  void atLeastOneSample() {
    assertThatThrownBy(() -> Digits.train(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static long checksum(InMemoryDataset data) {
    CRC32 crc = new CRC32();
    for (int s = 0; s < data.size(); s++) {
      for (int p = 0; p < PIXELS; p++) {
        crc.update((int) data.feature(s, p));
      }
    }
    return crc.getValue();
  }
}
