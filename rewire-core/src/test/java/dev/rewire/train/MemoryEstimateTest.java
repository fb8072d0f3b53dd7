package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Limits;
import dev.rewire.layer.MemoryMode;
import dev.rewire.memory.Activations;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.Sgd;
import dev.rewire.train.MemoryEstimate.Part;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Sums that were done by hand. */
class MemoryEstimateTest {
  /** 10-40-40-3 with ε = 2: layers of 100 and 160 connections, and a complete one of 120. */
  private static NetworkBuilder builder() {
    return new NetworkBuilder(10, InMemoryDataset.numbered(3)).hidden(40, 40).epsilon(2);
  }

  private static TrainingPlan plan(int batch) {
    return TrainingPlan.defaults()
        .withOptimizer(Sgd.rate(0.1).momentum(0.9))
        .withEvolution(Evolution.set(0.25))
        .withBatch(batch);
  }

  @Test
  void everyPart() {
    MemoryEstimate estimate = MemoryEstimate.of(builder(), plan(64), 5000);

    assertThat(estimate.neurons()).isEqualTo(10 + 40 + 40 + 3);
    assertThat(estimate.connections()).isEqualTo(100 + 160 + 120);
    assertThat(estimate.bytes(Part.TOPOLOGY)).isEqualTo(4 * 380 + 4 * (41 + 41 + 4));
    // not in the first layer: nobody needs the gradient of the features; nor in the last one, which
    // is complete
    assertThat(estimate.bytes(Part.INDEX)).isEqualTo(8 * 160 + 4 * 41);
    assertThat(estimate.bytes(Part.WEIGHTS)).isEqualTo(4 * 380);
    assertThat(estimate.bytes(Part.OPTIMIZER)).isEqualTo(4 * (380 + 83));
    assertThat(estimate.bytes(Part.BIASES)).isEqualTo(4 * 83);
    // inputs once, hidden neurons and outputs twice, targets and the gradients of a test
    long rows = 10 + 2 * (40 + 40 + 3) + 2 * 3;
    assertThat(estimate.bytes(Part.ACTIVATIONS)).isEqualTo(4 * rows * Activations.padded(64));
    // of the largest layer that evolves; the last one is too dense
    assertThat(estimate.bytes(Part.EVOLUTION)).isEqualTo(Math.round(13.5 * 160));
    assertThat(estimate.bytes(Part.DATA)).isEqualTo(5000);
    assertThat(estimate.bytes())
        .isEqualTo(Arrays.stream(Part.values()).mapToLong(estimate::bytes).sum());
    assertThat(estimate.layers().getFirst().density()).isEqualTo(0.25);
    assertThat(estimate.bytesPerConnection())
        .isCloseTo((4 * 380 * 3 + 8 * 160 + 4 * (86 + 41 + 83 + 83)) / 380.0, within(1e-9));
  }

  @Test
  void leanAndSmallBatchesHaveNoIndex() {
    assertThat(MemoryEstimate.of(builder(), plan(8), 0).bytes(Part.INDEX)).isZero();
    assertThat(MemoryEstimate.of(builder(), plan(9), 0).bytes(Part.INDEX)).isPositive();
    TrainingPlan lean = plan(128).withMemory(MemoryMode.LEAN);
    assertThat(MemoryEstimate.of(builder(), lean, 0).bytes(Part.INDEX)).isZero();
  }

  @Test
  void withoutMomentumNothingIsRemembered() {
    TrainingPlan plain = plan(64).withOptimizer(Sgd.rate(0.1));
    assertThat(MemoryEstimate.of(builder(), plain, 0).bytes(Part.OPTIMIZER)).isZero();
  }

  /** Adam from birth has four numbers a parameter, and a gradient waits for its norm. */
  @Test
  void whatIsRememberedIsCounted() {
    TrainingPlan plain = plan(64).withOptimizer(Sgd.rate(0.1));
    TrainingPlan limited = plain.withLimits(new Limits(1, 1, 1));
    long one = MemoryEstimate.of(builder(), limited, 0).bytes(Part.OPTIMIZER);
    assertThat(one).isPositive();
    assertThat(
            MemoryEstimate.of(builder(), plain.withLimits(new Limits(1, 0, 1)), 0)
                .bytes(Part.OPTIMIZER))
        .isZero();
    TrainingPlan adam = plain.withOptimizer(Adam.rate(0.1).correction(Adam.Correction.BIRTH));
    assertThat(MemoryEstimate.of(builder(), adam, 0).bytes(Part.OPTIMIZER)).isEqualTo(4 * one);
  }

  @Test
  void onlyLayersThatEvolveNeedAWorkspace() {
    assertThat(MemoryEstimate.of(builder(), plan(64).withEvolution(null), 0).evolution()).isZero();
    NetworkBuilder shallow = new NetworkBuilder(10, InMemoryDataset.numbered(3));
    assertThat(MemoryEstimate.of(shallow, plan(64), 0).evolution()).isZero();
  }

  /** Topology, weights, memory and biases of two copies. */
  @Test
  void whileNeuronsGoTheNetworkIsThereThreeTimes() {
    MemoryEstimate without = MemoryEstimate.of(builder(), plan(64), 0);
    MemoryEstimate with =
        MemoryEstimate.of(builder(), plan(64).withNeuronRemoval(new NeuronRemoval(0.2, 1, 1)), 0);
    long copy = 0;
    for (Part part : new Part[] {Part.TOPOLOGY, Part.WEIGHTS, Part.OPTIMIZER, Part.BIASES}) {
      copy += without.bytes(part);
    }
    assertThat(with.evolution() - without.evolution()).isEqualTo(2 * copy);
  }

  @Test
  void dropoutKeepsAMaskAndWhatItLeaves() {
    MemoryEstimate without = MemoryEstimate.of(builder(), plan(64), 0);
    MemoryEstimate with = MemoryEstimate.of(builder().dropout(Dropout.of(0.5)), plan(64), 0);
    assertThat(with.activations() - without.activations())
        .isEqualTo(2L * 4 * (40 + 40) * Activations.padded(64));
  }

  @Test
  void layersThatNobodyCanNumber() {
    assertThat(MemoryEstimate.of(builder(), plan(64), 0).tooLarge()).isEqualTo(-1);
    NetworkBuilder huge = builder().hidden(40, 90_000_000).epsilon(100);
    assertThat(MemoryEstimate.of(huge, plan(64), 0).tooLarge()).isEqualTo(1);
  }
}
