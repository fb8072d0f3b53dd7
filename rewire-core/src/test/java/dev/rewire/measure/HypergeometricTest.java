package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypergeometricTest {
  private static BigInteger choose(long n, long k) {
    BigInteger result = BigInteger.ONE;
    for (long i = 0; i < k; i++) {
      result = result.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
    }
    return k > n ? BigInteger.ZERO : result;
  }

  /** Exact, in whole numbers. */
  private static long slowQuantile(long cells, long marked, long drawn, double probability) {
    BigInteger all = choose(cells, drawn);
    BigInteger sum = BigInteger.ZERO;
    for (long k = 0; k <= drawn; k++) {
      sum = sum.add(choose(marked, k).multiply(choose(cells - marked, drawn - k)));
      if (sum.doubleValue() / all.doubleValue() >= probability) {
        return k;
      }
    }
    return drawn;
  }

  @ParameterizedTest
  @CsvSource({"50,10,7", "200,50,60", "30,30,4", "30,0,4", "16,5,16", "100,93,40", "400,100,1"})
  void quantilesAreThoseOfWholeNumbers(long cells, long marked, long drawn) {
    for (double probability : new double[] {0.001, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999}) {
      assertThat(new Hypergeometric(cells, marked, drawn).quantile(probability))
          .as("%s of %s", probability, cells)
          .isEqualTo(slowQuantile(cells, marked, drawn, probability));
    }
  }

  @Test
  void aBigOneIsNearlyNormal() {
    var big = new Hypergeometric(4_000_000_000L, 1_000_000_000L, 80_000_000L);
    double sigma = big.deviation();
    assertThat(sigma).isCloseTo(Math.sqrt(80e6 * 0.25 * 0.75 * 0.98), within(1e-3));
    assertThat((big.quantile(0.975) - big.mean()) / sigma).isCloseTo(1.959964, within(1e-3));
    assertThat((big.quantile(0.025) - big.mean()) / sigma).isCloseTo(-1.959964, within(1e-3));
  }
}
