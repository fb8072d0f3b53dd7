package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rewire.dataset.Augmentation;
import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Limits;
import dev.rewire.layer.MemoryMode;
import dev.rewire.memory.Floats;
import dev.rewire.neuron.NeuronLayers;
import dev.rewire.optimizer.Adagrad;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.optimizer.Lion;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.RmsProp;
import dev.rewire.optimizer.ScheduledOptimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.ChildJvm;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A training step allocates nothing once it is compiled. In a JVM of its own, where nothing else
 * allocates and no other test has taught the compiler other habits.
 */
class AllocationTest {
  /**
   * What a program allocates it allocates in every process. In one of some fifty, more where other
   * programs run beside it, C2 makes objects of vectors, it seems because it does not inline a
   * method that returns one; that is its chance, not a step's habit.
   */
  private static final int PROCESSES = 3;

  @ParameterizedTest
  @CsvSource({
    // choice of kernels, threads, dropout, batch, last batch of an epoch, kind of samples,
    // optimizer
    "rewire.kernels=vector, 1, 0, 128, 100, dense, sgd",
    "rewire.kernels=vector, 2, 0.3, 128, 90, dense, sgd",
    "rewire.kernels=vector, 1, 0.3, 50, 20, dense, sgd",
    "rewire.kernels=vector, 2, 0, 5, 3, dense, sgd",
    "rewire.kernels=vector, 1, 0.3, 2, 1, dense, sgd",
    "rewire.kernels=vector, 2, 0, 128, 100, sparse, sgd",
    "rewire.kernels=vector, 2, 0, 128, 100, moved, sgd",
    "rewire.vectorBits=256, 1, 0.3, 128, 100, dense, sgd",
    "rewire.vectorBits=128, 1, 0, 128, 100, dense, sgd",
    "rewire.kernels=scalar, 2, 0.3, 100, 60, dense, sgd",
    "rewire.kernels=vector, 2, 0, 128, 100, dense, adam",
    "rewire.kernels=vector, 1, 0, 128, 100, dense, adam-from-birth",
    "rewire.kernels=vector, 2, 0, 128, 100, dense, rmsprop",
    "rewire.kernels=vector, 1, 0, 128, 100, dense, adagrad",
    "rewire.vectorBits=256, 1, 0, 5, 3, dense, lion",
    "rewire.kernels=vector, 2, 0, 128, 100, dense, within-limits"
  })
  void aTrainingStep(
      String kernels,
      String threads,
      String dropout,
      String batch,
      String last,
      String kind,
      String optimizer) {
    check(kernels, threads, dropout, batch, last, kind, optimizer, "none", "relu");
  }

  @ParameterizedTest
  @CsvSource({
    "none, gelu",
    "batch-norm, elu",
    "layer-norm, silu",
    "srelu, softplus",
    "k-winners:0.2, hard-tanh"
  })
  void aTrainingStepWith(String neuronLayer, String activation) {
    check("rewire.kernels=vector", "2", "0", "128", "100", "dense", "sgd", neuronLayer, activation);
  }

  private static void check(
      String kernels,
      String threads,
      String dropout,
      String batch,
      String last,
      String kind,
      String optimizer,
      String neuronLayer,
      String activation) {
    List<String> options = List.of("--add-modules=jdk.incubator.vector", "-D" + kernels);
    long least = Long.MAX_VALUE;
    for (int process = 0; process < PROCESSES && least > 0; process++) {
      ChildJvm.Output output =
          ChildJvm.run(
              Steps.class,
              options,
              threads,
              dropout,
              batch,
              last,
              kind,
              optimizer,
              neuronLayer,
              activation);
      assertThat(output.lines()).as(output.errors()).hasSize(1);
      least = Math.min(least, Long.parseLong(output.lines().getFirst()));
    }
    assertThat(least).as("bytes an epoch").isZero();
  }

  /**
   * Trains until an epoch of 20 steps is free of allocations, and prints what the best one took.
   */
  public static final class Steps {
    private static Dataset moved() {
      var pictures =
          new InMemoryDataset(
              "pictures",
              new Floats(128 * 64),
              64,
              new int[128],
              List.of("0"),
              new ImageShape(8, 8, 1));
      return Augmentation.of("shift=2,rotate=10,flip")
          .of(pictures)
          .inEpoch(new RandomStreams(0), 0);
    }

    private static final int MOST_EPOCHS = 2_000;

    private Steps() {}

    /** See the class. */
    public static void main(String[] args) {
      int batch = Integer.parseInt(args[2]);
      int last = Integer.parseInt(args[3]);
      Dataset data =
          switch (args[4]) {
            case "sparse" -> sparse();
            case "moved" -> moved();
            default -> InMemoryDataset.of("zeros", new float[128][64], new int[128]);
          };
      Network network =
          new NetworkBuilder(64, data.classNames())
              .hidden(100, 80)
              .epsilon(5)
              .dropout(Dropout.of(Double.parseDouble(args[1])))
              .neuronLayers(args[6].equals("none") ? List.of() : List.of(NeuronLayers.of(args[6])))
              .activation(Activation.of(args[7]))
              .build();
      Optimizer optimizer = optimizer(args[5]).at(Moment.START, network.layers().size());
      network.layers().forEach(layer -> layer.prepare(optimizer));
      RandomStreams streams = new RandomStreams(0);
      int[] order = new int[128];
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      try (Compute compute = new Compute(Integer.parseInt(args[0]))) {
        boolean limited = args[5].equals("within-limits");
        Limits limits = limited ? new Limits(0.1, 0.5, 1) : Limits.NONE;
        NetworkPass pass =
            new NetworkPass(
                network, compute, batch, true, MemoryMode.STANDARD, limits, limited ? 0.1 : 0);
        for (int epoch = 0; epoch < MOST_EPOCHS && least > 0; epoch++) {
          long before = threads.getTotalThreadAllocatedBytes();
          for (int step = 0; step < 20; step++) {
            pass.train(data, order, 0, step == 19 ? last : batch, optimizer, streams);
          }
          least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
        }
      }
      System.out.println(least);
    }

    /** A penalty in each layer, as it is between two epochs. */
    private static Optimizer optimizer(String name) {
      Schedule rising = Schedule.of("1e-4..1e-3 linear");
      LayerStrengths first = LayerStrengths.of("0=1e-2");
      ScheduledOptimizer<?> plain =
          switch (name) {
            case "adam" -> Adam.rate(1e-3);
            case "adam-from-birth" -> Adam.rate(1e-3).amsgrad().correction(Adam.Correction.BIRTH);
            case "rmsprop" -> RmsProp.rate(1e-3).centered().momentum(0.5);
            case "adagrad" -> Adagrad.rate(1e-2);
            case "lion" -> Lion.rate(1e-4);
            default -> Sgd.rate(0.1).momentum(0.9);
          };
      return plain
          .weightDecay(new WeightDecay(WeightDecay.Kind.COUPLED, rising, true, first))
          .l1(L1.proximal(1e-5));
    }

    private static Dataset sparse() {
      var builder = new SparseInMemoryDataset.Builder("sparse", 64, InMemoryDataset.numbered(1));
      for (int i = 0; i < 128; i++) {
        builder.add(new int[] {i % 64, (i + 7) % 64}, new float[] {1, 2}, 0);
      }
      return builder.build();
    }
  }
}
