package dev.rewire.measure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerLawTest {
  private static final RandomStreams STREAMS = new RandomStreams(11);

  private static RandomGenerator random(int round) {
    return STREAMS.stream(Purpose.MEASURE, 77, round);
  }

  private static DegreeSample drawn(double alpha, int least, int neurons, int round) {
    PowerLawDraws draws = new PowerLawDraws(new DiscretePowerLaw(alpha, least));
    RandomGenerator random = random(round);
    return DegreeSample.of(IntStream.range(0, neurons).map(i -> draws.draw(random)).toArray());
  }

  @Test
  void zetaHasItsKnownValues() {
    assertThat(Math.exp(DiscretePowerLaw.logSum(2, 1)))
        .isCloseTo(Math.PI * Math.PI / 6, within(1e-9));
    assertThat(Math.exp(DiscretePowerLaw.logSum(4, 1)))
        .isCloseTo(Math.pow(Math.PI, 4) / 90, within(1e-9));
    assertThat(Math.exp(DiscretePowerLaw.logSum(3, 1))).isCloseTo(1.2020569031595942, within(1e-9));
    // 1.5 converges too slowly to be summed: 2.612375348685488.
    assertThat(Math.exp(DiscretePowerLaw.logSum(1.5, 1)))
        .isCloseTo(2.612375348685488, within(1e-8));
    // A steep law from 500 on, term by term.
    double sum = 0;
    for (int k = 500; k < 4000; k++) {
      sum += Math.pow(k / 500.0, -60);
    }
    assertThat(Math.exp(DiscretePowerLaw.logSum(60, 500))).isCloseTo(sum, within(1e-9));
  }

  @Test
  void tailOfTheNormalDistributionIsThePublishedOne() {
    assertThat(NormalTail.of(0)).isCloseTo(0.5, within(1e-15));
    assertThat(NormalTail.of(1.959963984540054)).isCloseTo(0.025, within(1e-14));
    assertThat(NormalTail.of(-1)).isCloseTo(0.8413447460685429, within(1e-14));
    assertThat(NormalTail.of(5) / 2.866515718791933e-7).isCloseTo(1, within(1e-10));
    assertThat(NormalTail.of(2.999999) / NormalTail.of(3.000001)).isCloseTo(1, within(1e-5));
    assertThat(NormalTail.log(40)).isCloseTo(-804.6084420137538, within(1e-9));
    assertThat(Math.exp(NormalTail.logBetween(-1, 2))).isCloseTo(0.8185946141203637, within(1e-13));
    assertThat(NormalTail.logBetween(-2, -1)).isCloseTo(NormalTail.logBetween(1, 2), within(1e-12));
  }

  /** Looks at every exponent of a grid, and at every degree. */
  @Test
  void exponentAndDistanceAreThoseOfTheGrid() {
    DegreeSample tail = drawn(2.7, 4, 300, 1);
    DiscretePowerLaw law = DiscretePowerLaw.fit(tail);
    double best = Double.NEGATIVE_INFINITY;
    double bestAlpha = 0;
    for (double alpha = 1.5; alpha < 6; alpha += 0.001) {
      double sum = 0;
      for (int i = 0; i < tail.distinct(); i++) {
        sum -= tail.count()[i] * (alpha * Math.log(tail.value()[i]));
      }
      sum -= tail.size() * (DiscretePowerLaw.logSum(alpha, 4) - alpha * Math.log(4));
      if (sum > best) {
        best = sum;
        bestAlpha = alpha;
      }
    }
    assertThat(law.alpha()).isCloseTo(bestAlpha, within(6e-4));
    double slow = 0;
    double upTo = 0;
    double model = 0;
    int i = 0;
    for (int k = 4; k <= tail.value()[tail.distinct() - 1]; k++) {
      if (tail.value()[i] == k) {
        upTo += tail.count()[i++];
      }
      model += Math.exp(law.logProbability(k));
      slow = Math.max(slow, Math.abs(upTo / tail.size() - model));
    }
    assertThat(law.distance(tail)).isCloseTo(slow, within(1e-9));
  }

  @Test
  void drawsFollowTheLaw() {
    DegreeSample sample = drawn(2.2, 1, 50_000, 2);
    DiscretePowerLaw law = new DiscretePowerLaw(2.2, 1);
    assertThat(sample.value()[0]).isEqualTo(1);
    // The distance of Kolmogorov and Smirnov of 50,000 draws is 1.63 / 224 with 99 %.
    assertThat(law.distance(sample)).isLessThan(1.63 / Math.sqrt(50_000));
    assertThat(sample.value()[sample.distinct() - 1]).isGreaterThan(1100);
    // The standard error of the exponent is (alpha - 1) / sqrt(n).
    assertThat(DiscretePowerLaw.fit(sample).alpha()).isCloseTo(2.2, within(4 * 1.2 / 223));
  }

  @Test
  void alternativesAreDistributionsAndFitThemselves() {
    DegreeSample tail = drawn(2.5, 3, 400, 3);
    for (TailModel model :
        new TailModel[] {
          TailAlternatives.exponential(tail),
          TailAlternatives.poisson(tail),
          TailAlternatives.logNormal(tail)
        }) {
      double sum = 0;
      for (int k = 3; k < 200_000 && (k < 1000 || model instanceof Record); k++) {
        sum += Math.exp(model.logProbability(k));
      }
      assertThat(sum).isCloseTo(1, within(2e-3));
    }
    // Closed form: the mean of the exponential one is that of the data.
    TailModel exponential = TailAlternatives.exponential(tail);
    assertThat(mean(exponential::logProbability)).isCloseTo(tail.mean(), within(1e-6));
    assertThat(mean(TailAlternatives.poisson(tail)::logProbability))
        .isCloseTo(tail.mean(), within(1e-5));
  }

  private static double mean(IntToDoubleFunction logProbability) {
    double mean = 0;
    for (int k = 3; k < 2000; k++) {
      mean += k * Math.exp(logProbability.applyAsDouble(k));
    }
    return mean;
  }

  @Test
  void aPowerLawIsPlausible() {
    int[] degrees = new int[600];
    PowerLawDraws draws = new PowerLawDraws(new DiscretePowerLaw(2.5, 2));
    RandomGenerator random = random(4);
    for (int i = 0; i < 600; i++) {
      degrees[i] = i < 100 ? i % 2 : draws.draw(random);
    }
    try (WorkerTeam one = new WorkerTeam(1);
        WorkerTeam two = new WorkerTeam(2)) {
      Degrees counted = Degrees.of(degrees, 1_000_000);
      PowerLaw law = requireNonNull(PowerLaw.of(counted, 60, STREAMS, 0, two));
      assertThat(PowerLaw.of(counted, 60, STREAMS, 0, one)).isEqualTo(law);
      assertThat(law.neurons()).isEqualTo(550);
      assertThat(law.plausible()).isTrue();
      assertThat(law.scaleFreeAsInSetPaper()).isFalse();
      assertThat(law.alpha()).isCloseTo(2.5, within(0.3));
      assertThat(law.exponential().ratio()).isPositive();
      assertThat(law.poisson().ratio()).isPositive();
      assertThat(law.poisson().p()).isLessThan(0.05);
    }
  }

  @Test
  void aRandomLayerIsPoissonAndNoPowerLaw() {
    Topology topology = Sampler.EXACT.draw(3000, 2000, 0.004, random(5));
    try (WorkerTeam team = new WorkerTeam(2)) {
      PowerLaw law = requireNonNull(PowerLaw.of(Degrees.incoming(topology), 40, STREAMS, 0, team));
      // The tail may be a steep law by chance; the whole is none.
      DegreeSample all = DegreeSample.of(Degrees.incoming(topology));
      LikelihoodRatio ratio =
          LikelihoodRatio.of(all, DiscretePowerLaw.fit(all), TailAlternatives.poisson(all));
      assertThat(ratio.ratio()).isLessThan(-500);
      assertThat(ratio.p()).isLessThan(1e-10);
      assertThat(law.alpha()).isGreaterThan(4);
      assertThat(law.poisson().ratio()).isNegative();
      assertThat(law.logNormal().ratio()).isNegative();
    }
  }

  @Test
  void equalDegreesHaveNoLaw() {
    try (WorkerTeam team = new WorkerTeam(1)) {
      assertThat(PowerLaw.of(Degrees.of(new int[] {3, 3, 0}, 9), 5, STREAMS, 0, team)).isNull();
    }
  }
}
