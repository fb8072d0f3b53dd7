package dev.rewire.train;

import dev.rewire.layer.SparseLayer;
import dev.rewire.topology.Topology;
import java.util.List;

/**
 * Neurons that were taken out of a network in the course of its training.
 *
 * @param epochs epochs that were done
 * @param before the layers as they were, with all their neurons
 * @param stays for each layer the numbers of its outputs that stay, ascending, as they were before;
 *     they are numbered anew from 0 on
 */
public record NeuronUpdate(int epochs, List<SparseLayer> before, List<int[]> stays) {
  /** Copies the lists. */
  public NeuronUpdate {
    before = List.copyOf(before);
    stays = List.copyOf(stays);
  }

  /**
   * Counts the neurons that went.
   *
   * @return the sum over all layers
   */
  public long removed() {
    long removed = 0;
    for (SparseLayer layer : before) {
      removed += layer.outputs() - stays.get(layer.index()).length;
    }
    return removed;
  }

  /**
   * Counts the hidden neurons that there were.
   *
   * @return the sum over all layers but the last
   */
  public long hidden() {
    return before.subList(0, before.size() - 1).stream().mapToLong(SparseLayer::outputs).sum();
  }

  /** Hears of the connections that went. */
  public interface Lost {
    /**
     * Called for each of them, in the order of the topology.
     *
     * @param output as numbered before
     * @param input as numbered before
     */
    void connection(int output, int input);
  }

  /**
   * Goes through the connections of a layer that went with their neurons.
   *
   * @param layer its number
   * @param lost hears of each
   */
  public void lost(int layer, Lost lost) {
    Topology topology = before.get(layer).topology();
    boolean[] outputs = marks(topology.outputs(), stays.get(layer));
    boolean[] inputs = layer == 0 ? null : marks(topology.inputs(), stays.get(layer - 1));
    for (int j = 0; j < topology.outputs(); j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        int i = topology.column().get(e);
        if (!outputs[j] || (inputs != null && !inputs[i])) {
          lost.connection(j, i);
        }
      }
    }
  }

  private static boolean[] marks(int neurons, int[] chosen) {
    boolean[] marks = new boolean[neurons];
    for (int neuron : chosen) {
      marks[neuron] = true;
    }
    return marks;
  }
}
