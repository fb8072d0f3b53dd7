package dev.rewire.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.BatchNorm;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewindingTest {
  @Test
  void theRestHasItsFirstValuesAgain() {
    NetworkBuilder builder = PrunedNetworks.builder(0.6).neuronLayers(List.of(BatchNorm.DEFAULT));
    Network trained = PrunedNetworks.network(builder);
    for (SparseLayer layer : trained.layers()) {
      for (long e = 0; e < layer.weight().length(); e++) {
        layer.weight().set(e, (e * 7919 % 101 - 50) / 10f);
      }
    }
    Network initial = builder.build();
    Network pruned =
        new MagnitudePruning(new PruningBudget.LayerDensity(0.2), true).prune(trained).network();
    Network rewound = Rewinding.rewind(pruned, initial);
    for (SparseLayer layer : rewound.layers()) {
      int l = layer.index();
      assertThat(PrunedNetworks.byCell(layer).keySet())
          .isEqualTo(PrunedNetworks.byCell(pruned.layers().get(l)).keySet());
      assertThat(PrunedNetworks.byCell(initial.layers().get(l)))
          .containsAllEntriesOf(PrunedNetworks.byCell(layer));
      assertThat(layer.bias().toArray()).isEqualTo(initial.layers().get(l).bias().toArray());
      assertThat(layer.slots()).isEmpty();
      for (int n = 0; n < layer.neurons().size(); n++) {
        assertThat(layer.neurons().get(n).memory(1).toArray()).containsOnly(1f);
      }
    }
  }

  @Test
  void connectionsThatWereNotThereAndOtherShapesAreRefused() {
    Network trained = PrunedNetworks.builder(0.6).build();
    Network other = PrunedNetworks.builder(0.6).seed(9).build();
    assertThatThrownBy(() -> Rewinding.rewind(trained, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was not there");
    Network wide = PrunedNetworks.builder(1).hidden(20, 17).build();
    assertThatThrownBy(() -> Rewinding.rewind(trained, wide)).hasMessageContaining("20 to 17");
    Network shallow = PrunedNetworks.builder(1).hidden(20).build();
    assertThatThrownBy(() -> Rewinding.rewind(trained, shallow)).hasMessageContaining("3 layers");
  }
}
