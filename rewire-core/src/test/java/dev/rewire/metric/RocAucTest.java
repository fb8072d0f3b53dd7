package dev.rewire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocAucTest {
  private static RocAuc of(int most, float[] outputs, boolean[] labels) {
    RocAuc area = new RocAuc(most);
    for (int i = 0; i < outputs.length; i++) {
      area.add(outputs[i], labels[i]);
    }
    return area;
  }

  /** The definition: every pair of a sample that has the label and one that has it not. */
  private static double pairs(float[] outputs, boolean[] labels) {
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < outputs.length; i++) {
      for (int j = 0; j < outputs.length; j++) {
        if (labels[i] && !labels[j]) {
          sum += outputs[i] > outputs[j] ? 1 : outputs[i] == outputs[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  /** Of six pairs four are in order and one is a tie. */
  @Test
  void byHand() {
    RocAuc area =
        of(
            9,
            new float[] {0.9f, 0.3f, 0.3f, 0.5f, 0.1f},
            new boolean[] {true, true, false, false, false});
    assertThat(area.value()).isCloseTo((3 + 1 + 0.5) / 6, within(1e-15));
    assertThat(area.uncertainty()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void theEnds(int most) {
    boolean[] labels = {false, false, true, true};
    assertThat(of(most, new float[] {0, 0.25f, 0.5f, 1}, labels).value()).isEqualTo(1);
    assertThat(of(most, new float[] {1, 0.5f, 0.25f, 0}, labels).value()).isZero();
    assertThat(of(most, new float[] {2, 2, 2, 2}, labels).value()).as("ties").isEqualTo(0.5);
    assertThat(of(most, new float[] {-0f, 0, 0, -0f}, labels).value()).isEqualTo(0.5);
    float most1 = Float.MAX_VALUE;
    float endless = Float.POSITIVE_INFINITY;
    assertThat(of(most, new float[] {-endless, -most1, most1, endless}, labels).value())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void whatIsNotDefined(int most) {
    assertThat(new RocAuc(most).value()).isNaN();
    assertThat(of(most, new float[] {1, 2}, new boolean[] {true, true}).value()).isNaN();
    assertThat(of(most, new float[] {1, 2}, new boolean[2]).value()).isNaN();
    RocAuc broken = of(most, new float[] {1, Float.NaN}, new boolean[] {true, false});
    assertThat(broken.value()).isNaN();
    assertThat(broken.uncertainty()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 700, 0})
  void asTheDefinitionSays(int most) {
    SplittableRandom random = new SplittableRandom(3);
    for (int scale : new int[] {1, 30}) {
      float[] outputs = new float[2000];
      boolean[] labels = new boolean[2000];
      for (int i = 0; i < outputs.length; i++) {
        labels[i] = random.nextInt(3) == 0;
        double logit = scale * (random.nextGaussian() + (labels[i] ? 0.8 : 0));
        outputs[i] = (float) (1 / (1 + Math.exp(-logit)));
        if (i % 50 == 0) {
          outputs[i] = 0.625f;
        }
      }
      RocAuc area = of(most, outputs, labels);
      double exact = pairs(outputs, labels);
      if (most == 5000) {
        assertThat(area.value()).isCloseTo(exact, within(1e-12));
        assertThat(area.uncertainty()).isZero();
      } else {
        assertThat(area.uncertainty()).isPositive().isLessThan(0.01);
        assertThat(area.value()).isCloseTo(exact, within(area.uncertainty()));
        assertThat(area.value()).isCloseTo(exact, within(1e-3));
      }
    }
  }
}
