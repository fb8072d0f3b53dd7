package dev.rewire.testing;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Sgd;
import dev.rewire.topology.Topology;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Small layers for tests. */
public final class Layers {
  private Layers() {}

  /**
   * Makes one neuron with a connection for each weight.
   *
   * @param weights one an input
   * @return a complete layer
   */
  public static SparseLayer neuron(float... weights) {
    return of(Topology.complete(weights.length, 1), weights);
  }

  /**
   * Makes a layer without activation and dropout, and with room for a velocity.
   *
   * @param topology who is connected to whom
   * @param weights one a connection
   * @return the layer
   */
  public static SparseLayer of(Topology topology, float... weights) {
    SparseLayer layer =
        new SparseLayer(
            0,
            topology,
            Floats.of(weights),
            new Floats(topology.outputs()),
            new Activation.Identity(),
            Dropout.NONE,
            new Initializer.Normal(0.1));
    layer.prepare(Sgd.rate(0.1).momentum(0.9));
    return layer;
  }

  /**
   * Makes a layer whose weights and velocities are all different, in random order, of both signs.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @param density 0 to 1
   * @param seed of all of it
   * @return the layer
   */
  public static SparseLayer random(int inputs, int outputs, double density, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Topology topology =
        Topology.ofCells(
            inputs,
            outputs,
            LongStream.range(0, (long) inputs * outputs)
                .filter(cell -> random.nextDouble() < density)
                .toArray());
    float[] weights = new float[topology.connections()];
    for (int e = 0; e < weights.length; e++) {
      weights[e] = (float) random.nextGaussian();
    }
    SparseLayer layer = of(topology, weights);
    for (int e = 0; e < weights.length; e++) {
      layer.weightState()[0].set(e, e + 1f);
    }
    return layer;
  }

  /**
   * Lists the connections.
   *
   * @param layer a layer
   * @return the weight of each connected cell
   */
  public static TreeMap<Long, Float> weights(SparseLayer layer) {
    return byCell(layer.topology(), layer.weight());
  }

  /**
   * Lists what the optimizer remembers.
   *
   * @param layer a layer with one slot
   * @return the state of each connected cell
   */
  public static TreeMap<Long, Float> states(SparseLayer layer) {
    return byCell(layer.topology(), layer.weightState()[0]);
  }

  private static TreeMap<Long, Float> byCell(Topology topology, Floats values) {
    TreeMap<Long, Float> byCell = new TreeMap<>();
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        byCell.put((long) j * topology.inputs() + topology.column().get(e), values.get(e));
      }
    }
    return byCell;
  }
}
