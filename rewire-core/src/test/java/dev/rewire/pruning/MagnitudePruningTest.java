package dev.rewire.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MagnitudePruningTest {
  private record Cell(int layer, long number, float weight) {}

  /** Everything in one sorted list: what pruning must not need. */
  private static List<Cell> smallest(List<SparseLayer> layers) {
    List<Cell> cells = new ArrayList<>();
    for (SparseLayer layer : layers) {
      PrunedNetworks.byCell(layer)
          .forEach((number, values) ->
              cells.add(new Cell(layer.index(), number, Math.abs(values.getFirst()))));
    }
    cells.sort(
        Comparator.comparingDouble(Cell::weight)
            .thenComparing(Cell::layer)
            .thenComparing(Cell::number));
    return cells;
  }

  private static void checkRest(Network before, Network after, List<Cell> gone) {
    for (SparseLayer layer : before.layers()) {
      Map<Long, List<Float>> expected = PrunedNetworks.byCell(layer);
      gone.stream()
          .filter(cell -> cell.layer() == layer.index())
          .forEach(cell -> expected.remove(cell.number()));
      SparseLayer rest = after.layers().get(layer.index());
      assertThat(PrunedNetworks.byCell(rest)).isEqualTo(expected);
      assertThat(rest.bias().toArray()).isEqualTo(layer.bias().toArray());
      for (int s = 0; s < layer.slots().size(); s++) {
        assertThat(rest.biasState()[s].toArray()).isEqualTo(layer.biasState()[s].toArray());
      }
      assertThat(rest.slots()).isEqualTo(layer.slots()).hasSize(2);
      assertThat(rest.initialConnections()).isEqualTo(expected.size());
    }
  }

  /** Some weights are alike, with either sign: those with the lowest cells go. */
  private static Network withTies() {
    Network network = PrunedNetworks.network(PrunedNetworks.builder(0.6));
    for (SparseLayer layer : network.layers()) {
      for (long e = 0; e < layer.weight().length(); e += 2) {
        layer.weight().set(e, e % 4 == 0 ? 0.25f : -0.25f);
      }
    }
    return network;
  }

  @Test
  void eachLayerHasTheDensityThatWasAskedFor() {
    Network network = withTies();
    Pruned pruned = new MagnitudePruning(new PruningBudget.LayerDensity(0.3), true).prune(network);
    List<Cell> gone = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      int kept = (int) Math.rint(0.3 * layer.topology().cells());
      gone.addAll(smallest(List.of(layer)).subList(0, layer.topology().connections() - kept));
    }
    checkRest(network, pruned.network(), gone);
    assertThat(pruned.saved()).isZero();
  }

  @Test
  void oneBoundForAllLayers() {
    Network network = withTies();
    Pruned pruned = new MagnitudePruning(new PruningBudget.GlobalDensity(0.2), true).prune(network);
    int kept = (int) Math.rint(0.2 * (12 * 20 + 20 * 16 + 16 * 3));
    List<Cell> all = smallest(network.layers());
    checkRest(network, pruned.network(), all.subList(0, all.size() - kept));
    assertThat(pruned.network().connections()).isEqualTo(kept);
  }

  @Test
  void theOutputLayerCanStay() {
    Network network = withTies();
    Network global =
        new MagnitudePruning(new PruningBudget.GlobalDensity(0.2), false).prune(network).network();
    List<Cell> hidden = smallest(network.layers().subList(0, 2));
    int kept = (int) Math.rint(0.2 * (12 * 20 + 20 * 16));
    checkRest(network, global, hidden.subList(0, hidden.size() - kept));

    Network shares =
        new MagnitudePruning(new PruningBudget.Survivors(0.5, 0), false).prune(network).network();
    assertThat(connections(shares))
        .containsExactly(
            connections(network)[0] / 2, connections(network)[1] / 2, connections(network)[2]);
  }

  @Test
  void sharesOfWhatIsThereWithAnotherOneForTheOutputs() {
    Network network = withTies();
    Network rest =
        new MagnitudePruning(new PruningBudget.Survivors(0.8, 0.9), true).prune(network).network();
    int[] before = connections(network);
    assertThat(connections(rest))
        .containsExactly(
            (int) Math.rint(0.8 * before[0]),
            (int) Math.rint(0.8 * before[1]),
            (int) Math.rint(0.9 * before[2]));
  }

  @Test
  void weightsBelowSomeStandardDeviationsGo() {
    Network network = withTies();
    Network rest =
        new MagnitudePruning(new PruningBudget.Deviations(0.7), true).prune(network).network();
    List<Cell> gone = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      double[] weights =
          IntStream.range(0, layer.topology().connections())
              .mapToDouble(layer.weight()::get)
              .toArray();
      double mean = DoubleStream.of(weights).average().orElseThrow();
      double sigma =
          Math.sqrt(
              DoubleStream.of(weights).map(w -> (w - mean) * (w - mean)).average().orElseThrow());
      smallest(List.of(layer)).stream()
          .filter(cell -> cell.weight() < 0.7 * sigma)
          .forEach(gone::add);
    }
    assertThat(gone).hasSizeBetween(20, 300);
    checkRest(network, rest, gone);
    Network all =
        new MagnitudePruning(new PruningBudget.Deviations(0), true).prune(network).network();
    checkRest(network, all, List.of());
  }

  @Test
  void whatIsSparserAlreadyStays() {
    Network network = withTies();
    for (PruningBudget budget :
        List.of(new PruningBudget.LayerDensity(0.7), new PruningBudget.GlobalDensity(0.7))) {
      checkRest(network, new MagnitudePruning(budget, true).prune(network).network(), List.of());
    }
  }

  /** Of a layer with large weights nothing would be left but for the strongest way. */
  @Test
  void noLayerIsCutOff() {
    Network network = PrunedNetworks.network(PrunedNetworks.builder(0.6));
    Floats small = network.layers().get(1).weight();
    for (long e = 0; e < small.length(); e++) {
      small.set(e, small.get(e) / 1000);
    }
    Pruned global = new MagnitudePruning(new PruningBudget.GlobalDensity(0.1), true).prune(network);
    assertThat(global.saved()).isEqualTo(1);
    assertThat(StrongestPath.exists(global.network())).isTrue();
    int[] path = StrongestPath.of(network);
    SparseLayer middle = global.network().layers().get(1);
    assertThat(middle.weight().toArray()).containsExactly(small.get(path[1]));

    Pruned nothing = new MagnitudePruning(new PruningBudget.LayerDensity(0), true).prune(network);
    assertThat(nothing.saved()).isEqualTo(3);
    assertThat(connections(nothing.network())).containsExactly(1, 1, 1);
    assertThat(StrongestPath.exists(nothing.network())).isTrue();

    Pruned few = new MagnitudePruning(new PruningBudget.LayerDensity(0.01), true).prune(network);
    assertThat(connections(few.network()))
        .as("as many as asked for, but one in the last layer")
        .containsExactly(2, 3, few.saved() == 0 ? 0 : 1);
    assertThat(StrongestPath.exists(few.network())).isTrue();
  }

  private static int[] connections(Network network) {
    return network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
  }

  @Test
  void sharesOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new PruningBudget.LayerDensity(1.5))
        .hasMessageContaining("density must be 0 to 1: 1.5");
    assertThatThrownBy(() -> new PruningBudget.GlobalDensity(Double.NaN))
        .hasMessageContaining("density must be 0 to 1");
    assertThatThrownBy(() -> new PruningBudget.Deviations(-1))
        .hasMessageContaining("0 or more standard deviations: -1");
  }
}
