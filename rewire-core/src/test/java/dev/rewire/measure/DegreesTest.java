package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import org.junit.jupiter.api.Test;

class DegreesTest {
  // Output 0 sees inputs 0 and 3, output 1 nothing, output 2 sees 0, 1 and 3.
  private final Topology topology = Topology.ofCells(5, 3, new long[] {0, 3, 10, 11, 13});

  @Test
  void handMadeLayer() {
    Degrees in = Degrees.incoming(topology);
    assertThat(in.counts()).containsExactly(1, 0, 1, 1);
    assertThat(in.neurons()).isEqualTo(3);
    assertThat(in.min()).isZero();
    assertThat(in.max()).isEqualTo(3);
    assertThat(in.mean()).isCloseTo(5.0 / 3, within(1e-15));
    assertThat(in.isolated()).isEqualTo(1);
    // Variance (25/9 + 1/9 + 16/9) / 3 = 42/27.
    assertThat(in.variation()).isCloseTo(Math.sqrt(42.0 / 27) / (5.0 / 3), within(1e-15));
    assertThat(in.ccdf()).containsExactly(1, 2.0 / 3, 2.0 / 3, 1.0 / 3);
    Degrees out = Degrees.outgoing(topology);
    assertThat(out.counts()).containsExactly(2, 1, 2);
    assertThat(out.mean()).isEqualTo(1);
    assertThat(out.isolated()).isEqualTo(2);
    assertThat(out.randomVariation()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-15));
  }

  @Test
  void completeAndEmptyLayersDoNotVary() {
    Degrees complete = Degrees.outgoing(Topology.complete(7, 9));
    assertThat(complete.min()).isEqualTo(9);
    assertThat(complete.variation()).isZero();
    assertThat(complete.randomVariation()).isZero();
    Degrees empty = Degrees.incoming(Topology.ofCells(4, 4, new long[0]));
    assertThat(empty.variation()).isZero();
    assertThat(empty.isolated()).isEqualTo(4);
    assertThatThrownBy(() -> Degrees.of(new int[] {3}, 2))
        .hasMessage("degrees lie between 0 and the 2 neurons of the other side");
  }

  @Test
  void randomLayersVaryAsTheReferenceSays() {
    var random = new RandomStreams(3).stream(Purpose.TOPOLOGY, 0, 0);
    Topology drawn = Sampler.BERNOULLI.draw(400, 5000, 0.05, random);
    Degrees in = Degrees.incoming(drawn);
    assertThat(in.randomVariation()).isCloseTo(Math.sqrt(0.95 / 20), within(0.002));
    assertThat(in.variation()).isCloseTo(in.randomVariation(), within(0.01));
  }
}
