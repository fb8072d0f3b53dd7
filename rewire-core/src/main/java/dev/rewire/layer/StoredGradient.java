package dev.rewire.layer;

import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.parallel.RangeTask;

/**
 * The gradient of a layer, kept until the norm of the whole network's gradient is known. Its
 * squares are added in blocks that depend on the layer alone, and the blocks in their order: the
 * same bits on any number of threads.
 */
final class StoredGradient {
  private static final int BLOCK = 1 << 14;

  private final SparseLayer layer;
  private final Compute compute;
  private final Floats bias;
  private final RangeTask task = this::block;
  private Floats weight;
  private double[] sums = {};
  private int weightBlocks;

  StoredGradient(SparseLayer layer, Compute compute) {
    this.layer = layer;
    this.compute = compute;
    weight = new Floats(layer.weight().length());
    bias = new Floats(layer.bias().length());
  }

  /** Makes room for all connections that the layer has now. */
  void prepare() {
    long connections = layer.weight().length();
    if (weight.length() < connections) {
      // A sixteenth more: a layer that grows once often grows again.
      weight = new Floats(connections + connections / 16);
    }
    weightBlocks = blocks(connections);
    int all = weightBlocks + blocks(bias.length());
    if (sums.length < all) {
      sums = new double[all];
    }
  }

  private static int blocks(long length) {
    return (int) Math.ceilDiv(length, (long) BLOCK);
  }

  private Floats of(Role role) {
    return role == Role.WEIGHT ? weight : bias;
  }

  /** Keeps the gradient of some parameters; the first number is at index 0. */
  void put(Role role, Floats gradient, long from, long to) {
    of(role).copy(gradient, 0, from, to - from);
  }

  /** Returns the gradient of some parameters, the first one at index 0. */
  void get(Role role, long from, long to, float scale, Floats gradient) {
    compute.kernels().scaled(of(role), from, to, scale, gradient);
  }

  /** Returns the sum of all squares. */
  double squares() {
    int all = weightBlocks + blocks(bias.length());
    compute.team().run(all, task);
    double sum = 0;
    for (int block = 0; block < all; block++) {
      sum += sums[block];
    }
    return sum;
  }

  private void block(int block, int worker) {
    boolean weights = block < weightBlocks;
    long from = (long) (weights ? block : block - weightBlocks) * BLOCK;
    long length = weights ? layer.weight().length() : bias.length();
    sums[block] =
        compute
            .kernels()
            .descent()
            .squares(of(weights ? Role.WEIGHT : Role.BIAS), from, Math.min(from + BLOCK, length));
  }
}
