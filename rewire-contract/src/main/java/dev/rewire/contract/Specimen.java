package dev.rewire.contract;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A layer to try something on, made anew each time because evolution changes it.
 *
 * @param name for messages
 * @param inputs neurons on the input side
 * @param outputs neurons on the output side
 * @param density 0 to 1
 * @param weights what kind
 */
record Specimen(String name, int inputs, int outputs, double density, Weights weights) {
  /** What weights are like. */
  enum Weights {
    /** All different, of both signs. */
    DISTINCT,
    /** Few values, zeros of both signs among them. */
    TIED,
    /** All the same. */
    EQUAL,
    /** The smallest and the largest that there are. */
    EXTREME
  }

  /** Large enough to be cut into parts, so that several threads have something to do. */
  static final List<Specimen> LARGE =
      List.of(
          new Specimen("large", 700, 300, 0.3, Weights.DISTINCT),
          new Specimen("large, tied", 700, 300, 0.3, Weights.TIED),
          new Specimen("large, equal", 300, 300, 0.6, Weights.EQUAL));

  static final List<Specimen> ALL =
      List.of(
          new Specimen("one connection", 1, 1, 1, Weights.DISTINCT),
          new Specimen("one neuron", 17, 1, 0.5, Weights.DISTINCT),
          new Specimen("one input", 1, 17, 0.5, Weights.DISTINCT),
          new Specimen("no connection", 3, 2, 0, Weights.DISTINCT),
          new Specimen("small", 30, 20, 0.2, Weights.DISTINCT),
          new Specimen("small, tied", 30, 20, 0.2, Weights.TIED),
          new Specimen("small, equal", 30, 20, 0.2, Weights.EQUAL),
          new Specimen("small, extreme", 30, 20, 0.2, Weights.EXTREME),
          new Specimen("full", 12, 10, 1, Weights.DISTINCT),
          LARGE.get(0),
          LARGE.get(1));

  /** One slot of state a connection, different everywhere. */
  SparseLayer layer() {
    return layer(Sgd.rate(0.1).momentum(0.9));
  }

  SparseLayer layer(Optimizer optimizer) {
    SplittableRandom random = new SplittableRandom(inputs * 31L + outputs);
    Topology topology =
        Topology.ofCells(
            inputs,
            outputs,
            LongStream.range(0, (long) inputs * outputs)
                .filter(cell -> random.nextDouble() < density)
                .toArray());
    Floats weight = new Floats(topology.connections());
    for (int e = 0; e < weight.length(); e++) {
      weight.set(e, weight(e, random));
    }
    Floats bias = new Floats(outputs);
    for (int j = 0; j < outputs; j++) {
      bias.set(j, (float) random.nextGaussian());
    }
    SparseLayer layer =
        new SparseLayer(
            1,
            topology,
            weight,
            bias,
            new Activation.Identity(),
            Dropout.NONE,
            new Initializer.Normal(0.1));
    layer.prepare(optimizer);
    for (int slot = 0; slot < layer.weightState().length; slot++) {
      for (int e = 0; e < weight.length(); e++) {
        layer.weightState()[slot].set(e, e + 1f + slot / 8f);
      }
    }
    return layer;
  }

  private float weight(int connection, SplittableRandom random) {
    return switch (weights) {
      case DISTINCT -> (float) random.nextGaussian();
      case TIED -> (random.nextInt(5) - 2) * (random.nextBoolean() ? 0.25f : -0.25f);
      case EQUAL -> 0.5f;
      case EXTREME -> {
        float[] extremes = {Float.MIN_VALUE, Float.MAX_VALUE, Float.MIN_NORMAL, 0f};
        yield extremes[connection % 4] * (random.nextBoolean() ? 1 : -1);
      }
    };
  }

  @Override
  public String toString() {
    return "%s (%d x %d)".formatted(name, inputs, outputs);
  }
}
