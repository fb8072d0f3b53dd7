package dev.rewire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of numbers outside the heap. */
class MemoryTest {
  @Test
  void blocksBeginAtZeroAndAtACacheLine() {
    for (int length : new int[] {0, 1, 17, 1000}) {
      Floats floats = new Floats(length);
      Ints ints = new Ints(length);
      assertThat(floats.length()).isEqualTo(length);
      assertThat(floats.toArray())
          .hasSize(length)
          .containsOnly(length == 0 ? new float[0] : new float[1]);
      assertThat(ints.toArray()).hasSize(length);
      assertThat(floats.segment().address() % 64).isZero();
      assertThat(ints.segment().address() % 64).isZero();
    }
  }

  @Test
  void ranges() {
    Floats floats = Floats.of(1, 2, 3, 4);
    floats.copy(Floats.of(7, 8, 9), 1, 2, 2);
    assertThat(floats.toArray()).containsExactly(1, 2, 8, 9);
    floats.copy(new float[] {5, 6}, 1, 0, 1);
    assertThat(floats.toArray()).containsExactly(6, 2, 8, 9);
    Floats copy = floats.duplicate();
    floats.clear();
    assertThat(floats.toArray()).containsOnly(0);
    assertThat(copy.toArray()).containsExactly(6, 2, 8, 9);
    Ints ints = Ints.of(1, 2, 3, 4);
    ints.copy(Ints.of(7, 8, 9), 1, 2, 2);
    ints.copy(new int[] {5, 6}, 1, 0, 1);
    assertThat(ints.toArray()).containsExactly(6, 2, 8, 9);
  }

  @Test
  void outsideIsRefused() {
    assertThatThrownBy(() -> new Floats(4).get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Floats(4).get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Ints(4).set(4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Floats(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ints(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void viewsShareMemoryThatIsNativeAndAligned() {
    MemorySegment segment = Arena.ofAuto().allocate(256, 64);
    Floats view = Floats.view(segment);
    assertThat(view.length()).isEqualTo(64);
    view.set(3, 1.5f);
    assertThat(Ints.view(segment).get(3)).isEqualTo(Float.floatToRawIntBits(1.5f));
    for (MemorySegment bad :
        new MemorySegment[] {segment.asSlice(4), MemorySegment.ofArray(new float[16])}) {
      assertThatThrownBy(() -> Floats.view(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Ints.view(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "3, 4",
    "5, 8",
    "9, 16",
    "17, 32",
    "33, 64",
    "64, 64",
    "65, 128",
    "128, 128",
    "2147483584, 2147483584"
  })
  void batchesArePaddedToWholeTiles(int batch, int padded) {
    assertThat(Activations.padded(batch)).isEqualTo(padded);
  }

  @Test
  void activationsAreTilesOfRowsOfNeurons() {
    Activations activations = new Activations(3, 130);
    activations.set(2, 129, 5f);
    assertThat(activations.width()).isEqualTo(64);
    assertThat(activations.tiles()).isEqualTo(3);
    assertThat(activations.samples()).isEqualTo(192);
    assertThat(activations.values().length()).isEqualTo(3 * 3 * 64);
    assertThat(activations.row(2, 2)).isEqualTo(2 * 3 * 64 + 2 * 64);
    assertThat(activations.values().get(activations.row(2, 2) + 1)).isEqualTo(5f);
    assertThat(activations.get(2, 129)).isEqualTo(5f);
    assertThat(activations.tilesOf(64)).isEqualTo(1);
    assertThat(activations.tilesOf(65)).isEqualTo(2);
    assertThat(new Activations(0, 1).values().length()).isZero();
  }

  @Test
  void tilesOfShortRowsArePaddedToWholeVectors() {
    Activations activations = new Activations(9, 2);
    assertThat(activations.width()).isEqualTo(2);
    assertThat(activations.values().length()).isEqualTo(32);
    assertThat(activations.end(0, 9)).isEqualTo(32);
    assertThat(activations.end(0, 8)).isEqualTo(16);
  }

  @Test
  void impossibleActivationsAreRefused() {
    assertThatThrownBy(() -> new Activations(1, 0)).hasMessage("batch must be 1 or more: 0");
    assertThatThrownBy(() -> Activations.padded(Integer.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Activations.view(new Floats(31), 2, 16))
        .hasMessage("values hold 31 elements, needed 32");
  }
}
