package dev.rewire.train;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import dev.rewire.evolution.Evolution;
import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One training of one network: the loop that {@link Trainer} starts. */
final class TrainingRun {
  private final TrainingPlan plan;
  private final List<TrainingListener> listeners;
  private final Network network;
  private final Dataset training;
  private final Dataset test;
  private final RandomStreams streams;
  private final NetworkPass pass;
  private final @Nullable NetworkEvolution evolution;
  private final int[] order;

  // Sums over the epoch so far.
  private double loss;
  private int correct;
  private int seen;
  private long stepping;
  private long evolving;

  /** When the stretch of time under way began. */
  private long lap;

  /** The epoch under way, or the next one. */
  private int epoch;

  /** Whether the evolution after the epoch before was that of the end of training. */
  private boolean ended;

  private final Here here = new Here();

  TrainingRun(
      TrainingPlan plan,
      List<TrainingListener> listeners,
      Network network,
      Dataset training,
      Dataset test,
      Compute compute) {
    this.plan = plan;
    this.listeners = listeners;
    this.network = network;
    this.training = training;
    this.test = test;
    streams = new RandomStreams(plan.seed());
    network.layers().forEach(layer -> layer.prepare(plan.optimizer()));
    pass =
        new NetworkPass(
            network, compute, Math.min(plan.batch(), training.size()), true, plan.memory());
    order = new int[training.size()];
    Evolution rules = plan.evolution();
    evolution =
        rules == null
            ? null
            : new NetworkEvolution(
                rules, network, compute.team(), streams, plan.epochs(), listeners);
  }

  List<EpochReport> epochs(TrainingState state) {
    try {
      begin(state);
      return allEpochs();
    } finally {
      if (evolution != null) {
        evolution.close();
      }
    }
  }

  private void begin(TrainingState state) {
    epoch = state.epoch();
    seen = state.samples();
    loss = state.lossSum();
    correct = state.correct();
    stepping = state.trainingNanos();
    evolving = state.evolutionNanos();
    ended = state.ended();
    lap();
    if (evolution != null) {
      boolean longer = ended && epoch < plan.epochs();
      evolution.restore(state, longer);
      if (longer) {
        evolution.afterEpochThatWasLast(epoch - 1);
        ended = false;
      }
      evolving += lap();
    }
  }

  private List<EpochReport> allEpochs() {
    List<EpochReport> reports = new ArrayList<>();
    boolean stop = stopped();
    while (epoch < plan.epochs() && !stop) {
      reports.add(epoch());
      stop = seen > 0 || stopped();
      if (seen == 0) {
        tell(true, stop || epoch == plan.epochs());
      }
    }
    if (evolution != null && !stop) {
      evolution.growPending();
    }
    return reports;
  }

  private EpochReport epoch() {
    if (seen == 0 && evolution != null) {
      evolution.growPending();
    }
    evolving += lap();
    boolean whole = steps();
    stepping += lap();
    long connections = network.connections();
    boolean last = epoch == plan.epochs() - 1;
    NetworkEvolution evolves = whole ? evolution : null;
    if (evolves != null && evolves.aroundTest()) {
      evolves.afterEpoch(epoch, last);
      evolving += lap();
    }
    Evaluation evaluation = pass.evaluate(test);
    if (!Double.isFinite(evaluation.loss())) {
      throw diverged();
    }
    if (whole) {
      for (TrainingListener listener : listeners) {
        listener.onTest(network, epoch + 1, evaluation);
      }
    }
    long testing = lap();
    if (evolves != null && !evolves.aroundTest()) {
      evolves.afterEpoch(epoch, last);
      evolving += lap();
    }
    EpochReport report =
        new EpochReport(
            epoch + 1,
            loss / seen,
            network.head() == Head.REGRESSION ? Double.NaN : (double) correct / seen,
            evaluation,
            connections,
            evolution == null ? 0 : evolution.takeRewired(),
            stepping,
            evolving,
            testing);
    if (whole) {
      epoch++;
      seen = 0;
      loss = 0;
      correct = 0;
      stepping = 0;
      evolving = 0;
      ended = last;
    }
    for (TrainingListener listener : listeners) {
      listener.onEpoch(network, report);
    }
    return report;
  }

  /** Goes on in the epoch; returns whether it came to its end. */
  private boolean steps() {
    shuffle(streams.stream(Purpose.SHUFFLE, 0, epoch));
    Dataset samplesNow = training.inEpoch(streams, epoch);
    Optimizer optimizer = optimizer();
    while (seen < order.length) {
      int samples = Math.min(pass.batch(), order.length - seen);
      optimizer = plan.optimizer().changesEveryStep() ? optimizer() : optimizer;
      double batchLoss = pass.train(samplesNow, order, seen, samples, optimizer, streams);
      if (!Double.isFinite(batchLoss)) {
        throw diverged();
      }
      loss += batchLoss;
      correct += pass.correct();
      seen += samples;
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).onStep(epoch + 1, seen, order.length, loss / seen);
      }
      if (seen < order.length) {
        if (evolution != null) {
          evolution.afterStep(epoch, time());
        }
        boolean stop = stopped();
        tell(false, stop);
        if (stop) {
          return false;
        }
      }
    }
    return true;
  }

  /** Epochs that are done, the part of this one included. */
  private double time() {
    return epoch + (double) seen / order.length;
  }

  /** As it is for the steps to come. */
  private Optimizer optimizer() {
    Moment moment = new Moment(network.steps(), epoch, time(), plan.epochs(), false);
    return plan.optimizer().at(moment, network.layers().size());
  }

  private void tell(boolean epochEnd, boolean leaving) {
    here.epochEnd = epochEnd;
    here.leaving = leaving;
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onSafePoint(here);
    }
  }

  /** The one safe point of a run, used again after each step. */
  private final class Here implements SafePoint {
    private boolean epochEnd;
    private boolean leaving;

    @Override
    public Network network() {
      return network;
    }

    @Override
    public TrainingState state() {
      return new TrainingState(
          epoch,
          seen,
          loss,
          correct,
          evolution == null ? 0 : evolution.count(),
          evolution == null ? 0 : evolution.rewired(),
          ended,
          stepping + (epochEnd ? 0 : System.nanoTime() - lap),
          evolving,
          evolution == null ? List.of() : evolution.pending());
    }

    @Override
    public int epoch() {
      return epoch;
    }

    @Override
    public boolean epochEnd() {
      return epochEnd;
    }

    @Override
    public boolean leaving() {
      return leaving;
    }
  }

  /** Fisher and Yates, always from the natural order, so that an epoch can be repeated alone. */
  private void shuffle(RandomGenerator random) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private boolean stopped() {
    for (int i = 0; i < listeners.size(); i++) {
      if (listeners.get(i).stop()) {
        return true;
      }
    }
    return false;
  }

  private DivergedException diverged() {
    String where = "the outputs";
    for (SparseLayer layer : network.layers()) {
      if (!layer.weight().finite() || !layer.bias().finite()) {
        where = "the weights of layer " + layer.index();
        break;
      }
    }
    return new DivergedException(
        ("training diverged: the loss is no longer a finite number at step %d (epoch %d), and %s"
                + " hold NaN or infinity; try a lower learning rate")
            .formatted(network.steps(), epoch + 1, where));
  }

  /** Returns the time since the last call. */
  private long lap() {
    long before = lap;
    lap = System.nanoTime();
    return lap - before;
  }
}
