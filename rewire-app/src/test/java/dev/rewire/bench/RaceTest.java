package dev.rewire.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.bench.Race.Curve;
import dev.rewire.bench.Race.Heat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  /** A heat of a layer whose dense step takes 1 second. */
  private static Heat heat(int batch, double density, double speedUp) {
    return new Heat(100, batch, density, 1 / speedUp, 1);
  }

  @Test
  void theCrossoverLiesBetweenTheLastWinAndTheFirstLoss() {
    List<Heat> curve = List.of(heat(1, 0.01, 50), heat(1, 0.1, 4), heat(1, 0.4, 0.25));
    // 4 times faster at 10 %, 4 times slower at 40 %: even in the middle of the logarithms
    assertThat(Race.crossover(curve)).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void someNeverWinAndSomeNeverLose() {
    assertThat(Race.crossover(List.of(heat(1, 0.01, 0.9), heat(1, 0.1, 2)))).isZero();
    assertThat(Race.crossover(List.of(heat(1, 0.01, 3), heat(1, 0.8, 1.1)))).isEqualTo(1);
    assertThat(Race.crossover(List.of(heat(1, 0.01, 3), heat(1, 1, 0.9)))).isEqualTo(1);
  }

  @Test
  void curvesAreSorted() {
    Race race = new Race(List.of(heat(8, 0.1, 2), heat(1, 0.5, 2), heat(1, 0.1, 2)));
    assertThat(race.curves().keySet()).containsExactly(new Curve(100, 1), new Curve(100, 8));
    assertThat(race.curves().get(new Curve(100, 1)))
        .extracting(Heat::density)
        .containsExactly(0.1, 0.5);
  }

  @Test
  void threadsAreCountedOneByOneAndThenDoubled() {
    assertThat(Scaling.counts(1)).containsExactly(1);
    assertThat(Scaling.counts(6)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Scaling.counts(24)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 16, 24);
  }
}
