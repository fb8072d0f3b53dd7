package dev.rewire.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many connections each way of drawing gives, against the published formulas. */
class SamplerTest {
  private static final String LAYERS =
      """
      # inputs, outputs, epsilon, exact and Bernoulli mean, with replacement
      784,   1000, 20, 35680,  34880.3
      1000,  1000, 20, 40000,  39210.6
      1000,  10,   20, 10000,  8673.4
      3072,  4000, 20, 141440, 140629.1
      4000,  1000, 20, 100000, 98760.4
      4000,  10,   20, 40000,  34613.6
      3312,  3000, 20, 126240, 125441.4
      3000,  3000, 20, 120000, 119203.5
      3000,  5,    20, 15000,  14727.1
      784,   1000, 13, 23192,  22852.3
      1000,  1000, 13, 26000,  25664.9
      1000,  10,   13, 10000,  7309.9
      28,    1000, 10, 10280,  8604.1
      784,   512,  11, 14256,  14005.8
      512,   128,  11, 7040,   6675.1
      """;

  private static double probability(int inputs, int outputs, double epsilon) {
    return new DensityAllocation.Epsilon(epsilon)
        .probabilities(List.of(new LayerShape(inputs, outputs)))[0];
  }

  private static Topology draw(Sampler sampler, int inputs, int outputs, double p, long seed) {
    Topology topology =
        sampler.draw(inputs, outputs, p, new RandomStreams(seed).stream(Purpose.TOPOLOGY, 0, 0));
    topology.checkInvariants();
    assertThat(topology.inputs()).isEqualTo(inputs);
    assertThat(topology.outputs()).isEqualTo(outputs);
    return topology;
  }

  @ParameterizedTest
  @CsvSource(textBlock = LAYERS)
  void exactGivesTheNumberItself(int inputs, int outputs, double epsilon, int exact, double r) {
    double p = probability(inputs, outputs, epsilon);
    assertThat(draw(Sampler.EXACT, inputs, outputs, p, 1).connections()).isEqualTo(exact);
  }

  @ParameterizedTest
  @CsvSource(textBlock = LAYERS)
  void bernoulliGivesTheNumberOnAverage(
      int inputs, int outputs, double epsilon, int exact, double r) {
    double p = probability(inputs, outputs, epsilon);
    double d = Math.min(1, p);
    int draws = 3;
    double sum = 0;
    for (int seed = 0; seed < draws; seed++) {
      sum += draw(Sampler.BERNOULLI, inputs, outputs, p, seed).connections();
    }
    double deviation = Math.sqrt((double) inputs * outputs * d * (1 - d) / draws);
    assertThat(sum / draws).isCloseTo(exact, within(4 * deviation));
  }

  @ParameterizedTest
  @CsvSource(textBlock = LAYERS)
  void drawsWithReplacementGiveFewerConnections(
      int inputs, int outputs, double epsilon, int exact, double mean) {
    double p = probability(inputs, outputs, epsilon);
    int draws = 3;
    double sum = 0;
    for (int seed = 0; seed < draws; seed++) {
      sum += draw(Sampler.WITH_REPLACEMENT, inputs, outputs, p, seed).connections();
    }
    // Occupied cells of N after pN throws: variance N e^-p (1 - (1 + p) e^-p).
    double empty = Math.exp(-p);
    double variance = (double) inputs * outputs * empty * (1 - (1 + p) * empty);
    // The table has one digit behind the point.
    assertThat(sum / draws).isCloseTo(mean, within(4 * Math.sqrt(variance / draws) + 0.05));
  }

  @ParameterizedTest
  @CsvSource({"EXACT, 0.3", "BERNOULLI, 0.3", "WITH_REPLACEMENT, 0.3"})
  void everyCellIsEquallyLikely(Sampler sampler, double p) {
    int cells = 6 * 5;
    int draws = 20_000;
    int[] hits = new int[cells];
    long total = 0;
    for (int seed = 0; seed < draws; seed++) {
      Topology t = draw(sampler, 6, 5, p, seed);
      for (int cell = 0; cell < cells; cell++) {
        hits[cell] += t.find(cell % 6, cell / 6) >= 0 ? 1 : 0;
      }
      total += t.connections();
    }
    double expected = (double) total / cells;
    double share = expected / draws;
    double chiSquare = 0;
    for (int hit : hits) {
      chiSquare += (hit - expected) * (hit - expected) / (expected * (1 - share));
    }
    // About 29 degrees of freedom: 99.99 % of draws lie below 66.
    assertThat(chiSquare).isLessThan(66);
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, 0, 0",
    "BERNOULLI, 0, 0",
    "WITH_REPLACEMENT, 0, 0",
    "EXACT, 1, 35",
    "BERNOULLI, 1, 35",
    "EXACT, 9, 35",
    "BERNOULLI, 9, 35"
  })
  void nothingAndEverything(Sampler sampler, double p, int connections) {
    assertThat(draw(sampler, 7, 5, p, 1).connections()).isEqualTo(connections);
  }

  @ParameterizedTest
  @CsvSource({"EXACT", "BERNOULLI", "WITH_REPLACEMENT"})
  void sameSeedSameTopologyOtherSeedAnother(Sampler sampler) {
    int[] first = draw(sampler, 40, 30, 0.1, 5).column().toArray();
    assertThat(draw(sampler, 40, 30, 0.1, 5).column().toArray()).isEqualTo(first);
    assertThat(draw(sampler, 40, 30, 0.1, 6).column().toArray()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"EXACT", "BERNOULLI", "WITH_REPLACEMENT"})
  void anEnormousLayerNeedsMemoryForItsConnectionsOnly(Sampler sampler) {
    // 4 * 10^10 cells; as bits alone they would be 5 GB.
    int n = 200_000;
    Topology t = draw(sampler, n, n, probability(n, n, 2), 1);
    assertThat((double) t.connections()).isCloseTo(800_000, within(4 * Math.sqrt(800_000)));
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "NaN"})
  void aProbabilityBelowZeroIsRejected(double p) {
    for (Sampler sampler : Sampler.values()) {
      assertThatThrownBy(() -> draw(sampler, 3, 3, p, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("probability must be 0 or more");
    }
  }

  /** As many inputs for each output, and half of them nearer than chance would have it. */
  @ParameterizedTest
  @CsvSource({"784, 1000, 0.05", "1000, 10, 0.3", "1, 7, 0.5", "9, 9, 0.99", "5000, 40, 0.002"})
  void receptiveFieldsAreNear(int inputs, int outputs, double density) {
    Topology topology = draw(Sampler.RECEPTIVE_FIELD, inputs, outputs, density, 1);
    int fanIn = (int) Math.max(1, Math.round(density * inputs));
    long near = 0;
    long all = 0;
    for (int j = 0; j < outputs; j++) {
      assertThat(topology.fanIn(j)).isEqualTo(fanIn);
      long centre = (long) j * inputs / outputs;
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        long apart = Math.abs(topology.column().get(e) - centre);
        near += Math.min(apart, inputs - apart) <= fanIn ? 1 : 0;
        all++;
      }
    }
    assertThat(near).isGreaterThan(all * 3 / 4);
  }
}
