package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.TopKast;
import dev.rewire.parallel.WorkerTeam;

/**
 * The two sets of connections of Top-KAST (Jayakumar et al. 2020). All that are stored learn; of
 * them those with the largest {@code |theta|} are active and make up the network that computes. The
 * {@code floor(fraction * connections)} smallest go, and where new ones come, they come with a
 * first weight.
 *
 * <p>The paper holds a dense theta, whose cells outside both sets keep their first value and may
 * come in by it. Here those cells are not held: new connections are drawn anywhere, with weights
 * drawn as at the start. With another optimizer than {@link TopKast} all connections are active.
 *
 * @param activeShare share of the stored connections that is active, above 0, up to 1
 */
public record TopKastDrop(double activeShare) implements DropRule {
  /** 80 % sparse forward and 50 % sparse backward, as in the paper. */
  public static final TopKastDrop DEFAULT = new TopKastDrop(0.4);

  /** Checks the share. */
  public TopKastDrop {
    if (!(activeShare > 0 && activeShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of active connections must be above 0 and at most 1: " + activeShare);
    }
  }

  @Override
  public void choose(DropSituation situation, double fraction) {
    SparseLayer layer = situation.layer();
    int slot = layer.slots().indexOf(TopKast.THETA);
    Floats strength = slot < 0 ? layer.weight() : layer.weightState()[slot];
    situation.markNearestToZero(strength, (int) (fraction * situation.connections()));
  }

  /** Chooses the active connections anew: of equal ones those with the highest cells. */
  @Override
  public void settle(SparseLayer layer, WorkerTeam team) {
    int slot = layer.slots().indexOf(TopKast.THETA);
    if (slot < 0) {
      return;
    }
    Floats theta = layer.weightState()[slot];
    Floats weight = layer.weight();
    int count = layer.topology().connections();
    for (int e = 0; e < count; e++) {
      if (theta.get(e) == 0) {
        theta.set(e, weight.get(e));
      }
    }
    int active = (int) Math.rint(activeShare * count);
    try (Bits rest = new Bits()) {
      SmallestWeights.mark(theta, count - active, rest, team);
      for (int e = 0; e < count; e++) {
        weight.set(e, rest.get(e) ? 0 : theta.get(e));
      }
    }
  }
}
