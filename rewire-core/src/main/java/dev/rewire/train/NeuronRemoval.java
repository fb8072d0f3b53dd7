package dev.rewire.train;

import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.pruning.Compaction;
import dev.rewire.pruning.NeuronPruning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Importance pruning in the course of a training (Curci et al. 2021): the least important hidden
 * neurons of each layer lose all their inputs and are really taken out, again and again, so that
 * training goes on with a smaller network. See {@link NeuronPruning} for the importance and {@link
 * Compaction} for what becomes of the rest.
 *
 * <p>Neurons go between two epochs, after the growth of the one before: they never go after the
 * last epoch, and a training that is made longer later comes to the same bits. Connections that
 * went with them do not grow elsewhere: what a layer had at the start counts as smaller by the same
 * share.
 *
 * @param percentile neurons at or below this percentile of their layer go, 0 to below 1; 0 for
 *     never. The published codes have 0.2 and 0.1
 * @param after epochs after which neurons go for the first time, 1 or more
 * @param every epochs from one time to the next, 1 or more. The published codes have 10 and 20
 */
public record NeuronRemoval(double percentile, int after, int every) {
  /** No neuron goes; the other numbers are those of the published sequential code. */
  public static final NeuronRemoval NEVER = new NeuronRemoval(0, 210, 10);

  /** Checks the numbers. */
  public NeuronRemoval {
    if (!(percentile >= 0 && percentile < 1)) {
      throw new IllegalArgumentException(
          "the share of neurons to prune must be 0 or more and below 1: " + percentile);
    }
    if (after < 1 || every < 1) {
      throw new IllegalArgumentException(
          "neurons go after 1 epoch or more, and every 1 epoch or more: %d, %d"
              .formatted(after, every));
    }
  }

  /**
   * Says whether neurons go when so many epochs are done.
   *
   * @param epochs epochs that are done, 0 or more
   * @return false also if none ever go
   */
  public boolean isDue(int epochs) {
    return percentile > 0 && epochs >= after && (epochs - after) % every == 0;
  }

  /**
   * Takes neurons out of a network.
   *
   * @param epochs epochs that are done
   * @return what went, or null if nothing did; then the network is as it was
   */
  @Nullable NeuronUpdate apply(Network network, int epochs) {
    Network pruned = new NeuronPruning(percentile).prune(network).network();
    Compaction.Result rest = Compaction.of(pruned);
    if (rest.network().neurons() == network.neurons()) {
      return null;
    }
    List<SparseLayer> before = network.layers();
    for (SparseLayer layer : rest.network().layers()) {
      SparseLayer was = before.get(layer.index());
      double share =
          (double) layer.topology().connections() / Math.max(1, was.topology().connections());
      long initial =
          Math.min(Math.round(share * was.initialConnections()), layer.topology().cells());
      layer.restore(layer.slots(), layer.weightState(), layer.biasState(), (int) initial);
    }
    network.narrow(rest.network().layers());
    return new NeuronUpdate(epochs, before, rest.stays());
  }
}
