package dev.rewire.neuron;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A layer without connections: it turns the weighted sums of a sparse layer into something else
 * before the activation sees them. Immutable: the numbers that it learns or remembers about each
 * neuron lie in {@link NeuronNumbers}, and are saved with the network.
 *
 * <p>It is either {@link PerNeuron} or {@link PerSample}, because that decides which part of a
 * batch a thread may own. Something that needs both is two layers, one after the other.
 */
public sealed interface NeuronLayer {
  /** What a neuron gives depends on the same neuron only, in all samples of the batch. */
  non-sealed interface PerNeuron extends NeuronLayer {}

  /** What a sample gives depends on the same sample only, in all neurons of the layer. */
  non-sealed interface PerSample extends NeuronLayer {}

  /**
   * Returns the name used in settings and files.
   *
   * @return for example {@code batch-norm} or {@code k-winners:0.1}
   */
  String id();

  /**
   * Names the numbers of each neuron that training changes by their gradient.
   *
   * @return letters, digits and underscores, for example {@code scale}; empty if there are none
   */
  default List<String> parameters() {
    return List.of();
  }

  /**
   * Names the numbers of each neuron that training changes in another way, see {@link
   * NeuronWork#learn}.
   *
   * @return letters, digits and underscores, for example {@code mean}; empty if there are none
   */
  default List<String> memory() {
    return List.of();
  }

  /**
   * Returns the first value of one of these numbers.
   *
   * @param name one of {@link #parameters} or {@link #memory}
   * @param random where chance comes from, asked neuron after neuron
   * @return the value for one neuron
   */
  default float initial(String name, RandomGenerator random) {
    return 0f;
  }

  /**
   * Returns by how much the variance of weights may exceed that of a layer without it, so that
   * signals neither grow nor fade at the start (He et al. 2015).
   *
   * @return 1 or more
   */
  default double gain() {
    return 1;
  }

  /**
   * Says how much memory a training takes for it.
   *
   * @return numbers kept for each neuron and sample of a batch, 0 or more
   */
  int kept();

  /**
   * Begins to work on batches.
   *
   * @param numbers what it learns and remembers
   * @param batch samples at the most, 1 or more
   * @param training whether {@link NeuronWork#backward} and {@link NeuronWork#learn} will be called
   * @return with all memory that it needs
   */
  NeuronWork work(NeuronNumbers numbers, int batch, boolean training);
}
