package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.HistoryWriter;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.LayerNorm;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.SRelu;
import dev.rewire.optimizer.Sgd;
import dev.rewire.pruning.NeuronPruning;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Neurons that go while a network is trained. */
class NeuronRemovalTest {
  private static final int EPOCHS = 5;

  private static LoadedDataset data(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[60][10];
    int[] labels = new int[60];
    for (int i = 0; i < samples.length; i++) {
      labels[i] = i % 3;
      for (int k = 0; k < 10; k++) {
        samples[i][k] = (float) random.nextGaussian() + (k % 3 == labels[i] ? 1 : 0);
      }
    }
    return InMemoryDataset.of("clouds", samples, labels);
  }

  private static Network network(NeuronLayer... layers) {
    return new NetworkBuilder(10, InMemoryDataset.numbered(3))
        .hidden(40, 30)
        .neuronLayers(List.of(layers))
        .epsilon(4)
        .build();
  }

  private static TrainingPlan plan(@Nullable Evolution evolution, int threads) {
    return TrainingPlan.defaults()
        .withEvolution(evolution)
        .withEpochs(EPOCHS)
        .withBatch(20)
        .withThreads(threads)
        .withNeuronRemoval(new NeuronRemoval(0.2, 2, 2));
  }

  private static int[] widths(Network network) {
    return network.layers().stream().mapToInt(SparseLayer::outputs).toArray();
  }

  /** Widths at the end of each epoch. */
  private static List<int[]> widths(TrainingPlan plan, Network network) {
    List<int[]> widths = new ArrayList<>();
    new Trainer(plan)
        .listen(
            new TrainingListener() {
              @Override
              public void onEpoch(Network now, EpochReport report) {
                widths.add(widths(now));
                assertThat(now).isSameAs(network);
              }
            })
        .train(network, data(1), data(2));
    return widths;
  }

  @Test
  void theyGoBetweenEpochsAndNeverAfterTheLast() {
    List<int[]> widths = widths(plan(null, 1), network());
    assertThat(widths.get(0)).containsExactly(40, 30, 3);
    assertThat(widths.get(1)).containsExactly(40, 30, 3);
    assertThat(widths.get(2)[0]).isBetween(20, 32);
    assertThat(widths.get(2)[1]).isBetween(15, 24);
    assertThat(widths.get(3)).isEqualTo(widths.get(2));
    assertThat(widths.get(4)[0]).isLessThan(widths.get(3)[0]);
    TrainingPlan shorter = plan(null, 1).withEpochs(4);
    assertThat(widths(shorter, network()).getLast()).isEqualTo(widths.get(2));
  }

