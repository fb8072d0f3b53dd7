package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;

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
   * @param moment when this is
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @return what happened; its lists are the workspace's
   */
  public TopologyUpdate evolve(
      SparseLayer layer,
      double fraction,
      Moment moment,
      long update,
      RandomStreams streams,
      EvolutionWorkspace workspace) {
    int wanted = target.connections(layer, moment);
    double dropped = enough(layer, wanted, fraction);
    int survivors = workspace.choose(drop, layer, dropped, update, streams);
    long missing = (long) wanted - survivors;
    workspace.grow(grow, layer, missing, mayReturn, null, update, streams);
    return workspace.apply(layer, this, moment.epoch(), update, streams);
  }

  /**
   * Only removes connections of one layer.
   *
   * @param layer changed in place
   * @param fraction how much to drop
   * @param moment when this is
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @param removal becomes what {@link #regrow} needs to know
   * @return what happened; its lists are the workspace's
   */
  public TopologyUpdate remove(
      SparseLayer layer,
      double fraction,
      Moment moment,
      long update,
      RandomStreams streams,
      EvolutionWorkspace workspace,
      Removal removal) {
    int wanted = target.connections(layer, moment);
    removal.begin(moment.epoch(), wanted);
    workspace.choose(drop, layer, enough(layer, wanted, fraction), update, streams);
    workspace.growNothing();
    TopologyUpdate done = workspace.apply(layer, this, moment.epoch(), update, streams);
    if (!mayReturn) {
      removal.forbidden().copy(done.dropped());
    }
    return done;
  }

  /** The fraction that the schedule asked for, or more where the target lies below what is left. */
  private double enough(SparseLayer layer, int wanted, double fraction) {
    int connections = layer.topology().connections();
    return target.dropsMore() && connections > wanted
        // Half a connection more, because rules round down.
        ? Math.clamp((connections - wanted + 0.5) / connections, fraction, 1.0)
        : fraction;
  }

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @return true if the number of epochs decides when, or how many
   */
  public boolean followsRunLength() {
    return when.followsRunLength() || target.followsRunLength();
  }

  /**
   * Grows connections of one layer after {@link #remove}.
   *
   * @param layer changed in place
   * @param removal what was removed from it
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @return what happened; its lists are the workspace's
   */
  public TopologyUpdate regrow(
      SparseLayer layer,
      Removal removal,
      long update,
      RandomStreams streams,
      EvolutionWorkspace workspace) {
    int survivors = workspace.chooseNothing(layer);
    long missing = (long) removal.wanted() - survivors;
    workspace.grow(grow, layer, missing, true, removal.forbidden(), update, streams);
    return workspace.apply(layer, this, removal.epoch(), update, streams);
  }
}
