package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import java.util.ArrayList;
import java.util.List;

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
 * @param distribution how layers share what goes and what comes
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
    double maxDensity,
    Distribution distribution) {
  /** The fraction of connections that SET replaces in every published experiment. */
  public static final double DEFAULT_ZETA = 0.3;

  /** Checks what does not fit together. */
  public Evolution {
    if (!(maxDensity >= 0 && maxDensity <= 1)) {
      throw new IllegalArgumentException("max density must be between 0 and 1: " + maxDensity);
    }
    if (newbornState == NewbornState.INHERITED
        && newbornWeight instanceof NewbornWeight.KeepIfSameCell) {
      throw new IllegalArgumentException(
          "a newcomer cannot keep the weight of its cell and inherit the state of another one");
    }
  }

  /**
   * An evolution in which each layer decides for itself.
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
  public Evolution(
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
    this(
        drop,
        grow,
        when,
        target,
        mayReturn,
        newbornWeight,
        newbornState,
        last,
        timing,
        evolveOutput,
        maxDensity,
        new Distribution.PerLayer());
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
   * Says how many of the last training batches its rules have to see again.
   *
   * @return 0 if none of them asks for gradients
   */
  public int batches() {
    return Math.max(drop.batches(), grow.batches());
  }

  /**
   * Says whether a layer evolves now.
   *
   * @param layer one that takes part
   * @param moment after a step
   * @param streams random numbers of the run
   * @return true if something goes: by the schedule, or because the target lies below what there is
   *     at a time at which the schedule lets layers evolve
   */
  public boolean isDue(SparseLayer layer, Moment moment, RandomStreams streams) {
    return when.fraction(moment, layer.index(), streams) > 0
        || (target.dropsMore()
            && when.isDue(moment, layer.index(), streams)
            && target.connections(layer, moment) < layer.topology().connections());
  }

  /**
   * Decides what happens to each layer.
   *
   * @param layers those that evolve now
   * @param moment when this is
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @return one share a layer, in the same order
   */
  public List<LayerShare> shares(
      List<SparseLayer> layers,
      Moment moment,
      RandomStreams streams,
      EvolutionWorkspace workspace) {
    List<LayerShare> alone = new ArrayList<>();
    for (SparseLayer layer : layers) {
      double fraction = when.fraction(moment, layer.index(), streams);
      alone.add(new LayerShare(layer, fraction, target.connections(layer, moment)));
    }
    return distribution.share(alone, mayReturn, workspace.team());
  }

  /**
   * Removes and grows connections of one layer at once, whatever the other layers do.
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
    LayerShare share = new LayerShare(layer, fraction, target.connections(layer, moment));
    return evolve(share, moment, update, streams, workspace);
  }

  /**
   * Removes and grows connections of one layer at once.
   *
   * @param share the layer, changed in place, and what happens to it
   * @param moment when this is
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @return what happened; its lists are the workspace's
   */
  public TopologyUpdate evolve(
      LayerShare share,
      Moment moment,
      long update,
      RandomStreams streams,
      EvolutionWorkspace workspace) {
    SparseLayer layer = share.layer();
    int wanted = share.connections();
    double dropped = enough(layer, wanted, share.fraction());
    int survivors = workspace.choose(drop, layer, dropped, moment, update, streams);
    long missing = (long) wanted - survivors;
    workspace.grow(grow, layer, missing, mayReturn, null, update, streams);
    TopologyUpdate done = workspace.apply(layer, this, moment.epoch(), update, streams);
    drop.settle(layer, workspace.team());
    return done;
  }

  /**
   * Only removes connections of one layer, whatever the other layers do.
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
    LayerShare share = new LayerShare(layer, fraction, target.connections(layer, moment));
    return remove(share, moment, update, streams, workspace, removal);
  }

  /**
   * Only removes connections of one layer.
   *
   * @param share the layer, changed in place, and what happens to it
   * @param moment when this is
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @param removal becomes what {@link #regrow} needs to know
   * @return what happened; its lists are the workspace's
   */
  public TopologyUpdate remove(
      LayerShare share,
      Moment moment,
      long update,
      RandomStreams streams,
      EvolutionWorkspace workspace,
      Removal removal) {
    SparseLayer layer = share.layer();
    int wanted = share.connections();
    removal.begin(moment.epoch(), wanted);
    workspace.choose(drop, layer, enough(layer, wanted, share.fraction()), moment, update, streams);
    workspace.spare(layer);
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
   * @return true if the number of epochs decides when, which, or how many
   */
  public boolean followsRunLength() {
    return when.followsRunLength() || target.followsRunLength() || drop.followsRunLength();
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
    TopologyUpdate done = workspace.apply(layer, this, removal.epoch(), update, streams);
    drop.settle(layer, workspace.team());
    return done;
  }

  /**
   * Adds one connection to a layer.
   *
   * @param layer changed in place
   * @param cell where there is none
   * @param epoch number of the epoch, from 0
   * @param update number of the evolution in this run, from 0: names the random numbers
   * @param streams random numbers of the run
   * @param workspace threads and memory
   * @return what happened; its lists are the workspace's
   */
  public TopologyUpdate connect(
      SparseLayer layer,
      long cell,
      int epoch,
      long update,
      RandomStreams streams,
      EvolutionWorkspace workspace) {
    workspace.chooseNothing(layer);
    workspace.grow(
        (situation, count) -> situation.grown().add(cell), layer, 1, true, null, update, streams);
    return workspace.apply(layer, this, epoch, update, streams);
  }
}
