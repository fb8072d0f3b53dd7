package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;

/** Numbers of some neurons in a batch, however they are kept, read a tile at a time. */
interface NeuronRows {
  /**
   * Turns some neurons around.
   *
   * @param kernels that do it
   * @param tile of the batch
   * @param first neuron
   * @param count how many, at most {@link DenseGradient#PANEL}
   * @param panel becomes one row a sample of the tile, {@link DenseGradient#PANEL} numbers long, 0
   *     where there is no neuron
   * @return whether any number is not 0
   */
  boolean turn(Kernels kernels, int tile, int first, int count, Floats panel);

  /**
   * Lists what is not 0 of one neuron.
   *
   * @param tile of the batch
   * @param unit the neuron
   * @param factor what numbers are multiplied with
   * @param value gets the products, and one number more
   * @param index gets the sample of each, counted from the beginning of the tile
   * @param at where the list begins
   * @return where it ends
   */
  int list(int tile, int unit, float factor, Floats value, Ints index, int at);
}
