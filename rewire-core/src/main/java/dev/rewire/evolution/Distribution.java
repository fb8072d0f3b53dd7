package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import java.util.ArrayList;
import java.util.List;

/**
 * How the layers of a network share what goes and what comes. It is asked once an evolution, before
 * the first layer changes; then each layer evolves by its share. Counts are kept exactly with rules
 * of removal that drop {@code floor(fraction * connections)}, as long as there is room: a layer
 * that is nearly full, in which nothing may return, has none.
 */
public interface Distribution {
  /**
   * Decides for all layers that evolve now.
   *
   * @param layers one share a layer, as schedule and target say for each of them alone
   * @param mayReturn whether connections may grow where others were just dropped
   * @param team threads to work on
   * @return one share a layer, in the same order
   */
  List<LayerShare> share(List<LayerShare> layers, boolean mayReturn, WorkerTeam team);

  private static List<Floats> weights(List<LayerShare> layers) {
    return layers.stream().map(share -> share.layer().weight()).toList();
  }

  /** Each layer for itself. */
  record PerLayer() implements Distribution {
    @Override
    public List<LayerShare> share(List<LayerShare> layers, boolean mayReturn, WorkerTeam team) {
      return layers;
    }
  }

  /**
   * One bound for the weights of all layers, as in GraNet (Liu et al. 2021): where the network is
   * to have fewer connections than now, the smallest of them all by absolute weight go, from
   * whatever layer. Of what is left, each layer drops its share and grows as many.
   */
  record GlobalMagnitude() implements Distribution {
    @Override
    public List<LayerShare> share(List<LayerShare> layers, boolean mayReturn, WorkerTeam team) {
      long less = 0;
      for (LayerShare share : layers) {
        less += share.before() - (long) share.connections();
      }
      if (less <= 0) {
        return layers;
      }
      int[] pruned = SmallestWeights.counts(weights(layers), less, team);
      List<LayerShare> shares = new ArrayList<>();
      for (int l = 0; l < pruned.length; l++) {
        LayerShare share = layers.get(l);
        int left = share.before() - pruned[l];
        int renewed = (int) (share.fraction() * left);
        shares.add(LayerShare.counted(share.layer(), pruned[l] + (long) renewed, left));
      }
      return shares;
    }
  }

  /**
   * The reallocation of DSR (Mostafa and Wang 2019): the smallest weights of all layers go, and as
   * many connections as the network is to have come back, to each layer in proportion to what
   * survives in it. The paper finds the bound by doubling and halving it until about the right
   * number goes; here exactly that number goes, so nothing has to be remembered.
   */
  record Surviving() implements Distribution {
    @Override
    public List<LayerShare> share(List<LayerShare> layers, boolean mayReturn, WorkerTeam team) {
      long dropped = 0;
      long before = 0;
      long after = 0;
      for (LayerShare share : layers) {
        dropped += share.dropped();
        before += share.before();
        after += share.connections();
      }
      int[] lost = SmallestWeights.counts(weights(layers), Math.max(dropped, before - after), team);
      double[] weights = new double[lost.length];
      for (int l = 0; l < lost.length; l++) {
        weights[l] = layers.get(l).before() - lost[l];
      }
      return Apportionment.grow(layers, lost, weights, 1, mayReturn);
    }
  }

  /**
   * The redistribution of sparse momentum (Dettmers and Zettlemoyer 2019): each layer drops its
   * share, layers denser than 80 % at most as much as they have free, and what has gone from the
   * network comes back in proportion to the mean absolute momentum of each layer's connections, up
   * to 99 % of its cells. Momentum is the first thing that the optimizer remembers; where it
   * remembers nothing, the weights stand in for it.
   */
  record MeanMomentum() implements Distribution {
    private static final double CAPACITY = 0.99;
    private static final double NEARLY_DENSE = 0.8;

    @Override
    public List<LayerShare> share(List<LayerShare> layers, boolean mayReturn, WorkerTeam team) {
      int[] lost = new int[layers.size()];
      double[] weights = new double[lost.length];
      long before = 0;
      long after = 0;
      long dropped = 0;
      for (int l = 0; l < lost.length; l++) {
        LayerShare share = layers.get(l);
        double density = share.layer().topology().density();
        double fraction =
            density > NEARLY_DENSE ? Math.min(1 - density, share.fraction()) : share.fraction();
        lost[l] = (int) (fraction * share.before());
        Floats[] state = share.layer().weightState();
        weights[l] = meanMagnitude(state.length > 0 ? state[0] : share.layer().weight());
        before += share.before();
        after += share.connections();
        dropped += lost[l];
      }
      if (before - dropped > after) {
        // The target takes more than the schedule drops: each layer for itself.
        return layers;
      }
      return Apportionment.grow(layers, lost, weights, CAPACITY, mayReturn);
    }

    private static double meanMagnitude(Floats values) {
      double sum = 0;
      for (long e = 0; e < values.length(); e++) {
        sum += Math.abs(values.get(e));
      }
      return values.length() == 0 ? 0 : sum / values.length();
    }
  }
}
