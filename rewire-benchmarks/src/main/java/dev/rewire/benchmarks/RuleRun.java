package dev.rewire.benchmarks;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.DeepR;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.TopKast;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** Trains one network by one rule in a JVM of its own. */
final class RuleRun {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  static final int SAMPLES = 60_000;

  private RuleRun() {}

  /**
   * Trains.
   *
   * @param args name of the rule, epochs, threads, samples of a batch
   */
  public static void main(String[] args) {
    PublishedRule rule =
        Arrays.stream(PublishedRule.values())
            .filter(published -> published.id().equals(args[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(args[0] + " is not a rule"));
    HashedDataset training = new HashedDataset(SAMPLES, FEATURES, CLASSES);
    Network network =
        new NetworkBuilder(FEATURES, InMemoryDataset.numbered(CLASSES))
            .hidden(1000, 1000, 1000)
            .density(new DensityAllocation.Epsilon(20))
            .build();
    List<EpochReport> reports = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(Network any, EpochReport report) {
            reports.add(report);
          }
        };
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withEpochs(Integer.parseInt(args[1]))
            .withThreads(Integer.parseInt(args[2]))
            .withBatch(Integer.parseInt(args[3]))
            .withOptimizer(optimizer(rule, Integer.parseInt(args[3])))
            .withEvolution(rule.evolution());
    new Trainer(plan)
        .listen(listener)
        .train(network, training, new HashedDataset(1, FEATURES, CLASSES));
    Child.report("training", seconds(reports, EpochReport::trainingNanos));
    Child.report("evolution", seconds(reports, EpochReport::evolutionNanos));
    Child.report("peak", ScaleRun.peak());
  }

  /** Some rules wait for what a step of their own makes. Small batches take small steps. */
  private static Optimizer optimizer(PublishedRule rule, int batch) {
    Sgd usual = Sgd.rate(Math.min(0.1, batch / 1280.0)).momentum(0.9);
    return switch (rule) {
      case DEEPR -> DeepR.rate(0.5);
      case TOP_KAST -> TopKast.rate(0.1);
      case PROXIMAL -> usual.l1(L1.proximal(1e-4));
      default -> usual;
    };
  }

  /**
   * Of an epoch, on average: not every epoch has an evolution. The first compiles, and no rule
   * evolves after the last.
   */
  private static double seconds(List<EpochReport> reports, ToLongFunction<EpochReport> part) {
    return reports.subList(1, reports.size() - 1).stream()
            .mapToLong(part)
            .average()
            .orElse(Double.NaN)
        * 1e-9;
  }
}
