package dev.rewire.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Ints;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topologies that hand their memory on, and the transposed index that is built on demand. */
class RetiredTopologyTest {
  private static Topology small() {
    return Topology.ofCells(4, 3, new long[] {1, 3, 8, 9});
  }

  private static Topology rewired(Topology old, int[] starts, int... columns) {
    try (WorkerTeam team = new WorkerTeam(2)) {
      return old.rewired(Ints.of(starts), Ints.of(columns), columns.length, team);
    }
  }

  @Test
  void aRetiredTopologySaysSo() {
    Topology old = small();
    Topology next = rewired(old, new int[] {0, 1, 2, 3}, 0, 3, 2);
    next.checkInvariants();
    assertThat(next.column().toArray()).containsExactly(0, 3, 2);
    List<ThrowingCallable> calls =
        List.of(
            old::rowStart,
            old::column,
            old::inputStart,
            old::target,
            old::edge,
            old::copy,
            old::checkInvariants,
            () -> old.fanIn(0),
            () -> old.fanOut(0),
            () -> old.find(0, 0),
            () -> old.index(new WorkerTeam(1)),
            () -> rewired(old, new int[] {0, 0, 0, 0}));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has been rewired")
          .hasMessageContaining("copy()");
    }
    assertThat(old.inputs()).isEqualTo(4);
    assertThat(old.connections()).isEqualTo(4);
  }

  @Test
  void aCopyLivesOn() {
    Topology old = small();
    Topology copy = old.copy();
    rewired(old, new int[] {0, 1, 2, 3}, 0, 3, 2);
    assertThat(copy.rowStart().toArray()).containsExactly(0, 2, 2, 4);
    assertThat(copy.column().toArray()).containsExactly(1, 3, 0, 1);
    copy.checkInvariants();
  }

  @Test
  void memoryIsTheSameUntilThereAreMoreConnectionsThanEver() {
    Topology topology = small();
    long starts = topology.rowStart().segment().address();
    long columns = topology.column().segment().address();
    long targets = topology.target().segment().address();
    topology = rewired(topology, new int[] {0, 1, 1, 1}, 2);
    topology.checkInvariants();
    assertThat(topology.target().length()).isEqualTo(1);
    topology = rewired(topology, new int[] {0, 2, 2, 4}, 0, 3, 1, 2);
    topology = rewired(topology, new int[] {0, 2, 2, 4}, 0, 1, 1, 3);
    topology.checkInvariants();
    assertThat(topology.column().segment().address()).isEqualTo(columns);
    assertThat(topology.target().segment().address()).isEqualTo(targets);
    topology = rewired(topology, new int[] {0, 2, 3, 5}, 0, 1, 1, 0, 3);
    topology.checkInvariants();
    assertThat(topology.connections()).isEqualTo(5);
    assertThat(topology.column().length()).isEqualTo(5);
    assertThat(topology.rowStart().segment().address()).isEqualTo(starts);
  }

  @Test
  void theIndexIsBuiltWhenSomebodyAsks() {
    Topology topology = small();
    assertThat(topology.indexed()).isFalse();
    topology.fanIn(0);
    topology.find(0, 0);
    assertThat(topology.indexed()).isFalse();
    topology.fanOut(0);
    assertThat(topology.indexed()).isTrue();
    Topology next = rewired(topology, new int[] {0, 1, 2, 3}, 0, 3, 2);
    assertThat(next.indexed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 3000})
  void everyNumberOfThreadsBuildsTheSameIndex(int inputs) {
    Topology topology =
        Sampler.EXACT.draw(
            inputs, 200_000 / inputs * 2, 0.4, new RandomStreams(1).stream(Purpose.TOPOLOGY, 0, 0));
    assertThat(topology.connections()).isBetween(150_000, 170_000);
    topology.checkInvariants();
    for (int threads : new int[] {2, 3, 7}) {
      try (WorkerTeam team = new WorkerTeam(threads)) {
        Topology copy = topology.copy();
        copy.index(team);
        assertThat(copy.inputStart().toArray()).isEqualTo(topology.inputStart().toArray());
        assertThat(copy.target().toArray()).isEqualTo(topology.target().toArray());
        assertThat(copy.edge().toArray()).isEqualTo(topology.edge().toArray());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXACT", "BERNOULLI", "WITH_REPLACEMENT"})
  void everyNumberOfThreadsDrawsTheSameLayer(String sampler) {
    int[] first = {};
    for (int threads : new int[] {1, 2, 3, 7}) {
      try (WorkerTeam team = new WorkerTeam(threads)) {
        Topology topology =
            Sampler.valueOf(sampler)
                .draw(
                    30_000,
                    20_000,
                    5e-4,
                    new RandomStreams(1).stream(Purpose.TOPOLOGY, 0, 0),
                    team);
        topology.checkInvariants();
        int[] columns = topology.column().toArray();
        assertThat(columns.length).isBetween(297_000, 303_000);
        assertThat(columns).isEqualTo(threads == 1 ? columns : first);
        first = columns;
      }
    }
  }

  @Test
  void aLayerOfMillionsOfNeuronsTakesMemoryForItsConnectionsOnly() {
    int n = 25_000_000;
    Topology topology =
        Sampler.EXACT.draw(n, n, 2e6 / n / n, new RandomStreams(1).stream(Purpose.TOPOLOGY, 0, 0));
    assertThat(topology.connections()).isEqualTo(2_000_000);
    assertThat(topology.column().get(1_999_999)).isBetween(0, n - 1);
  }

  @Test
  void moreConnectionsThanNumbersAreRefused() {
    assertThatThrownBy(() -> Topology.complete(50_000, 50_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a layer has at most 2147483639 connections, not 2500000000");
    assertThatThrownBy(() ->
            Sampler.EXACT.draw(
                50_000, 50_000, 0.9, new RandomStreams(1).stream(Purpose.TOPOLOGY, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 2250000000");
  }
}
