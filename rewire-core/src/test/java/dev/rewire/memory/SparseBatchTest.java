package dev.rewire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SparseBatchTest {
  // Three samples of four features: (5, 0, 7, 0), nothing, (0, 0, -1, 2).
  private static final long[] START = {0, 2, 2, 4};
  private static final Ints COLUMN = Ints.of(0, 2, 2, 3);
  private static final Floats VALUE = Floats.of(5, 7, -1, 2);

  private static void check(SparseBatch batch, int[] start, int[] sample, float[] value) {
    assertThat(Arrays.copyOf(batch.start(), batch.features() + 1)).containsExactly(start);
    assertThat(Arrays.copyOf(batch.sample(), batch.entries())).containsExactly(sample);
    assertThat(Arrays.copyOf(batch.value(), batch.entries())).containsExactly(value);
  }

  @Test
  void sortsByFeature() {
    SparseBatch batch = new SparseBatch(4, 1f);
    batch.fill(START, COLUMN, VALUE, new int[] {9, 2, 1, 0, 2}, 1, 4);

    assertThat(batch.samples()).isEqualTo(4);
    check(
        batch,
        new int[] {0, 1, 1, 4, 6},
        new int[] {2, 0, 2, 3, 0, 3},
        new float[] {5, -1, 7, -1, 2, 2});
  }

  @Test
  void isFilledAnewInTheSameMemory() {
    SparseBatch batch = new SparseBatch(4, 1f);
    batch.fill(START, COLUMN, VALUE, new int[] {0, 2, 0, 2}, 0, 4);
    int[] sample = batch.sample();
    batch.fill(START, COLUMN, VALUE, new int[] {1, 2}, 0, 2);

    assertThat(batch.sample()).isSameAs(sample);
    check(batch, new int[] {0, 0, 0, 1, 2}, new int[] {1, 1}, new float[] {-1, 2});
    batch.fill(START, COLUMN, VALUE, new int[] {1}, 0, 1);
    check(batch, new int[] {0, 0, 0, 0, 0}, new int[0], new float[0]);
  }

  @Test
  void scales() {
    SparseBatch each = new SparseBatch(4, 2f, 3f, 10f, 0.5f);
    each.fill(START, COLUMN, VALUE, new int[] {0, 2}, 0, 2);
    check(each, new int[] {0, 1, 1, 3, 4}, new int[] {0, 0, 1, 1}, new float[] {10, 70, -10, 1});
    SparseBatch all = new SparseBatch(4, 3f);
    all.fill(START, COLUMN, VALUE, new int[] {2}, 0, 1);
    check(all, new int[] {0, 0, 0, 1, 2}, new int[] {0, 0}, new float[] {-3, 6});
  }

  @Test
  void refusesWrongSizes() {
    assertThatThrownBy(() -> new SparseBatch(0, 1f)).hasMessageContaining("1 or more: 0");
    assertThatThrownBy(() -> new SparseBatch(4, 1f, 2f))
        .hasMessageContaining("1 or 4 scales, got 2");
  }
}
