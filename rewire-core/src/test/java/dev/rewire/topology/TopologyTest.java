package dev.rewire.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Ints;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a topology promises, seen through a matrix of booleans. */
class TopologyTest {
  /**
   * Four inputs, three outputs, the one in the middle without connections:
   *
   * <pre>
   *   . x . x
   *   . . . .
   *   x x . .
   * </pre>
   */
  private static Topology small() {
    return Topology.ofCells(4, 3, new long[] {1, 3, 8, 9});
  }

  @Test
  void rowsAreSortedByOutputAndInput() {
    Topology t = small();
    assertThat(t.rowStart().toArray()).containsExactly(0, 2, 2, 4);
    assertThat(t.column().toArray()).containsExactly(1, 3, 0, 1);
    assertThat(t.connections()).isEqualTo(4);
    assertThat(t.cells()).isEqualTo(12);
    assertThat(t.density()).isEqualTo(4.0 / 12);
    t.checkInvariants();
  }

  @Test
  void theTransposedIndexListsTheSameConnectionsByInput() {
    Topology t = small();
    assertThat(t.inputStart().toArray()).containsExactly(0, 1, 3, 3, 4);
    assertThat(t.target().toArray()).containsExactly(2, 0, 2, 0);
    assertThat(t.edge().toArray()).containsExactly(2, 0, 3, 1);
  }

  @Test
  void degrees() {
    Topology t = small();
    assertThat(new int[] {t.fanIn(0), t.fanIn(1), t.fanIn(2)}).containsExactly(2, 0, 2);
    assertThat(new int[] {t.fanOut(0), t.fanOut(1), t.fanOut(2), t.fanOut(3)})
        .containsExactly(1, 2, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 9, 0.5", "9, 1, 0.5", "17, 13, 0", "17, 13, 0.3", "17, 13, 1"})
  void agreesWithAMatrix(int inputs, int outputs, double density) {
    SplittableRandom random = new SplittableRandom(1);
    boolean[] connected = new boolean[inputs * outputs];
    for (int cell = 0; cell < connected.length; cell++) {
      connected[cell] = random.nextDouble() < density;
    }
    long[] cells = LongStream.range(0, connected.length).filter(c -> connected[(int) c]).toArray();
    Topology t = Topology.ofCells(inputs, outputs, cells);
    t.checkInvariants();
    int edges = 0;
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        boolean here = connected[j * inputs + i];
        assertThat(t.find(i, j)).isEqualTo(here ? edges : -1);
        edges += here ? 1 : 0;
      }
    }
    int entries = 0;
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        if (connected[j * inputs + i]) {
          assertThat(t.target().get(entries)).isEqualTo(j);
          assertThat(t.edge().get(entries)).isEqualTo(t.find(i, j));
          entries++;
        }
      }
      assertThat(t.inputStart().get(i + 1L)).isEqualTo(entries);
    }
    assertThat(t.connections()).isEqualTo(edges);
  }

  @Test
  void completeConnectsEverything() {
    Topology t = Topology.complete(5, 3);
    t.checkInvariants();
    assertThat(t.connections()).isEqualTo(15);
    assertThat(t.density()).isEqualTo(1);
    assertThat(t.rowStart().toArray()).containsExactly(0, 5, 10, 15);
  }

  @ParameterizedTest
  @CsvSource({
    // row starts, columns, what is wrong
    "0 2 2, 0 1 2, rows end at 2",
    "1 2 3, 0 1 2, row starts must be 3 numbers from 0",
    "0 1, 0, row starts must be 3 numbers from 0",
    "0 2 1, 0, do not ascend",
    "0 2 2, 1 0, must ascend below 3: 0",
    "0 2 2, 1 1, must ascend below 3: 1",
    "0 1 2, 0 3, must ascend below 3: 3",
    "0 1 2, 0 -1, must ascend below 3: -1",
    "0 -1 2, 0 1, do not ascend",
    "0 9 2, 0 1, row",
    "0 2147483647 2, 0 1, row"
  })
  void badRowsAreRejected(String rowStart, String columns, String message) {
    assertThatThrownBy(() -> new Topology(3, 2, ints(rowStart), ints(columns)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Ints ints(String numbers) {
    String[] parts = numbers.split(" ");
    Ints ints = new Ints(parts.length);
    for (int i = 0; i < parts.length; i++) {
      ints.set(i, Integer.parseInt(parts[i]));
    }
    return ints;
  }

  @Test
  void bothSidesNeedANeuron() {
    assertThatThrownBy(() -> Topology.complete(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 neuron or more");
    assertThatThrownBy(() -> new LayerShape(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 x 0");
  }

  @Test
  void checkInvariantsSeesDamage() {
    Topology t = small();
    t.edge().set(0, 3);
    assertThatThrownBy(t::checkInvariants)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("entry 0 is not a connection from 0");
    Topology u = small();
    u.target().set(2, 0);
    assertThatThrownBy(u::checkInvariants)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("targets of input 1 do not ascend");
    Topology v = small();
    v.inputStart().set(4, 3);
    assertThatThrownBy(v::checkInvariants).isInstanceOf(IllegalStateException.class);
  }
}
