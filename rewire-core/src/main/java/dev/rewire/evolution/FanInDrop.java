package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.topology.Topology;

/**
 * The removal of SRigL (Lasby et al. 2024), for layers whose neurons all have as many inputs: the
 * {@code floor(fraction * connections)} smallest weights of the layer, and besides neurons of which
 * too little would be left lose everything, for good. The paper counts the largest gradients of
 * absent connections as salient too; here the weights decide alone, so that all cells are looked at
 * once and not twice.
 *
 * @param leastShare a neuron stays if this share of a fair number of its connections survives, 0 to
 *     1; 0 keeps all neurons
 */
public record FanInDrop(double leastShare) implements DropRule {
  /** As in the paper for convolutional networks. */
  public static final FanInDrop DEFAULT = new FanInDrop(0.3);

  /** Checks the share. */
  public FanInDrop {
    if (!(leastShare >= 0 && leastShare <= 1)) {
      throw new IllegalArgumentException(
          "the least share of a neuron's connections must be between 0 and 1: " + leastShare);
    }
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    Topology topology = situation.layer().topology();
    int count = (int) (fraction * situation.connections());
    situation.markNearestToZero(situation.layer().weight(), count);
    int neurons = 0;
    for (int j = 0; j < topology.outputs(); j++) {
      neurons += topology.fanIn(j) > 0 ? 1 : 0;
    }
    if (leastShare == 0 || neurons == 0) {
      return;
    }
    Bits marks = situation.marks();
    double least = leastShare * (situation.connections() - count) / neurons;
    for (int j = 0; j < topology.outputs(); j++) {
      int from = topology.rowStart().get(j);
      int to = topology.rowStart().get(j + 1L);
      long left = to - from - marks.count(from, to);
      for (int e = from; left < least && e < to; e++) {
        marks.set(e);
      }
    }
  }
}
