package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Floats;
import org.junit.jupiter.api.Test;

class BandwidthTest {
  @Test
  void everyFloatOfTheRowsIsReadAndNoOther() {
    Floats block = new Floats(3L * Bandwidth.ROW);
    for (int i = 0; i < 3 * Bandwidth.ROW; i++) {
      block.set(i, Float.intBitsToFloat(1));
      int seen = Bandwidth.read(block, new int[] {2, 0});
      assertThat(seen).as("float %d", i).isEqualTo(i / Bandwidth.ROW == 1 ? 0 : 1);
      block.set(i, 0f);
    }
  }

  @Test
  void rowsBehindTheBlockAreRefused() {
    assertThatThrownBy(() -> Bandwidth.read(new Floats(Bandwidth.ROW), new int[] {1}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