  @Test
  void oneRemovalTakesTheLeastImportantOnesAndKeepsTheRestToTheBit() {
    Network network = network();
    new Trainer(plan(null, 1).withNeuronRemoval(NeuronRemoval.NEVER))
        .train(network, data(1), data(2));
    float[][] samples = new float[][] {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, new float[10]};
    // what the removed ones still say goes into biases; nothing else may change
    Network silent = new NeuronPruning(0.2).prune(network).network();
    float[][] expected = silent.predict(samples);
    double[] importance = NeuronPruning.importance(network.layers().getFirst());
    double[] sorted = importance.clone();
    Arrays.sort(sorted);
    SparseLayer before = network.layers().get(1);

    NeuronUpdate update = new NeuronRemoval(0.2, 1, 1).apply(network, 1);

    assertThat(update).isNotNull();
    float[][] found = network.predict(samples);
    for (int s = 0; s < samples.length; s++) {
      for (int k = 0; k < 3; k++) {
        assertThat(found[s][k]).isCloseTo(expected[s][k], within(2e-6f));
      }
    }
    int[] inputs = update.stays().get(0);
    int[] outputs = update.stays().get(1);
    for (int neuron : inputs) {
      assertThat(importance[neuron]).isGreaterThan(sorted[7]);
    }
    SparseLayer after = network.layers().get(1);
    Topology topology = after.topology();
    int[] lost = {0};
    update.lost(1, (output, input) -> lost[0]++);
    assertThat(topology.connections() + lost[0]).isEqualTo(before.topology().connections());
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        int was = edge(before.topology(), outputs[j], inputs[topology.column().get(e)]);
        assertThat(after.weight().get(e)).isEqualTo(before.weight().get(was));
        assertThat(after.weightState()[0].get(e)).isEqualTo(before.weightState()[0].get(was));
      }
      assertThat(after.biasState()[0].get(j)).isEqualTo(before.biasState()[0].get(outputs[j]));
    }
    assertThat(update.removed()).isEqualTo(70 - inputs.length - outputs.length);
    assertThat(update.hidden()).isEqualTo(70);
  }

  private static int edge(Topology topology, int output, int input) {
    for (int e = topology.rowStart().get(output); e < topology.rowStart().get(output + 1L); e++) {
      if (topology.column().get(e) == input) {
        return e;
      }
    }
    throw new AssertionError("no connection from %d to %d".formatted(input, output));
  }

  /** Rules that come back to the start, or follow a target, do not bring connections back. */
  @ParameterizedTest
  @EnumSource(
      value = PublishedRule.class,
      names = {"SET", "RIGL", "SNFS", "GRANET", "SRIGL", "CHT", "MEST", "DSR", "CTRE"})
  void whatWentDoesNotGrowElsewhere(PublishedRule rule) {
    Network network = network();
    List<Long> connections = new ArrayList<>();
    long[] widest = {network.connections()};
    // so many steps that rules of every 100 steps evolve
    new Trainer(plan(rule.evolution(), 2).withBatch(1).withOptimizer(Sgd.rate(0.01).momentum(0.9)))
        .listen(
            new TrainingListener() {
              @Override
              public void onTopologyUpdate(Network now, TopologyUpdate update) {
                now.layers().get(update.layer()).topology().checkInvariants();
              }

              @Override
              public void onNeuronUpdate(Network now, NeuronUpdate update) {
                connections.add(now.connections());
              }
            })
        .train(network, data(1), data(2));
    assertThat(connections).hasSize(2);
    assertThat(connections.getFirst()).isLessThan(widest[0]);
    // rounding of layers, and a bridge where a layer was cut off
    assertThat(network.connections()).isLessThanOrEqualTo(connections.getLast() + 3);
    assertThat(network.layers().getFirst().outputs()).isLessThanOrEqualTo(26);
  }

  @ParameterizedTest
  @CsvSource({"2", "3"})
  void theSameBitsOnAnyNumberOfThreads(int threads) {
    Network one = network(new SRelu());
    new Trainer(plan(Evolution.set(0.3), 1)).train(one, data(1), data(2));
    Network more = network(new SRelu());
    new Trainer(plan(Evolution.set(0.3), threads)).train(more, data(1), data(2));
    assertThat(Fingerprint.of(more)).isEqualTo(Fingerprint.of(one));
  }

  @Test
  void numbersOfNeuronsFollowThem() {
    Network network = network(BatchNorm.DEFAULT);
    widths(plan(Evolution.set(0.3), 1), network);
    SparseLayer first = network.layers().getFirst();
    assertThat(first.outputs()).isLessThan(33);
    assertThat(first.neurons().getFirst().neurons()).isEqualTo(first.outputs());
    Network bound = network(LayerNorm.DEFAULT);
    widths(plan(Evolution.set(0.3), 1), bound);
    assertThat(widths(bound)).containsExactly(40, 30, 3);
  }

  /** In the history they keep their numbers. */
  @Test
  void theHistoryLeadsToTheNetworkWithHolesInIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("topology.history");
    Network network = network();
    List<int[]> left = new ArrayList<>();
    network.layers().forEach(layer -> left.add(all(layer.outputs())));
    try (HistoryWriter writer = HistoryWriter.create(file, network)) {
      new Trainer(plan(Evolution.set(0.3), 1))
          .listen(writer)
          .listen(
              new TrainingListener() {
                @Override
                public void onNeuronUpdate(Network now, NeuronUpdate update) {
                  for (int l = 0; l < 3; l++) {
                    int[] before = left.get(l);
                    int[] stays = update.stays().get(l);
                    left.set(l, Arrays.stream(stays).map(j -> before[j]).toArray());
                  }
                }
              })
          .train(network, data(1), data(2));
    }
    try (HistoryReader reader = HistoryReader.open(file)) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
        replay.apply(change);
      }
      for (int l = 0; l < 3; l++) {
        int[] inputs = l == 0 ? all(10) : left.get(l - 1);
        assertThat(cells(replay.topology(l), all(40), all(40)))
            .isEqualTo(cells(network.layers().get(l).topology(), inputs, left.get(l)));
      }
    }
  }

  private static int[] all(int neurons) {
    int[] all = new int[neurons];
    Arrays.setAll(all, j -> j);
    return all;
  }

  private static List<String> cells(Topology topology, int[] inputs, int[] outputs) {
    List<String> cells = new ArrayList<>();
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        cells.add(inputs[topology.column().get(e)] + "-" + outputs[j]);
      }
    }
    return cells;
  }

  @Test
  void numbersThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> new NeuronRemoval(1, 1, 1)).hasMessageContaining("below 1");
    assertThatThrownBy(() -> new NeuronRemoval(0.1, 0, 1)).hasMessageContaining("after 1 epoch");
    assertThat(new NeuronRemoval(0.1, 4, 3).isDue(7)).isTrue();
    assertThat(new NeuronRemoval(0.1, 4, 3).isDue(1)).isFalse();
    assertThat(NeuronRemoval.NEVER.isDue(210)).isFalse();
  }
}
