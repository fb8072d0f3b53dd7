package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Floats;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first large number, wherever it stands. */
class SearchTest {
  private static final List<Kernels> BOTH = List.of(KernelProvider.get(), KernelProvider.scalar());

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 64, 75})
  void findsTheFirstOfTwo(int length) {
    int bound = Float.floatToRawIntBits(2f);
    for (Kernels kernels : BOTH) {
      for (int from = 0; from < length; from += 5) {
        for (int place = 0; place < length; place++) {
          Floats x = new Floats(length);
          x.fill(0, length, Math.nextDown(2f));
          x.set(place, place % 2 == 0 ? -2f : Float.POSITIVE_INFINITY);
          x.set(length - 1, Float.NaN);
          int expected = place < from ? length - 1 : place;
          assertThat(kernels.firstAtLeast(x, from, length, bound)).isEqualTo(expected);
          x.set(length - 1, -1f);
          if (place == length - 1) {
            assertThat(kernels.firstAtLeast(x, from, length, bound)).isEqualTo(length);
          }
        }
      }
    }
  }

  /** What is asked for when it matters only whether there is anything. */
  @ParameterizedTest
  @ValueSource(floats = {0f, -0f})
  void zerosAreBelowTheLeastBound(float zero) {
    for (Kernels kernels : BOTH) {
      Floats x = new Floats(40);
      x.fill(0, 40, zero);
      assertThat(kernels.firstAtLeast(x, 0, 40, 1)).isEqualTo(40);
      x.set(37, -Float.MIN_VALUE);
      assertThat(kernels.firstAtLeast(x, 0, 40, 1)).isEqualTo(37);
    }
  }
}
