package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * How a network rewires itself while it learns. Four decisions are objects of their own: what to
 * drop, what to grow, when and how much, and how dense the layer is afterwards. The rest are the
 * details in which published implementations differ.
 *
 * @param drop which connections go
 * @param grow where new ones come
 * @param when when, and which fraction goes
 * @param target how many connections there are afterwards
 * @param mayReturn whether a connection may grow where one was just dropped
 * @param newbornWeight the first weight of a new connection
 * @param newbornState what the optimizer remembers about a new connection
 * @param last what happens at the end of training
 * @param timing where removal and growth lie around the test
 * @param evolveOutput whether the output layer takes part
 * @param maxDensity layers denser than this are left alone, 0 to 1
 */
public record Evolution(
    DropRule drop,
    GrowRule grow,
    UpdateSchedule when,
    ConnectionTarget target,
    boolean mayReturn,
    NewbornWeight newbornWeight,
    NewbornState newbornState,
    LastUpdate last,
    Timing timing,
    boolean evolveOutput,
    double maxDensity) {
  /** The fraction of connections that SET replaces in every published experiment. */
  public static final double DEFAULT_ZETA = 0.3;

  private static final long[] NONE = {};

  /** Checks the density. */
  public Evolution {
    if (!(maxDensity >= 0 && maxDensity <= 1)) {
      throw new IllegalArgumentException("max density must be between 0 and 1: " + maxDensity);
    }
  }

  /**
   * Sparse Evolutionary Training (Mocanu et al. 2018) with defaults of our own where the paper
   * leaves a choice: newborn weights are zero, so that rewiring never changes what the network
   * computes, and there is no evolution after the last epoch, so that the network that is kept is
   * the one that was trained. The output layer and layers denser than 80 % are left alone.
   *
   * @param zeta fraction of positive and of negative weights to replace after each epoch, 0 to 1
   * @return the rule
   */
  public static Evolution set(double zeta) {
    return new Evolution(
        new SignedMagnitudeDrop(true),
        new RandomGrow(),
        new UpdateSchedule.EveryEpoch(zeta),
        new ConnectionTarget.Initial(),
        true,
        new NewbornWeight.Zero(),
        NewbornState.ZERO,
        LastUpdate.SKIP,
        Timing.AFTER_TEST,
        false,
        0.8);
  }

  /**
   * Says whether a layer takes part.
   *
   * @param layer the layer
   * @param output whether it is the output layer
   * @return false for layers that are left alone
   */
  public boolean includes(SparseLayer layer, boolean output) {
    return (evolveOutput || !output) && layer.topology().density() <= maxDensity;
  }

  /**
   * Removes and grows connections of one layer at once.
   *
   * @param layer changed in place
   * @param fraction how much to drop, as {@link UpdateSchedule} said
   * @param epoch number of the epoch, from 0
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @return what happened
   */
  public TopologyUpdate evolve(
      SparseLayer layer, double fraction, int epoch, long update, RandomStreams streams) {
    BitSet dropped = drop.choose(layer, fraction);
    int survivors = layer.topology().connections() - dropped.cardinality();
    int missing = target.connections(layer, epoch) - survivors;
    long[] forbidden = mayReturn ? NONE : layer.topology().cells(dropped);
    long[] grown = choose(layer, dropped, forbidden, missing, update, streams);
    return apply(layer, dropped, grown, epoch, update, streams);
  }

  /**
   * Only removes connections of one layer.
   *
   * @param layer changed in place
   * @param fraction how much to drop
   * @param epoch number of the epoch, from 0
   * @return what happened, and what {@link #regrow} needs to know
   */
  public Removal remove(SparseLayer layer, double fraction, int epoch) {
    BitSet dropped = drop.choose(layer, fraction);
    int wanted = target.connections(layer, epoch);
    TopologyUpdate update = apply(layer, dropped, NONE, epoch, 0, new RandomStreams(0));
    return new Removal(update, wanted);
  }

  /**
   * Grows connections of one layer after {@link #remove}.
   *
   * @param layer changed in place
   * @param removal what was removed from it
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @return what happened
   */
  public TopologyUpdate regrow(
      SparseLayer layer, Removal removal, long update, RandomStreams streams) {
    int missing = removal.wanted() - layer.topology().connections();
    long[] forbidden = mayReturn ? NONE : removal.update().dropped();
    BitSet none = new BitSet();
    long[] grown = choose(layer, none, forbidden, missing, update, streams);
    return apply(layer, none, grown, removal.update().epoch(), update, streams);
  }

  /**
   * A layer that has lost connections and not yet got new ones.
   *
   * @param update what was removed
   * @param wanted connections after growth
   */
  public record Removal(TopologyUpdate update, int wanted) {}

  private long[] choose(
      SparseLayer layer,
      BitSet dropped,
      long[] forbidden,
      int missing,
      long update,
      RandomStreams streams) {
    RandomGenerator random = streams.stream(Purpose.GROWTH, layer.index(), update);
    var situation = new GrowRule.Situation(layer, dropped, forbidden, random);
    int count = (int) Math.clamp((long) missing, 0, Math.max(0, situation.free()));
    return grow.choose(situation, count);
  }

  private TopologyUpdate apply(
      SparseLayer layer,
      BitSet dropped,
      long[] grown,
      int epoch,
      long update,
      RandomStreams streams) {
    long[] removed =
        new Rewiring(layer, dropped, grown)
            .apply(
                newbornWeight,
                newbornState,
                streams.stream(Purpose.NEWBORN, layer.index(), update));
    return new TopologyUpdate(layer.index(), epoch, removed, grown, layer.topology().connections());
  }
}
