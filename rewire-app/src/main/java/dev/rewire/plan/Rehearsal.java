package dev.rewire.plan;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.OptimizerSettings;
import dev.rewire.optimizer.ScheduledOptimizer;
import dev.rewire.schedule.Schedule;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.EpochReport;
import dev.rewire.train.MemoryEstimate;
import dev.rewire.train.Recipe;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Trains for a moment to find out how long training takes: the same batch, threads, fan-in and
 * rules, random samples, and all widths scaled down alike when the whole network would take too
 * long to draw. Time is then scaled up by connections.
 *
 * <p>It is done up to three times: with a handful of neurons until the compiler is done, because
 * the interpreter is a thousand times slower; with some more to see what can be afforded; and as
 * wide as that, because wider activations lie in slower memory.
 *
 * <p>Where activations are larger than a cache, a narrower network would be several times faster
 * for each connection. There widths stay as they are as far as can be afforded, and connections get
 * fewer instead. Two such networks, one with a third of the connections of the other, tell what a
 * connection takes and what the neurons take without it.
 */
public final class Rehearsal {
  /** Neurons of a layer in the network that warms up, and its density if layers are sparse. */
  private static final int NARROW = 100;

  private static final double SPARSE = 0.05;
  private static final double NEARLY_DENSE = 0.25;
  private static final long SOME = 200_000;

  /** What the last and largest measurement may cost. */
  private static final double SECONDS = 1.2;

  private static final int STEPS = 4;

  /** Samples that are drawn; the others repeat them. */
  private static final int DISTINCT = 64;

  /** The second measurement is not worth it if it could not be this much larger. */
  private static final double WORTH_IT = 1.2;

  /** Bytes of the widest activations from which a narrower network says nothing about this one. */
  private static final long SLOW_MEMORY = 1 << 20;

  /** Connections a neuron that a network as wide as this one should have to be measured. */
  private static final int LEAST_FAN_IN = 3;

  /** Connections of the second of two networks. */
  private static final double THIRD = 1.0 / 3;

  private final Proposal proposal;
  private final long connections;

  private Rehearsal(Proposal proposal) {
    this.proposal = proposal;
    connections = proposal.memory().connections();
  }

  /**
   * Measures, for two seconds on a machine at rest and up to ten on one that is busy.
   *
   * @param proposal a run that fits into memory
   * @return the estimate
   */
  public static Forecast of(Proposal proposal) {
    return new Rehearsal(proposal).forecast();
  }

  private Forecast forecast() {
    // one thread: the compiler needs the others
    Recipe tiny = tiny();
    new Take(
        tiny.withPlan(tiny.plan().withThreads(1)),
        Math.min(NARROW, proposal.inputs()),
        new Patience(0.5, 0.3, 12, 6));
    double scale = Math.min(1, (double) SOME / Math.max(1, connections));
    Take take = take(scale, new Patience(0.5, 0.2, 3, 2.5));
    double affordable = Math.min(1, scale * SECONDS / take.secondsOfTheShortest());
    if (affordable < 1 && widest() >= SLOW_MEMORY) {
      return thinned(affordable * connections);
    }
    if (affordable > WORTH_IT * scale) {
      take = take(affordable, new Patience(0, 0, 0, 0));
    }
    double more = (double) connections / take.network.connections();
    return new Forecast(
        more * proposal.steps() * take.least(EpochReport::trainingNanos) / STEPS,
        !proposal.recipe().plan().evolves() ? 0 : more * take.least(EpochReport::evolutionNanos),
        more
            * Math.ceilDiv(proposal.testSamples(), proposal.batch())
            * take.least(EpochReport::testNanos)
            / STEPS,
        take.network.neurons(),
        take.network.connections(),
        connections,
        false,
        STEPS * take.epochs.size());
  }

  /** Bytes of the largest activations between two layers. */
  private long widest() {
    int widest = 1;
    for (int width : proposal.recipe().hidden()) {
      widest = Math.max(widest, width);
    }
    return Float.BYTES * Activations.length(widest, Math.min(proposal.batch(), Activations.WIDEST));
  }

  /**
   * Measures two wide networks of fewer connections. The line through both gives the seconds of all
   * connections.
   *
   * @param affordable connections
   */
  private Forecast thinned(double affordable) {
    double wide = Math.min(1, affordable / ((double) LEAST_FAN_IN * proposal.memory().neurons()));
    double share = Math.min(1, affordable / (wide * connections));
    Take more = take(wide, share, new Patience(0, 0, 0, 0));
    Take fewer = take(wide, THIRD * share, new Patience(0, 0, 0, 0));
    return new Forecast(
        proposal.steps() * line(more, fewer, wide, EpochReport::trainingNanos) / STEPS,
        !proposal.recipe().plan().evolves()
            ? 0
            : line(more, fewer, wide, EpochReport::evolutionNanos),
        Math.ceilDiv(proposal.testSamples(), proposal.batch())
            * line(more, fewer, wide, EpochReport::testNanos)
            / STEPS,
        more.network.neurons(),
        more.network.connections(),
        connections,
        true,
        STEPS * (more.epochs.size() + fewer.epochs.size()));
  }

  /** Seconds of all connections at the whole width. */
  private double line(Take more, Take fewer, double wide, ToDoubleFunction<EpochReport> nanos) {
    double seconds = more.least(nanos);
    long measured = more.network.connections();
    double slope = (seconds - fewer.least(nanos)) / (measured - fewer.network.connections());
    // Times of a machine that does other things, too, may say anything.
    slope = Math.clamp(slope, 0, seconds / measured);
    return (seconds - slope * measured) / wide + slope * connections;
  }

