package dev.rewire.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.KWinners;
import dev.rewire.neuron.LayerNorm;
import dev.rewire.neuron.NeuronAffine;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.SRelu;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pruning of neurons, and their removal. */
class NeuronPruningTest {
  private static int[] widths(Network network) {
    return network.layers().stream().mapToInt(SparseLayer::outputs).toArray();
  }

  private static void sameWords(Network before, Network after) {
    float[][] samples = PrunedNetworks.samples(before.inputs());
    float[][] expected = before.predict(samples);
    float[][] found = after.predict(samples);
    for (int s = 0; s < samples.length; s++) {
      for (int k = 0; k < expected[s].length; k++) {
        assertThat(found[s][k]).isCloseTo(expected[s][k], within(2e-6f));
      }
    }
  }

  private static void noneIsSuperfluous(Network network) {
    for (SparseLayer layer : network.layers()) {
      Topology topology = layer.topology();
      topology.checkInvariants();
      for (int j = 0; j < topology.outputs() && topology.outputs() > 1; j++) {
        boolean output = layer.index() == network.layers().size() - 1;
        assertThat(topology.fanIn(j) > 0 || output).isTrue();
      }
      for (int i = 0; i < topology.inputs() && topology.inputs() > 1; i++) {
        assertThat(topology.fanOut(i) > 0 || layer.index() == 0).isTrue();
      }
    }
    Compaction.Result again = Compaction.of(network);
    assertThat(again.folded() + again.unused()).isZero();
    assertThat(widths(again.network())).isEqualTo(widths(network));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.03, 0.06, 0.1, 0.2, 1})
  void neuronsWithoutInputsOrOutputsGoAndPredictionsStay(double density) {
    Network network = PrunedNetworks.network(PrunedNetworks.builder(density));
    Compaction.Result result = Compaction.of(network);
    sameWords(network, result.network());
    noneIsSuperfluous(result.network());
    assertThat(network.neurons() - result.network().neurons())
        .isEqualTo(result.folded() + result.unused());
    assertThat(result.bound()).isZero();
    assertThat(result.folded() + result.unused() > 0).isEqualTo(density < 1);
  }

  @Test
  void everyActivationAndTheOldDropout() {
    for (Activation activation : Activation.ALL) {
      Network network = PrunedNetworks.network(PrunedNetworks.builder(0.1).activation(activation));
      sameWords(network, Compaction.of(network).network());
    }
    Network old =
        PrunedNetworks.network(
            PrunedNetworks.builder(0.1).dropout(new Dropout(0.4, Dropout.Style.TUTORIAL_2019)));
    sameWords(old, Compaction.of(old).network());
  }

  @Test
  void numbersOfNeuronsAndWhatTheOptimizerRemembersFollow() {
    Network network = PrunedNetworks.with(BatchNorm.DEFAULT, new NeuronAffine(), new SRelu());
    Compaction.Result result = Compaction.of(network);
    assertThat(result.folded()).isPositive();
    assertThat(result.unused()).isPositive();
    sameWords(network, result.network());
    noneIsSuperfluous(result.network());
    for (int l = 0; l < 2; l++) {
      Map<List<Float>, List<Float>> before = byScale(network.layers().get(l));
      byScale(result.network().layers().get(l))
          .forEach((scale, all) -> assertThat(before).containsEntry(scale, all));
    }
  }

  /** All numbers of a neuron, by one of them that no other neuron has. */
  private static Map<List<Float>, List<Float>> byScale(SparseLayer layer) {
    Map<List<Float>, List<Float>> neurons = new HashMap<>();
    for (int j = 0; j < layer.outputs(); j++) {
      List<Float> all = new ArrayList<>();
      for (NeuronNumbers numbers : layer.neurons()) {
        for (int p = 0; p < numbers.parameters(); p++) {
          all.add(numbers.parameter(p).get(j));
          for (Floats state : numbers.state(p)) {
            all.add(state.get(j));
          }
        }
        for (int m = 0; m < numbers.layer().memory().size(); m++) {
          all.add(numbers.memory(m).get(j));
        }
      }
      for (Floats state : layer.biasState()) {
        all.add(state.get(j));
      }
      neurons.put(List.of(all.getFirst()), all);
    }
    return neurons;
  }

  @Test
  void neuronsOnWhichOthersDependStay() {
    Network norm = PrunedNetworks.with(LayerNorm.DEFAULT);
    Network winners = PrunedNetworks.with(KWinners.share(0.3));
    for (Network network : List.of(norm, winners)) {
      Compaction.Result result = Compaction.of(network);
      assertThat(result.bound()).isPositive();
      assertThat(widths(result.network())).isEqualTo(widths(network));
      sameWords(network, result.network());
      assertThat(new NeuronPruning(0.5).prune(network).network().connections())
          .isEqualTo(network.connections());
    }
  }

  @Test
  void theLeastImportantNeuronsLoseTheirInputs() {
    Network network = PrunedNetworks.network(PrunedNetworks.builder(0.5).denseOutput(true));
    Pruned pruned = new NeuronPruning(0.2).prune(network);
    for (int l = 0; l < 2; l++) {
      SparseLayer layer = network.layers().get(l);
      double[] importance = NeuronPruning.importance(layer);
      double[] sorted = importance.clone();
      Arrays.sort(sorted);
      // of 20 neurons the percentile lies between the 4th and the 5th, of 16 at the 4th
      double bound = sorted[3];
      SparseLayer rest = pruned.network().layers().get(l);
      for (int j = 0; j < layer.outputs(); j++) {
        boolean gone = importance[j] <= bound;
        assertThat(rest.topology().fanIn(j)).isEqualTo(gone ? 0 : layer.topology().fanIn(j));
      }
    }
    assertThat(pruned.network().layers().get(2).topology().connections())
        .isEqualTo(network.layers().get(2).topology().connections());
    Network narrow = Compaction.of(pruned.network()).network();
    assertThat(widths(narrow)).containsExactly(16, 12, 3);
    sameWords(pruned.network(), narrow);
    assertThat(pruned.saved()).isZero();
  }

  @Test
  void oneNeuronOfALayerStays() {
    NetworkBuilder builder = PrunedNetworks.builder(0.5);
    Network alike = PrunedNetworks.network(builder);
    for (SparseLayer layer : alike.layers()) {
      layer.weight().fill(0, (int) layer.weight().length(), 0f);
    }
    assertThat(new NeuronPruning(0.9).prune(alike).network().connections())
        .isEqualTo(alike.connections());

    Network network = PrunedNetworks.network(builder);
    Pruned nearlyAll = new NeuronPruning(0.99).prune(network);
    Network narrow = Compaction.of(nearlyAll.network()).network();
    assertThat(StrongestPath.exists(narrow)).isTrue();
    sameWords(nearlyAll.network(), narrow);
    assertThat(narrow.layers().getFirst().outputs()).isLessThan(3);

    Network cut = network.withLayers(withoutSecond(network), 0);
    assertThat(StrongestPath.exists(cut)).isFalse();
    assertThat(widths(Compaction.of(cut).network())).containsExactly(1, 1, 3);
    sameWords(cut, Compaction.of(cut).network());
  }

  private static List<SparseLayer> withoutSecond(Network network) {
    List<SparseLayer> layers = new ArrayList<>(network.layers());
    Bits all = new Bits();
    all.reset(layers.get(1).topology().connections());
    for (int e = 0; e < all.length(); e++) {
      all.set(e);
    }
    layers.set(1, LayerCut.without(layers.get(1), all));
    return layers;
  }

  @Test
  void sharesOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new NeuronPruning(1)).hasMessageContaining("below 1: 1");
    assertThatThrownBy(() -> new NeuronPruning(0)).hasMessageContaining("above 0");
  }
}
