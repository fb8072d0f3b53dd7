package dev.rewire.pruning;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Really removes the hidden neurons that have no inputs or no outputs, so that layers become
 * narrower and the network predicts the same.
 *
 * <p>A neuron without inputs always says the same, {@code f(bias)}; that is added to the biases of
 * the neurons that listen to it. So others may lose their last input: this goes on from layer to
 * layer. A neuron to which nobody listens just goes, and so do those that only it listened to. One
 * neuron of a layer always stays, and inputs and outputs of the network do.
 *
 * <p>Where neurons depend on the others of their layer (layer normalisation, k-winners), none can
 * go without changing what the others say: such layers keep all of theirs.
 */
public final class Compaction {
  private final List<SparseLayer> layers;

  /** For each layer the outputs that stay; the inputs of the first layer all do. */
  private final BitSet[] stays;

  private final Floats[] bias;
  private int folded;
  private int unused;
  private int bound;

  private Compaction(Network network) {
    layers = network.layers();
    stays = new BitSet[layers.size()];
    bias = new Floats[stays.length];
    for (int l = 0; l < stays.length; l++) {
      stays[l] = new BitSet();
      stays[l].set(0, layers.get(l).outputs());
      bias[l] = layers.get(l).bias().duplicate();
    }
  }

  /**
   * A network without superfluous neurons.
   *
   * @param network the rest, in memory of its own
   * @param folded neurons without inputs that became part of biases
   * @param unused neurons without outputs that went
   * @param bound neurons of both kinds that had to stay, because others of their layer depend on
   *     them
   * @param stays for each layer the numbers that its outputs had before, ascending
   */
  public record Result(Network network, int folded, int unused, int bound, List<int[]> stays) {
    /** Copies the list. */
    public Result {
      stays = List.copyOf(stays);
    }
  }

  /**
   * Removes them.
   *
   * @param network any; it is not changed
   * @return a network that predicts the same, to the accuracy of sums in another order
   */
  public static Result of(Network network) {
    return new Compaction(network).result(network);
  }

  /**
   * Says whether neurons of a layer can be removed without changing what the others say.
   *
   * @param layer any
   * @return false if one of its neuron layers looks at all of them
   */
  public static boolean isFree(SparseLayer layer) {
    return layer.neurons().stream()
        .allMatch(numbers -> numbers.layer() instanceof NeuronLayer.PerNeuron);
  }

  private Result result(Network network) {
    int hidden = layers.size() - 1;
    for (int l = 0; l < hidden; l++) {
      fold(l);
    }
    for (int l = hidden - 1; l >= 0; l--) {
      forget(l);
    }
    List<SparseLayer> rest = new ArrayList<>();
    List<int[]> left = new ArrayList<>();
    int[] inputs = LayerCut.all(network.inputs());
    for (int l = 0; l <= hidden; l++) {
      int[] outputs = stays[l].stream().toArray();
      rest.add(LayerCut.of(layers.get(l), inputs, outputs, bias[l]));
      left.add(outputs);
      inputs = outputs;
    }
    return new Result(network.withLayers(rest, network.steps()), folded, unused, bound, left);
  }

  /** Neurons without inputs. */
  private void fold(int l) {
    BitSet constant = new BitSet();
    Topology topology = layers.get(l).topology();
    for (int j = 0; j < topology.outputs(); j++) {
      constant.set(j, isConstant(l, j));
    }
    if (!goes(l, constant)) {
      return;
    }
    folded += constant.cardinality();
    stays[l].andNot(constant);
    Floats says = constants(l);
    SparseLayer next = layers.get(l + 1);
    Topology listeners = next.topology();
    for (int k = 0; k < listeners.outputs(); k++) {
      double sum = bias[l + 1].get(k);
      int end = listeners.rowStart().get(k + 1L);
      for (int e = listeners.rowStart().get(k); e < end; e++) {
        int j = listeners.column().get(e);
        if (constant.get(j)) {
          sum += (double) next.weight().get(e) * says.get(j);
        }
      }
      bias[l + 1].set(k, (float) sum);
    }
  }

  private boolean isConstant(int l, int j) {
    Topology topology = layers.get(l).topology();
    int end = topology.rowStart().get(j + 1L);
    for (int e = topology.rowStart().get(j); e < end; e++) {
      if (l == 0 || stays[l - 1].get(topology.column().get(e))) {
        return false;
      }
    }
    return true;
  }

  /** Neurons to which nobody listens. */
  private void forget(int l) {
    BitSet alone = (BitSet) stays[l].clone();
    Topology listeners = layers.get(l + 1).topology();
    for (int k = stays[l + 1].nextSetBit(0); k >= 0; k = stays[l + 1].nextSetBit(k + 1)) {
      int end = listeners.rowStart().get(k + 1L);
      for (int e = listeners.rowStart().get(k); e < end; e++) {
        alone.clear(listeners.column().get(e));
      }
    }
    if (goes(l, alone)) {
      unused += alone.cardinality();
      stays[l].andNot(alone);
    }
  }

  /** Whether some of these can go; if they are all that is left of their layer, one stays. */
  private boolean goes(int l, BitSet neurons) {
    if (!isFree(layers.get(l))) {
      bound += neurons.cardinality();
      return false;
    }
    if (neurons.cardinality() == stays[l].cardinality()) {
      neurons.clear(neurons.nextSetBit(0));
    }
    return !neurons.isEmpty();
  }

  /** What each neuron of a layer says when all its inputs are 0; asked of those without inputs. */
  private Floats constants(int l) {
    SparseLayer layer = layers.get(l);
    Activations rows = new Activations(layer.outputs(), 1);
    rows.values().copy(bias[l], 0, 0, layer.outputs());
    Dropout before = l == 0 ? Dropout.NONE : layers.get(l - 1).dropout();
    if (before.style() == Dropout.Style.TUTORIAL_2019) {
      for (int j = 0; j < layer.outputs(); j++) {
        rows.set(j, 0, rows.get(j, 0) * (float) (1 - before.rate()));
      }
    }
    for (NeuronNumbers numbers : layer.neurons()) {
      numbers.layer().work(numbers, 1, false).forward(rows, 1, false, 0, layer.outputs());
    }
    layer
        .activation()
        .forward(KernelProvider.get().units(), rows.values(), 0, rows.values().length());
    return rows.values();
  }
}
