package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in memory. */
class InMemoryDatasetTest {
  private static InMemoryDataset data(int samples, int width) {
    float[][] rows = new float[samples][width];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < width; f++) {
        rows[i][f] = i * 1000 + f;
      }
    }
    return InMemoryDataset.of("numbers", rows, labels);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 33, 100})
  void copiesTheFeaturesThatAreAskedForAndNothingElse(int width) {
    InMemoryDataset data = data(40, width);
    int first = width / 3;
    int end = width - width / 5;
    Floats row = new Floats(width + 7);
    row.fill(0, width + 7, -1f);
    data.copyFeatures(39, first, end, row, 5);
    for (int i = 0; i < row.length(); i++) {
      int f = first + i - 5;
      assertThat(row.get(i)).isEqualTo(f >= first && f < end ? 39 * 1000 + f : -1f);
    }
  }

  @Test
  void targetsAreOneForTheClassAndZeroElsewhere() {
    Activations target = new Activations(3, 5);
    target.set(1, 7, 7f);
    data(10, 2).fillTargets(new int[] {9, 4, 5, 6}, 1, 3, target);
    for (int k = 0; k < 3; k++) {
      for (int b = 0; b < 8; b++) {
        boolean one = b == 0 && k == 1 || b == 1 && k == 2 || b == 2 && k == 0;
        assertThat(target.get(k, b)).isEqualTo(one ? 1f : 0f);
      }
    }
  }

  @Test
  void describesItself() {
    InMemoryDataset data = data(10, 4);
    assertThat(data.name()).isEqualTo("numbers");
    assertThat(data.size()).isEqualTo(10);
    assertThat(data.features()).isEqualTo(4);
    assertThat(data.classNames()).containsExactly("0", "1", "2");
    assertThat(data.label(7)).isEqualTo(1);
    assertThat(data.image()).isNull();
    assertThat(data.feature(7, 3)).isEqualTo(7003f);
  }

  @Test
  void someOfTheSamples() {
    InMemoryDataset some = data(10, 4).select(new int[] {7, 2, 7});
    assertThat(some.size()).isEqualTo(3);
    assertThat(some.feature(0, 1)).isEqualTo(7001f);
    assertThat(some.feature(1, 0)).isEqualTo(2000f);
    assertThat(some.label(1)).isEqualTo(2);
    assertThat(some.classNames()).hasSize(3);
  }

  @Test
  void whatDoesNotFitIsRejectedWithTheReason() {
    assertThatThrownBy(() -> InMemoryDataset.of("x", new float[][] {{1, 2}, {3}}, new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x: sample 1 has 1 features, not 2");
    assertThatThrownBy(() -> InMemoryDataset.of("x", new float[2][2], new int[3]))
        .hasMessage("x: 2 samples and 3 labels");
    assertThatThrownBy(() -> data(2, new int[] {0, 2}, 4, null))
        .hasMessage("x: label of sample 1 is 2, allowed 0 to 1");
    assertThatThrownBy(() -> data(2, new int[] {0, -1}, 4, null))
        .hasMessage("x: label of sample 1 is -1, allowed 0 to 1");
    assertThatThrownBy(() -> data(2, new int[] {0, 1}, 5, null))
        .hasMessage("x: 2 labels of 2 features need 4 numbers, got 5");
    assertThatThrownBy(() -> data(0, new int[] {0, 1}, 0, null))
        .hasMessage("width must be 1 or more: 0");
    assertThatThrownBy(() -> data(2, new int[] {0, 1}, 4, new ImageShape(1, 1, 3)))
        .hasMessage("x: a picture of 3 pixels for 2 features");
    assertThatThrownBy(() -> new ImageShape(0, 1, 1))
        .hasMessage("image sizes must be 1 or more: 0 x 1 x 1");
  }

  private static InMemoryDataset data(int width, int[] labels, int numbers, ImageShape image) {
    return new InMemoryDataset("x", new Floats(numbers), width, labels, List.of("a", "b"), image);
  }
}