  private Take take(double scale, Patience patience) {
    return take(scale, 1, patience);
  }

  private Take take(double scale, double share, Patience patience) {
    int inputs = Math.max(1, (int) Math.round(scale * proposal.inputs()));
    return new Take(scaled(scale, share), inputs, patience);
  }

  /**
   * When a measurement may end.
   *
   * @param atLeast seconds
   * @param steady seconds without an epoch that was clearly faster than all before
   * @param epochs such epochs in a row
   * @param atMost seconds
   */
  private record Patience(double atLeast, double steady, int epochs, double atMost) {}

  /** One measurement: short epochs until times are steady, and two at the least. */
  private final class Take implements TrainingListener {
    private static final int FEWEST = 2;
    private static final double CLEARLY = 0.9;

    private final long begin = System.nanoTime();
    private final Patience patience;
    private final double drawing;
    private final Network network;
    private final List<EpochReport> epochs = new ArrayList<>();
    private long best = Long.MAX_VALUE;
    private double improved;
    private int since;
    private boolean done;

    Take(Recipe recipe, int inputs, Patience patience) {
      this.patience = patience;
      InMemoryDataset data = samples(inputs);
      network = recipe.network(data).build();
      drawing = elapsed();
      new Trainer(recipe.plan()).listen(this).train(network, data, data);
    }

    private double elapsed() {
      return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public void onEpoch(Network network, EpochReport report) {
      epochs.add(report);
      double now = elapsed() - drawing;
      if (report.trainingNanos() < CLEARLY * best) {
        best = report.trainingNanos();
        improved = now;
        since = 0;
      }
      since++;
      done =
          epochs.size() >= FEWEST
              && (now > patience.atMost
                  || (now > patience.atLeast
                      && since > patience.epochs
                      && now - improved > patience.steady));
    }

    @Override
    public boolean stop() {
      return done;
    }

    /** Seconds of the epoch that was disturbed least: by the compiler, or by other programs. */
    double least(ToDoubleFunction<EpochReport> nanos) {
      return epochs.stream().mapToDouble(nanos).min().orElse(0) / 1e9;
    }

    /** What a take of this size costs at the least. */
    double secondsOfTheShortest() {
      double epoch =
          least(EpochReport::trainingNanos)
              + least(EpochReport::evolutionNanos)
              + least(EpochReport::testNanos);
      return drawing + FEWEST * epoch;
    }
  }

  private TrainingPlan plan() {
    TrainingPlan plan =
        proposal.recipe().plan().withBatch(proposal.batch()).withEpochs(Integer.MAX_VALUE);
    return plan.optimizer() instanceof ScheduledOptimizer<?> optimizer
        ? plan.withOptimizer(still(optimizer.settings()))
        : plan;
  }

  /** So small that even the interpreter is soon done, but sparse where the network is sparse. */
  private Recipe tiny() {
    Recipe recipe = proposal.recipe();
    double cells = 0;
    for (MemoryEstimate.Layer layer : proposal.memory().layers()) {
      cells += layer.shape().cells();
    }
    double density = connections / cells;
    return recipe
        .withPlan(plan())
        .withDensity(new DensityAllocation.Uniform(density < NEARLY_DENSE ? SPARSE : density))
        .withHidden(recipe.hidden().stream().map(n -> Math.min(NARROW, n)).toList());
  }

  /**
   * Other widths, and a share of the fan-in: ε keeps it by itself, a density has to grow as widths
   * shrink.
   */
  private Recipe scaled(double scale, double share) {
    Recipe recipe = proposal.recipe();
    double factor = share / scale;
    DensityAllocation density =
        switch (recipe.density()) {
          case DensityAllocation.Epsilon(double epsilon) ->
              new DensityAllocation.Epsilon(share * epsilon);
          case DensityAllocation.Uniform(double all) ->
              new DensityAllocation.Uniform(Math.min(1, factor * all));
          case DensityAllocation.ErdosRenyiKernel(double all) ->
              new DensityAllocation.ErdosRenyiKernel(Math.min(1, factor * all));
        };
    return recipe
        .withPlan(plan())
        .withDensity(density)
        .withHidden(
            recipe.hidden().stream().map(n -> Math.max(1, (int) Math.round(scale * n))).toList());
  }

  /** Random samples teach nothing: a step that hardly moves cannot make the loss infinite. */
  private static Optimizer still(OptimizerSettings settings) {
    return settings.with(settings.common().withRate(Schedule.constant(1e-9))).optimizer();
  }

  private InMemoryDataset samples(int width) {
    int count = STEPS * proposal.batch();
    int distinct = Math.min(count, DISTINCT);
    SplittableRandom random = new SplittableRandom(1);
    Floats features = new Floats((long) count * width);
    float[] row = new float[width];
    int[] labels = new int[count];
    for (int s = 0; s < count; s++) {
      for (int f = 0; s < distinct && f < width; f++) {
        row[f] = (float) random.nextDouble();
      }
      if (s < distinct) {
        features.copy(row, 0, (long) s * width, width);
      } else {
        features.copy(features, (long) (s % distinct) * width, (long) s * width, width);
      }
      labels[s] = s % proposal.classes();
    }
    return new InMemoryDataset(
        "random samples",
        features,
        width,
        labels,
        InMemoryDataset.numbered(proposal.classes()),
        null);
  }
}
