package dev.rewire.saliency;

import dev.rewire.layer.Initializer;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;

/**
 * A complete layer at the start of its life, whose weights are never stored: each is a function of
 * seed, layer and cell, computed again whenever it is needed. Their distribution is that of an
 * initialiser for a dense layer, where the fan-in is all inputs.
 */
public final class ImplicitLayer {
  /** The step of SplitMix64: a weight is made of the number at the place of its cell. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final double UNIT = 0x1p-52;

  /** The normal number of the largest probability below 1 that there is. */
  private static final double FARTHEST = NormalQuantile.at(1 - UNIT / 2);

  private static final int ROWS = 64;

  private final int inputs;
  private final int outputs;
  private final long key;
  private final boolean normal;
  private final double scale;
  private final boolean biased;

  private ImplicitLayer(
      int inputs, int outputs, long key, boolean normal, double scale, boolean biased) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.key = key;
    this.normal = normal;
    this.scale = scale;
    this.biased = biased;
  }

  /**
   * Describes a layer.
   *
   * @param inputs neurons on the input side, 1 or more
   * @param outputs neurons on the output side, 1 or more
   * @param initializer the distribution; where it goes by the fan-in, that is {@code inputs}
   * @param streams random numbers of the run
   * @param layer its number
   * @return the layer
   */
  public static ImplicitLayer of(
      int inputs, int outputs, Initializer initializer, RandomStreams streams, int layer) {
    // no part of a drawn layer has this number
    long key = streams.key(Purpose.WEIGHTS, layer, -1);
    return switch (initializer) {
      case Initializer.SparseHe(double gain) ->
          new ImplicitLayer(inputs, outputs, key, true, Math.sqrt(gain / inputs), false);
      case Initializer.Normal(double deviation) ->
          new ImplicitLayer(inputs, outputs, key, true, deviation, false);
      case Initializer.HeUniform() ->
          new ImplicitLayer(inputs, outputs, key, false, Math.sqrt(6.0 / inputs), false);
      case Initializer.GlorotUniform() ->
          new ImplicitLayer(
              inputs, outputs, key, false, Math.sqrt(6.0 / ((double) inputs + outputs)), false);
      case Initializer.Synapses() ->
          new ImplicitLayer(inputs, outputs, key, true, Math.sqrt(2.0 / inputs), true);
      case Initializer.TorchLinear() ->
          new ImplicitLayer(inputs, outputs, key, false, 1 / Math.sqrt(inputs), true);
    };
  }

  /** The same numbers, all larger by a factor. */
  ImplicitLayer times(double factor) {
    return new ImplicitLayer(inputs, outputs, key, normal, scale * factor, biased);
  }

  /**
   * Returns the neurons on the input side.
   *
   * @return 1 or more
   */
  public int inputs() {
    return inputs;
  }

  /**
   * Returns the neurons on the output side.
   *
   * @return 1 or more
   */
  public int outputs() {
    return outputs;
  }

  /**
   * Returns the number of weights.
   *
   * @return inputs times outputs
   */
  public long cells() {
    return (long) inputs * outputs;
  }

  /**
   * Computes a weight.
   *
   * @param cell {@code output * inputs + input}
   * @return its initial value
   */
  public float weight(long cell) {
    double u = ((RandomStreams.mix(key + STEP * cell) >>> 12) + 0.5) * UNIT;
    return (float) (scale * (normal ? NormalQuantile.at(u) : 2 * u - 1));
  }

  /** No weight is larger by absolute value. */
  float largest() {
    return Math.nextUp((float) (scale * (normal ? FARTHEST : 1)));
  }

  /**
   * Computes a bias.
   *
   * @param output the neuron
   * @return its initial value: 0, unless the initialiser draws biases as it draws weights
   */
  public float bias(int output) {
    return biased ? weight(cells() + output) : 0f;
  }

  /** The weights of some connections, in their order. */
  Floats weights(Topology topology, WorkerTeam team) {
    Floats weights = new Floats(topology.connections());
    team.run(
        Math.ceilDiv(outputs, ROWS),
        (part, worker) -> {
          for (int j = part * ROWS; j < Math.min(outputs, (part + 1) * ROWS); j++) {
            int end = topology.rowStart().get(j + 1L);
            for (int e = topology.rowStart().get(j); e < end; e++) {
              weights.set(e, weight((long) j * inputs + topology.column().get(e)));
            }
          }
        });
    return weights;
  }

  /** All biases. */
  Floats biases() {
    Floats biases = new Floats(outputs);
    for (int j = 0; j < outputs; j++) {
      biases.set(j, bias(j));
    }
    return biases;
  }
}
