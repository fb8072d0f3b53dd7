package dev.rewire.layer;

import dev.rewire.memory.Activations;

/** What training spends memory on. */
public enum MemoryMode {
  /**
   * A transposed index, 8 bytes a connection, where it makes the gradient of the inputs faster: in
   * all layers but the first and nearly dense ones, from batches of more than {@link #SMALL_BATCH}
   * samples on.
   */
  STANDARD,

  /**
   * No transposed index anywhere, and slower: with momentum 12 bytes a connection, and 12 a neuron
   * beside them.
   */
  LEAN;

  /** Up to this many samples a batch the way back is as fast without a transposed index. */
  public static final int SMALL_BATCH = 8;

  /**
   * Says whether a layer has a transposed index while it trains.
   *
   * @param layer number of the layer, 0 for the first one, whose inputs need no gradient
   * @param batch samples of a batch, 1 or more
   * @param density share of its cells that are connected, 0 to 1
   * @return true if it has one
   */
  public boolean indexed(int layer, int batch, double density) {
    return this == STANDARD
        && layer > 0
        && batch > SMALL_BATCH
        && !DenseProduct.suits(density, Activations.width(batch));
  }
}
