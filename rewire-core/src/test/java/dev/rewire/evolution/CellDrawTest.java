package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at draws without logarithms, against the draws. */
class CellDrawTest {
  private static final int CELLS = 10_000;

  /** Bounds that nearly all, some and very few draws come to. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.9, 0.999})
  void noneOfTheLargestIsOverlooked(double share) {
    SplittableRandom random = new SplittableRandom(4);
    double[] weights = random.doubles(CELLS).map(weight -> weight * weight).toArray();
    Arrays.fill(weights, 0, 100, 0);
    long key = 77;
    float[] draws = new float[CELLS];
    for (int u = 0; u < CELLS; u++) {
      draws[u] = CellDraw.draw((float) weights[u], key + u);
    }
    float[] sorted = draws.clone();
    Arrays.sort(sorted);
    float bound = sorted[(int) (share * CELLS)];
    CellDraw draw = new CellDraw(IntStream.range(0, CELLS).toArray());
    draw.look(weights, key, bound);
    int reach = 0;
    int may = 0;
    for (int u = 0; u < CELLS; u++) {
      float known = CellDraw.draw((float) weights[u], key + u, bound);
      if (draws[u] >= bound) {
        reach++;
        assertThat(draw.mayReach(u)).isTrue();
        assertThat(known).isEqualTo(draws[u]);
      }
      may += draw.mayReach(u) ? 1 : 0;
      assertThat(known).isIn(0f, draws[u]);
      assertThat(draw.mayReach(u)).isEqualTo(known > 0);
    }
    // The limit leaves few for which the logarithm is in vain.
    assertThat(may).isLessThan(2 * reach + 10);
  }
}
