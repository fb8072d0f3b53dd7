package dev.rewire.evolution;

import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.topology.Topology;
import java.util.random.RandomGenerator;

/** The first weight of a connection that has just grown. */
public sealed interface NewbornWeight {
  /**
   * Draws a weight.
   *
   * @param layer the layer; its old connections are gone
   * @param grown its topology after growth
   * @param output the neuron that the connection leads to
   * @param random where chance comes from
   * @return the weight
   */
  float draw(SparseLayer layer, Topology grown, int output, RandomGenerator random);

  /**
   * Zero, unless it grew where one was dropped in the same evolution: then what that one had, as in
   * RigL. So a connection that is chosen again has not been away at all.
   */
  record KeepIfSameCell() implements NewbornWeight {
    @Override
    public float draw(SparseLayer layer, Topology grown, int output, RandomGenerator random) {
      return 0f;
    }
  }

  /** Zero: growth does not change what the network computes. */
  record Zero() implements NewbornWeight {
    @Override
    public float draw(SparseLayer layer, Topology grown, int output, RandomGenerator random) {
      return 0f;
    }
  }

  /** As at the start of training. */
  record AsInitial() implements NewbornWeight {
    @Override
    public float draw(SparseLayer layer, Topology grown, int output, RandomGenerator random) {
      return layer.initializer().weight(grown, output, random);
    }
  }

  /**
   * As large as nothing, but with a sign, as in DeepR.
   *
   * @param size absolute weight, above 0
   */
  record RandomSign(double size) implements NewbornWeight {
    /** As in the code of its authors. */
    public static final RandomSign DEFAULT = new RandomSign(1e-12);

    /** Checks the size. */
    public RandomSign {
      if (!(size >= Float.MIN_NORMAL && size <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "the size of a newborn weight must be above 0, at least %s: %s"
                .formatted(Float.MIN_NORMAL, size));
      }
    }

    @Override
    public float draw(SparseLayer layer, Topology grown, int output, RandomGenerator random) {
      return (float) (random.nextBoolean() ? size : -size);
    }
  }

  /**
   * From a distribution of its own.
   *
   * @param initializer for example {@code new Initializer.Normal(0.1)}
   */
  record Drawn(Initializer initializer) implements NewbornWeight {
    @Override
    public float draw(SparseLayer layer, Topology grown, int output, RandomGenerator random) {
      return initializer.weight(grown, output, random);
    }
  }
}
