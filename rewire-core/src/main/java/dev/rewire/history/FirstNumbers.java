package dev.rewire.history;

import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.train.NeuronUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers that neurons had before any of them was taken out of a network: what is written about
 * a run speaks of them, so that a number always means the same neuron.
 */
public final class FirstNumbers {
  private final int inputs;

  /** Of each layer the outputs that it had at first. */
  private final int[] first;

  /** Of each layer the first numbers of the outputs that are left, ascending. */
  private final List<int[]> left = new ArrayList<>();

  private boolean complete = true;

  /**
   * Begins with a network of which no neuron has gone.
   *
   * @param network as it is now
   */
  public FirstNumbers(Network network) {
    inputs = network.inputs();
    first = network.layers().stream().mapToInt(SparseLayer::outputs).toArray();
    for (int outputs : first) {
      int[] all = new int[outputs];
      Arrays.setAll(all, j -> j);
      left.add(all);
    }
  }

  /**
   * Begins with a network of which neurons have gone.
   *
   * @param network as it is now
   * @param removed for each layer the first numbers of its outputs that have gone, each of them
   *     once, in any order
   * @throws IllegalArgumentException if these cannot have gone from this network
   */
  public FirstNumbers(Network network, List<int[]> removed) {
    inputs = network.inputs();
    first = new int[network.layers().size()];
    for (SparseLayer layer : network.layers()) {
      int[] gone = removed.get(layer.index());
      int outputs = layer.outputs() + gone.length;
      first[layer.index()] = outputs;
      boolean[] there = new boolean[outputs];
      Arrays.fill(there, true);
      for (int neuron : gone) {
        if (neuron < 0 || neuron >= outputs || !there[neuron]) {
          throw new IllegalArgumentException(
              "neuron %d of layer %d cannot have gone: %d have, and %d are left"
                  .formatted(neuron, layer.index(), gone.length, layer.outputs()));
        }
        there[neuron] = false;
      }
      int[] numbers = new int[layer.outputs()];
      int next = 0;
      for (int j = 0; j < outputs; j++) {
        if (there[j]) {
          numbers[next++] = j;
        }
      }
      left.add(numbers);
      complete &= gone.length == 0;
    }
  }

  /**
   * Lets neurons go.
   *
   * @param update which; of the network as it was
   * @return for each layer the first numbers of those that have gone, ascending
   */
  public List<int[]> remove(NeuronUpdate update) {
    List<int[]> removed = new ArrayList<>();
    for (int l = 0; l < first.length; l++) {
      int[] before = left.get(l);
      int[] stays = update.stays().get(l);
      int[] gone = new int[before.length - stays.length];
      int[] rest = new int[stays.length];
      int next = 0;
      for (int j = 0; j < before.length; j++) {
        boolean staying = next < stays.length && stays[next] == j;
        if (staying) {
          rest[next++] = before[j];
        } else {
          gone[j - next] = before[j];
        }
      }
      left.set(l, rest);
      removed.add(gone);
      complete &= gone.length == 0;
    }
    return removed;
  }

  /**
   * Translates a cell.
   *
   * @param layer its number
   * @param cell {@code output * inputs + input}, as the layer is now
   * @return the same of the layer as it was at first
   */
  long cell(int layer, long cell) {
    if (complete) {
      return cell;
    }
    int now = layer == 0 ? inputs : left.get(layer - 1).length;
    int output = (int) (cell / now);
    return cell(layer, output, (int) (cell - (long) output * now));
  }

  /** The cell of a connection between two neurons that are numbered as they are now. */
  long cell(int layer, int output, int input) {
    long row = (long) left.get(layer)[output] * (layer == 0 ? inputs : first[layer - 1]);
    return row + (layer == 0 ? input : left.get(layer - 1)[input]);
  }
}
