package dev.rewire.export;

import dev.rewire.layer.SparseLayer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A graph as text: all neurons, then the connections of a sample, in the words of one format. */
abstract class GraphText {
  /**
   * A neuron.
   *
   * @param id its number in the graph
   * @param layer 0 for the inputs of the network, one more than the number of its layer for others
   * @param number among the neurons of its layer, from 0
   * @param bias its bias, or null where there is none to write
   * @param label layer and number, or the class that it stands for
   * @param named whether it stands for a class
   */
  record Neuron(
      long id, int layer, int number, @Nullable Float bias, String label, boolean named) {}

  /**
   * A connection.
   *
   * @param id its number in the graph, those that are left out included
   * @param layer number of the layer that it belongs to
   * @param source number of the neuron that it leaves
   * @param target number of the neuron that it reaches
   * @param weight its weight
   */
  record Connection(long id, int layer, long source, long target, float weight) {}

  final boolean weights;

  GraphText(boolean weights) {
    this.weights = weights;
  }

  abstract void begin(Wiring wiring, EdgeSample sample) throws IOException;

  /** Writes a neuron, in a picture that is one wide and one high. */
  abstract void neuron(Neuron neuron, double x, double y) throws IOException;

  abstract void beginConnections() throws IOException;

  abstract void connection(Connection connection) throws IOException;

  abstract void end() throws IOException;

  final void write(Wiring wiring, EdgeSample sample) throws IOException {
    begin(wiring, sample);
    int firstLayer = wiring.layers().getFirst().index();
    for (int rank = 0; rank < wiring.ranks(); rank++) {
      neurons(wiring, rank, firstLayer + rank);
    }
    beginConnections();
    long[] next = new long[1];
    wiring.forEach((layer, source, target, weight) -> {
      long id = next[0]++;
      if (sample.next()) {
        connection(new Connection(id, layer, source, target, weight));
      }
    });
    end();
  }

  private void neurons(Wiring wiring, int rank, int layer) throws IOException {
    long first = wiring.firstNeuron(rank);
    int count = wiring.neurons(rank);
    SparseLayer reached = rank == 0 ? null : wiring.layers().get(rank - 1);
    boolean named = rank == wiring.ranks() - 1 && !wiring.classNames().isEmpty();
    for (int n = 0; n < count; n++) {
      Float bias = reached == null || !weights ? null : (Float) reached.bias().get(n);
      String label = named ? wiring.classNames().get(n) : layer + "." + n;
      neuron(
          new Neuron(first + n, layer, n, bias, label, named),
          (double) rank / (wiring.ranks() - 1),
          (n + 0.5) / count);
    }
  }
}
