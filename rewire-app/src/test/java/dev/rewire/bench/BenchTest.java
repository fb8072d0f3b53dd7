package dev.rewire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From end to end, with layers so small that it takes a moment. */
class BenchTest {
  /** Hears everything and ends it after some pieces of work. */
  private static final class Patience implements Watch {
    private final List<String> heard = new ArrayList<>();
    private final int most;

    Patience(int most) {
      this.most = most;
    }

    @Override
    public void at(String what, int done, int of) {
      assertThat(done).as(what).isBetween(0, of - 1);
      heard.add(what);
    }

    @Override
    public boolean stop() {
      return heard.size() >= most;
    }
  }

  @Test
  void measuresEverything() {
    Bench bench = Bench.run(tiny(), 2, new Caches(1 << 17, 1 << 20), new Patience(1000));

    assertThat(bench.interrupted()).isFalse();
    assertThat(bench.race().heats()).hasSize(2 * 2 * 3);
    assertThat(bench.race().heats())
        .allSatisfy(heat -> {
          assertThat(heat.sparseSeconds()).isPositive();
          assertThat(heat.denseSeconds()).isPositive();
        });
    Ceiling ceiling = bench.ceiling();
    assertThat(ceiling).isNotNull();
    assertThat(ceiling.rates()).hasSize(3 * 3);
    assertThat(ceiling.rates())
        .extracting(Ceiling.Rate::neurons)
        .containsExactly(128, 128, 128, 512, 512, 512, 1024, 1024, 1024);
    assertThat(ceiling.rates())
        .allSatisfy(rate -> {
          assertThat(rate.bytes()).isEqualTo(512L * rate.neurons());
          assertThat(rate.connections()).isEqualTo(2L * 4 * rate.neurons());
          assertThat(rate.fraction()).isPositive().isFinite();
        });
    assertThat(ceiling.bandwidths()).anyMatch(Ceiling.Read::random);
    Scaling scaling = bench.scaling();
    assertThat(scaling).isNotNull();
    // two layers with three kernels and the step, and a network; on one thread and on two
    assertThat(scaling.runs()).hasSize((2 * 4 + 1) * 2);
  }

  @Test
  void keepsWhatWasMeasuredBeforeItWasEnded() {
    // warming up, the dense layer, two densities
    Bench bench = Bench.run(tiny(), 1, new Caches(1 << 17, 1 << 20), new Patience(4));

    assertThat(bench.interrupted()).isTrue();
    assertThat(bench.race().heats()).isNotEmpty().hasSizeLessThan(6);
    assertThat(bench.ceiling()).isNull();
    assertThat(bench.scaling()).isNull();
  }

  static Scope tiny() {
    return new Scope(
        List.of(16, 32),
        List.of(1, 20),
        List.of(0.1, 0.5, 1.0),
        4,
        128,
        0.5,
        new Timing(0.001, 0.001, 1));
  }
}
