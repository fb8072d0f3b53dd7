package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Connectivity;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No network is cut in two, however much is pruned. */
class ConnectivityTest {
  private static SparseLayer layer(int inputs, int outputs, long... cells) {
    return Layers.of(Topology.ofCells(inputs, outputs, cells), new float[cells.length]);
  }

  private static int cutOff(List<SparseLayer> layers) {
    return new Connectivity(layers.stream().map(SparseLayer::topology).toList()).cutOff();
  }

  @Test
  void findsWhereTheWayEnds() {
    assertThat(cutOff(List.of(layer(3, 4, 1, 11)))).isEqualTo(-1);
    assertThat(cutOff(List.of(layer(3, 4)))).isZero();
  }

  private static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] samples = new float[40][12];
    int[] labels = new int[40];
    for (int s = 0; s < 40; s++) {
      labels[s] = s % 2;
      for (int f = 0; f < 12; f++) {
        samples[s][f] = (float) random.nextGaussian();
      }
    }
    return InMemoryDataset.of("connectivity", samples, labels);
  }

  /** Everything goes and nothing comes back: one connection a layer is what remains. */
  @Test
  void aWayRemains() {
    Network network = NetworkBuilder.forData(data()).hidden(9, 8, 7).epsilon(2).seed(3).build();
    Rules rules = new Rules();
    rules.evolveOutput = true;
    rules.target = new ConnectionTarget.OfInitial(Schedule.of("0.4..0 linear"));
    List<Integer> told = new ArrayList<>();
    long[] changes = new long[1];
    long before = network.connections();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onReconnection(Network any, int layer) {
            told.add(layer);
          }

          @Override
          public void onTopologyUpdate(Network any, TopologyUpdate update) {
            changes[0] += update.grown().size() - update.dropped().size();
          }

          @Override
          public void onEpoch(Network any, EpochReport report) {
            assertThat(cutOff(any.layers())).isEqualTo(-1);
          }
        };
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withBatch(10)
            .withEpochs(6)
            .withThreads(2)
            .withEvolution(rules.evolution());
    new Trainer(plan).listen(listener).train(network, data(), data());
    assertThat(told).isNotEmpty();
    assertThat(network.connections()).isEqualTo(before + changes[0]).isLessThan(12);
    for (SparseLayer layer : network.layers()) {
      assertThat(layer.topology().connections()).isPositive();
    }
  }
}
