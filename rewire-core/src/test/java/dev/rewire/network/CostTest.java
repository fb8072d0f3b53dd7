package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations and bytes, counted by hand. */
class CostTest {
  private static final InMemoryDataset DATA =
      InMemoryDataset.of("ten", new float[10][6], new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1});

  private static Network network() {
    return new NetworkBuilder(6, DATA.classNames()).hidden(20).epsilon(1).seed(1).build();
  }

  @Test
  void aMultiplyAddIsTwoOperations() {
    assertThat(Cost.prediction(100, 10)).isEqualTo(220);
    // forward 220, weights 220, inputs 20: the first layer needs no gradient of its inputs
    assertThat(Cost.training(100, 10)).isEqualTo(460);
  }

  @Test
  void aNetworkIsItsLayers() {
    Network network = network();
    long first = network.layers().get(0).topology().connections();
    long second = network.layers().get(1).topology().connections();
    assertThat(second).isEqualTo(40);
    assertThat(Cost.training(network)).isEqualTo(Cost.training(first, second));
    // 4 samples, momentum: weight and column; index and weight; column, weight and velocity twice
    assertThat(Cost.bytes(network, 4, 1))
        .isEqualTo(first * (8 + 20 + 2 * 16) + second * (8 + 12 + 20 + 3 * 16));
  }

  @Test
  void anEpochIsItsSteps() {
    Network network = network();
    TrainingPlan plan =
        TrainingPlan.defaults().withBatch(4).withEpochs(2).withEvolution(Evolution.set(0.3));
    List<EpochReport> epochs = new Trainer(plan).train(network, DATA, DATA);
    for (EpochReport epoch : epochs) {
      assertThat(epoch.flops()).isEqualTo(10 * Cost.training(network));
      assertThat(epoch.bytes())
          .isEqualTo(2 * Cost.bytes(network, 4, 1) + Cost.bytes(network, 2, 1));
    }
  }
}
