package dev.rewire.pruning;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a layer in which some neurons and connections are missing. Weights, biases, the numbers
 * of neurons and what the optimizer remembers about each of them come along, to the bit.
 */
final class LayerCut {
  /** Of inputs that are not there any more. */
  static final int GONE = -1;

  private final SparseLayer layer;

  /** The number that each input has from now on, or {@link #GONE}. */
  private final int[] inputNumber;

  private final int inputs;

  /** The outputs that stay, ascending. */
  private final int[] outputs;

  private final @Nullable Bits dropped;

  private LayerCut(
      SparseLayer layer, int[] inputNumber, int inputs, int[] outputs, @Nullable Bits dropped) {
    this.layer = layer;
    this.inputNumber = inputNumber;
    this.inputs = inputs;
    this.outputs = outputs;
    this.dropped = dropped;
  }

  /** All neurons, but not these connections. */
  static SparseLayer without(SparseLayer layer, Bits dropped) {
    int[] inputNumber = all(layer.inputs());
    return new LayerCut(layer, inputNumber, layer.inputs(), all(layer.outputs()), dropped)
        .layer(layer.bias());
  }

  /**
   * Not all neurons, but all connections between those that stay.
   *
   * @param inputs those that stay, ascending
   * @param outputs those that stay, ascending
   * @param bias of all outputs
   */
  static SparseLayer of(SparseLayer layer, int[] inputs, int[] outputs, Floats bias) {
    int[] inputNumber = new int[layer.inputs()];
    Arrays.fill(inputNumber, GONE);
    for (int i = 0; i < inputs.length; i++) {
      inputNumber[inputs[i]] = i;
    }
    return new LayerCut(layer, inputNumber, inputs.length, outputs, null).layer(bias);
  }

  /** All neurons of a layer. */
  static int[] all(int neurons) {
    int[] all = new int[neurons];
    Arrays.setAll(all, j -> j);
    return all;
  }

  private boolean stays(int edge) {
    return inputNumber[layer.topology().column().get(edge)] != GONE
        && (dropped == null || !dropped.get(edge));
  }

  private SparseLayer layer(Floats bias) {
    Topology topology = layer.topology();
    Ints rowStart = new Ints(outputs.length + 1L);
    int count = 0;
    for (int j = 0; j < outputs.length; j++) {
      int end = topology.rowStart().get(outputs[j] + 1L);
      for (int e = topology.rowStart().get(outputs[j]); e < end; e++) {
        count += stays(e) ? 1 : 0;
      }
      rowStart.set(j + 1L, count);
    }
    Ints column = new Ints(count);
    Ints edge = new Ints(count);
    int next = 0;
    for (int output : outputs) {
      int end = topology.rowStart().get(output + 1L);
      for (int e = topology.rowStart().get(output); e < end; e++) {
        if (stays(e)) {
          column.set(next, inputNumber[topology.column().get(e)]);
          edge.set(next++, e);
        }
      }
    }
    SparseLayer rest =
        new SparseLayer(
            layer.index(),
            new Topology(inputs, outputs.length, rowStart, column),
            chosen(layer.weight(), edge),
            chosen(bias, outputs),
            layer.neurons().stream().map(this::chosen).toList(),
            layer.activation(),
            layer.dropout(),
            layer.initializer());
    List<String> slots = layer.slots();
    Floats[] weightState = new Floats[slots.size()];
    for (int s = 0; s < weightState.length; s++) {
      weightState[s] = chosen(layer.weightState()[s], edge);
    }
    rest.restore(slots, weightState, chosen(layer.biasState()), count);
    return rest;
  }

  private NeuronNumbers chosen(NeuronNumbers numbers) {
    Floats[] parameters = new Floats[numbers.parameters()];
    Floats[][] state = new Floats[parameters.length][];
    for (int p = 0; p < parameters.length; p++) {
      parameters[p] = chosen(numbers.parameter(p), outputs);
      state[p] = chosen(numbers.state(p));
    }
    Floats[] memory = new Floats[numbers.layer().memory().size()];
    for (int m = 0; m < memory.length; m++) {
      memory[m] = chosen(numbers.memory(m), outputs);
    }
    NeuronNumbers rest = new NeuronNumbers(numbers.layer(), outputs.length, parameters, memory);
    rest.restore(state);
    return rest;
  }

  private Floats[] chosen(Floats[] blocks) {
    Floats[] rest = new Floats[blocks.length];
    for (int s = 0; s < rest.length; s++) {
      rest[s] = chosen(blocks[s], outputs);
    }
    return rest;
  }

  private static Floats chosen(Floats values, int[] places) {
    Floats rest = new Floats(places.length);
    for (int i = 0; i < places.length; i++) {
      rest.set(i, values.get(places[i]));
    }
    return rest;
  }

  private static Floats chosen(Floats values, Ints places) {
    Floats rest = new Floats(places.length());
    for (long i = 0; i < places.length(); i++) {
      rest.set(i, values.get(places.get(i)));
    }
    return rest;
  }
}
