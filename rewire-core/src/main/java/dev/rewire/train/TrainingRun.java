package dev.rewire.train;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import dev.rewire.evolution.Evolution;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Cost;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private final Compute compute;
  private NetworkPass pass;
  private @Nullable NetworkEvolution evolution;
  private final int[] order;

  // Sums over the epoch so far.
  private double loss;
  private int correct;
  private int seen;
  private long stepping;
  private long evolving;

  private long flops;
  private long bytes;

  /** When the stretch of time under way began. */
  private long lap;

  /** The epoch under way, or the next one. */
  private int epoch;

  private Plateau.State plateau = Plateau.State.START;

  /** Whether the evolution after the epoch before was that of the end of training. */
  private boolean ended;

  private final Here here = new Here();
  private final Hindsight again = new Again();

  /** The epoch whose samples are in {@link #order}, or -1. */
  private int arranged = -1;

  private Dataset samplesNow;

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
    this.compute = compute;
    pass = newPass();
    order = new int[training.size()];
    samplesNow = training;
    evolution = newEvolution();
  }

  private NetworkPass newPass() {
    return new NetworkPass(
        network,
        compute,
        Math.min(plan.batch(), training.size()),
        true,
        plan.memory(),
        plan.limits(),
        plan.labelSmoothing());
  }

  private @Nullable NetworkEvolution newEvolution() {
    List<@Nullable Evolution> rules = plan.evolutions(network.layers().size());
    return rules.stream().allMatch(Objects::isNull)
        ? null
        : new NetworkEvolution(
            rules, network, compute.team(), streams, plan.epochs(), listeners, again);
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
    restoreCost(state.samples());
    ended = state.ended();
    plateau = state.plateau();
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
    if (seen == 0) {
      if (evolution != null) {
        evolution.growPending();
      }
      removeNeurons();
    }
    evolving += lap();
    boolean whole = steps();
    stepping += lap();
    long connections = network.connections();
    boolean last = epoch == plan.epochs() - 1;
    NetworkEvolution evolves = whole ? evolution : null;
    if (evolves != null) {
      evolves.beforeTest(epoch, last);
      evolving += lap();
    }
    Evaluation evaluation = pass.evaluate(test);
    if (!Double.isFinite(evaluation.loss())) {
      throw diverged();
    }
    if (whole) {
      Plateau rule = plan.plateau();
      plateau = rule == null ? plateau : rule.after(plateau, evaluation.loss());
      for (TrainingListener listener : listeners) {
        listener.onTest(network, epoch + 1, evaluation);
      }
    }
    long testing = lap();
    if (evolves != null) {
      evolves.afterTest(epoch, last);
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
            testing,
            flops,
            bytes);
    if (whole) {
      epoch++;
      seen = 0;
      loss = 0;
      correct = 0;
      stepping = 0;
      evolving = 0;
      flops = 0;
      bytes = 0;
      ended = last;
    }
    for (TrainingListener listener : listeners) {
      listener.onEpoch(network, report);
    }
    return report;
  }

  /** What works on the layers begins anew with the narrower ones. */
  private void removeNeurons() {
    if (!plan.neuronRemoval().isDue(epoch)) {
      return;
    }
    NeuronUpdate update = plan.neuronRemoval().apply(network, epoch);
    if (update == null) {
      return;
    }
    pass = newPass();
    NetworkEvolution wider = evolution;
    if (wider != null) {
      NetworkEvolution narrower = Objects.requireNonNull(newEvolution());
      narrower.follow(wider);
      wider.close();
      evolution = narrower;
    }
    for (TrainingListener listener : listeners) {
      listener.onNeuronUpdate(network, update);
    }
  }

  /** Goes on in the epoch; returns whether it came to its end. */
  private boolean steps() {
    arrange(epoch);
    Optimizer optimizer = optimizer();
    while (seen < order.length) {
      int samples = Math.min(pass.batch(), order.length - seen);
      optimizer = plan.optimizer().changesEveryStep() ? optimizer() : optimizer;
      double batchLoss = pass.train(samplesNow, order, seen, samples, optimizer, streams);
      if (!Double.isFinite(batchLoss)) {
        throw diverged();
      }
      count(samples);
      loss += batchLoss;
      correct += pass.correct();
      seen += samples;
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).onStep(epoch + 1, seen, order.length, loss / seen);
      }
      if (seen < order.length) {
        if (evolution != null && evolution.withinEpochs()) {
          stepping += lap();
          evolution.afterStep(epoch, time());
          evolving += lap();
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

  private void count(int samples) {
    flops += samples * Cost.training(network);
    bytes += Cost.bytes(network, samples, plan.optimizer().slots().size());
  }

  /** As if all layers had had the connections of now since the epoch began. */
  private void restoreCost(int samples) {
    flops = 0;
    bytes = 0;
    for (int done = 0; done < samples; done += pass.batch()) {
      count(Math.min(pass.batch(), samples - done));
    }
  }

  /** Brings the samples into the order of an epoch. */
  private void arrange(int epoch) {
    if (arranged != epoch) {
      shuffle(streams.stream(Purpose.SHUFFLE, 0, epoch));
      samplesNow = training.inEpoch(streams, epoch);
      arranged = epoch;
    }
  }

  /** The last batches of the epoch under way, or of the one before if it has not begun. */
  private final class Again implements Hindsight {
    @Override
    public boolean look(int back, boolean gradients) {
      int seenThen = seen > 0 ? seen : order.length;
      int from = (seenThen - 1) / pass.batch() * pass.batch() - back * pass.batch();
      if (from < 0 || network.steps() <= back) {
        return false;
      }
      arrange(seen > 0 ? epoch : epoch - 1);
      int samples = Math.min(pass.batch(), seenThen - from);
      pass.look(samplesNow, order, from, samples, network.steps() - 1 - back, streams, gradients);
      flops +=
          samples * (gradients ? Cost.training(network) : Cost.prediction(network.connections()));
      return true;
    }

    @Override
    public Signals signals(int layer) {
      return pass.signals(layer);
    }
  }

  /** Epochs that are done, the part of this one included. */
  private double time() {
    return epoch + (double) seen / order.length;
  }

  /** As it is for the steps to come. */
  private Optimizer optimizer() {
    Moment moment = new Moment(network.steps(), epoch, time(), plan.epochs(), false);
    return plan.optimizer()
        .drawing(streams)
        .scaled(plan.plateau() == null ? 1 : plateau.scale())
        .at(moment, network.layers().size());
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
          evolution == null ? List.of() : evolution.pending(),
          plateau);
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
