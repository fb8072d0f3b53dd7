package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Floats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 1152})
  void everyFloatOfTheRowsIsReadAndNoOther(int width) {
    Floats block = new Floats(3L * width);
    for (int i = 0; i < 3 * width; i++) {
      block.set(i, Float.intBitsToFloat(1));
      int seen = Bandwidth.read(block, new int[] {2, 0}, width);
      assertThat(seen).as("float %d", i).isEqualTo(i / width == 1 ? 0 : 1);
      block.set(i, 0f);
    }
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> Bandwidth.read(new Floats(100), new int[] {0}, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("128");
  }
}
