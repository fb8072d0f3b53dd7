package dev.rewire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sets of bits and memory that are used again, against {@link BitSet}. */
class BitsTest {
  @Test
  void agreesWithABitSet() {
    SplittableRandom random = new SplittableRandom(1);
    try (Bits bits = new Bits()) {
      for (int length : new int[] {0, 1, 63, 64, 65, 1000, 200}) {
        BitSet twin = new BitSet();
        bits.reset(length);
        for (int i = 0; i < length / 2; i++) {
          int number = random.nextInt(length);
          bits.set(number);
          twin.set(number);
        }
        assertThat(bits.length()).isEqualTo(length);
        for (int number = 0; number < length; number++) {
          assertThat(bits.get(number)).isEqualTo(twin.get(number));
          assertThat(bits.bit(number)).isEqualTo(twin.get(number) ? 1 : 0);
          int next = twin.nextSetBit(number);
          assertThat(bits.next(number, length)).isEqualTo(next < 0 ? length : next);
          assertThat(bits.next(number, number)).isEqualTo(number);
        }
        for (int from = 0; from <= length; from += 1 + from / 7) {
          for (int to = from; to <= length; to += 1 + to / 5) {
            assertThat(bits.count(from, to)).isEqualTo(twin.get(from, to).cardinality());
          }
        }
        for (int word = 0; word < (length + 63) / 64; word++) {
          long[] expected = twin.get(word * 64, word * 64 + 64).toLongArray();
          assertThat(bits.word(word)).isEqualTo(expected.length == 0 ? 0 : expected[0]);
        }
      }
      bits.setWord(1, 5);
      assertThat(bits.count(64, 128)).isEqualTo(2);
      assertThatThrownBy(() -> bits.set(200))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("number 200 is not below 200");
    }
  }

  @Test
  void scratchMemoryStaysUntilMoreIsNeeded() {
    Scratch scratch = new Scratch();
    long address = scratch.reserve(1000).address();
    assertThat(address % Floats.ALIGNMENT).isZero();
    assertThat(scratch.reserve(10).address()).isEqualTo(address);
    assertThat(scratch.bytes()).isEqualTo(1024);
    var before = scratch.reserve(10);
    assertThat(scratch.reserve(100_000).byteSize()).isBetween(100_000L, 107_000L);
    assertThat(before.scope().isAlive()).isFalse();
    scratch.close();
    assertThat(scratch.bytes()).isZero();
    assertThat(scratch.reserve(64).byteSize()).isEqualTo(64);
    scratch.close();
  }

  @Test
  void longs() {
    Longs longs = new Longs(5);
    longs.set(1, Long.MIN_VALUE);
    longs.copy(new long[] {7, 8, 9}, 1, 2, 2);
    longs.copy(longs, 1, 2, 2);
    long[] read = new long[4];
    longs.read(1, read, 4);
    assertThat(read).containsExactly(Long.MIN_VALUE, Long.MIN_VALUE, 8, 0);
    assertThat(longs.segment().byteSize()).isEqualTo(40);
    assertThatThrownBy(() -> longs.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Longs(-1)).hasMessage("length must be 0 or more: -1");
    assertThatThrownBy(() -> Longs.view(longs.segment().asSlice(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple of 64");
  }
}
