package dev.rewire.determinism;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains small networks for three epochs with an evolution after each, with 1, 2, 3 and 7 threads,
 * and prints the kernels' name and one line of hashes for each number of threads. Between them the
 * networks have neurons without connections, dropout, every kind of kernel, tiles of 2 to 64
 * samples and batches that do not fill their tiles.
 */
public final class TrainAndHash {
  static final int[] THREADS = {1, 2, 3, 7};

  private TrainAndHash() {}

  /** See the class. */
  public static void main(String[] args) {
    System.out.println(KernelProvider.get().name());
    for (int threads : THREADS) {
      System.out.println(hashes(threads));
    }
  }

  /** Returns the hashes of six networks. */
  static String hashes(int threads) {
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withEpochs(3)
            .withSeed(7)
            .withThreads(threads)
            .withEvolution(evolution());
    return String.join(
        " ",
        hash(
            network(new Activation.Relu(), Dropout.of(0.3)),
            plan.withBatch(50).withOptimizer(Sgd.rate(0.1).momentum(0.9))),
        hash(
            network(new Activation.Tanh(), Dropout.NONE),
            plan.withBatch(128)
                .withOptimizer(
                    Sgd.rate(0.05)
                        .momentum(0.8)
                        .nesterov()
                        .weightDecay(WeightDecay.coupled(1e-3))
                        .l1(1e-4))),
        hash(
            network(new Activation.Sigmoid(), new Dropout(0.2, Dropout.Style.TUTORIAL_2019)),
            plan.withBatch(99)
                .withOptimizer(
                    Sgd.rate(0.5)
                        .weightDecay(new WeightDecay(WeightDecay.Kind.DECOUPLED, 1e-3, true)))),
        hash(
            network(new Activation.Relu(), Dropout.of(0.2)),
            plan.withEpochs(2).withBatch(2).withOptimizer(Sgd.rate(0.02).momentum(0.9))),
        hash(
            network(new Activation.Sigmoid(), Dropout.NONE),
            plan.withEpochs(2).withBatch(5).withOptimizer(Sgd.rate(0.1).momentum(0.9))),
        hash(
            network(new Activation.Relu(), Dropout.NONE),
            plan.withBatch(20).withOptimizer(Sgd.rate(0.1).momentum(0.9))));
  }

  /** SET, after the last epoch too. */
  private static Evolution evolution() {
    Evolution set = Evolution.set(0.3);
    return new Evolution(
        set.drop(),
        set.grow(),
        set.when(),
        set.target(),
        set.mayReturn(),
        set.newbornWeight(),
        set.newbornState(),
        LastUpdate.FULL,
        set.timing(),
        set.evolveOutput(),
        set.maxDensity());
  }

  static Network network(Activation activation, Dropout dropout) {
    return new NetworkBuilder(20, InMemoryDataset.numbered(4))
        .hidden(40, 30)
        .epsilon(2)
        .activation(activation)
        .dropout(dropout)
        .seed(8)
        .build();
  }

  private static String hash(Network network, TrainingPlan plan) {
    List<EpochReport> reports = new Trainer(plan).train(network, data(300, 1), data(77, 2));
    // The loss too: it sees the way of every sample through the network.
    return Fingerprint.of(network).substring(0, 16)
        + "/"
        + Long.toHexString(Double.doubleToRawLongBits(reports.getLast().test().loss()));
  }

  /** Four overlapping clouds in 20 dimensions. */
  static InMemoryDataset data(int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] features = new float[samples][20];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % 4;
      for (int f = 0; f < 20; f++) {
        float centre = f % 4 == labels[i] ? 1 : 0;
        features[i][f] = centre + random.nextInt(-1000, 1001) / 700f;
      }
    }
    return InMemoryDataset.of("clouds", features, labels);
  }
}
