package dev.rewire.plan;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.optimizer.Sgd;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Recipe;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Trains for a moment to find out how long training takes: the same batch, threads, fan-in and
 * rules, random samples, and all widths scaled down alike when the whole network would take too
 * long to draw. Time is then scaled up by connections.
 *
 * <p>It is done twice when the network is large: first with few neurons, which warms up the
 * compiler and tells what can be afforded, then as wide as that, because wider activations lie in
 * slower memory.
 */
public final class Rehearsal {
  /** Enough for the compiler to be done with the kernels. */
  private static final double WARM_UP_SECONDS = 0.9;

  private static final double SECONDS = 1.1;
  private static final long FEW_CONNECTIONS = 300_000;
  private static final int STEPS = 4;

  /** Samples that are drawn; the others repeat them. */
  private static final int DISTINCT = 64;

  /** The second measurement is not worth it if it could not be this much larger. */
  private static final double WORTH_IT = 1.2;

  private final Proposal proposal;
  private final long connections;

  private Rehearsal(Proposal proposal) {
    this.proposal = proposal;
    connections = proposal.memory().connections();
  }

  /**
   * Measures, for about two seconds.
   *
   * @param proposal a run that fits into memory
   * @return the estimate
   */
  public static Forecast of(Proposal proposal) {
    return new Rehearsal(proposal).forecast();
  }

  private Forecast forecast() {
    double scale = Math.min(1, (double) FEW_CONNECTIONS / Math.max(1, connections));
    Take take = new Take(scale, WARM_UP_SECONDS + (scale == 1 ? SECONDS / 2 : 0));
    double affordable = Math.min(1, scale * SECONDS / take.secondsOfTheShortest());
    if (affordable > WORTH_IT * scale) {
      take = new Take(affordable, 0);
    }
    double more = (double) connections / take.network.connections();
    return new Forecast(
        more * proposal.steps() * take.median(EpochReport::trainingNanos) / STEPS,
        more * take.median(EpochReport::evolutionNanos),
        more
            * Math.ceilDiv(proposal.testSamples(), proposal.batch())
            * take.median(EpochReport::testNanos)
            / STEPS,
        take.network.neurons(),
        take.network.connections(),
        connections,
        STEPS * take.epochs.size());
  }

  /** One measurement: short epochs until the time is up, and two at the least. */
  private final class Take implements TrainingListener {
    private static final int FEWEST = 2;

    private final long begin = System.nanoTime();
    private final double seconds;
    private final double drawing;
    private final Network network;
    private final List<EpochReport> epochs = new ArrayList<>();
    private boolean done;

    Take(double scale, double seconds) {
      this.seconds = seconds;
      Recipe recipe = scaled(scale);
      InMemoryDataset data = samples(Math.max(1, (int) Math.round(scale * proposal.inputs())));
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
      done = epochs.size() >= FEWEST && elapsed() > seconds;
    }

    @Override
    public boolean stop() {
      return done;
    }

    /** Seconds; of the later half, when everything is compiled. */
    double median(ToDoubleFunction<EpochReport> nanos) {
      double[] sorted =
          epochs.subList(epochs.size() / 2, epochs.size()).stream().mapToDouble(nanos).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2] / 1e9;
    }

    /** What a take of this size costs at the least. */
    double secondsOfTheShortest() {
      double epoch =
          median(EpochReport::trainingNanos)
              + median(EpochReport::evolutionNanos)
              + median(EpochReport::testNanos);
      return drawing + FEWEST * epoch;
    }
  }

  /** Fan-in stays as it is: ε does so by itself, a density has to grow as widths shrink. */
  private Recipe scaled(double scale) {
    Recipe recipe = proposal.recipe();
    TrainingPlan plan = recipe.plan().withBatch(proposal.batch()).withEpochs(Integer.MAX_VALUE);
    if (plan.optimizer() instanceof Sgd sgd) {
      plan = plan.withOptimizer(new Sgd(still(sgd.settings())));
    }
    DensityAllocation density =
        switch (recipe.density()) {
          case DensityAllocation.Epsilon epsilon -> epsilon;
          case DensityAllocation.Uniform(double share) ->
              new DensityAllocation.Uniform(Math.min(1, share / scale));
          case DensityAllocation.ErdosRenyiKernel(double share) ->
              new DensityAllocation.ErdosRenyiKernel(Math.min(1, share / scale));
        };
    return recipe
        .withPlan(plan)
        .withDensity(density)
        .withHidden(
            recipe.hidden().stream().map(n -> Math.max(1, (int) Math.round(scale * n))).toList());
  }

  /** Random samples teach nothing: a step that hardly moves cannot make the loss infinite. */
  private static Sgd.Settings still(Sgd.Settings settings) {
    return new Sgd.Settings(
        1e-9,
        settings.momentum(),
        settings.dampening(),
        settings.nesterov(),
        settings.decay(),
        settings.l1());
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
