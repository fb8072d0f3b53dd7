package dev.rewire.benchmarks;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Sgd;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingPlan;
import java.util.Arrays;
import java.util.List;

/**
 * A big network and the data to train it on.
 *
 * @param name on the command line
 * @param features of a sample
 * @param hidden widths of the hidden layers
 * @param classes outputs
 * @param epsilon of all layers, the output layer too
 * @param batch samples of a step
 * @param samples of an epoch
 * @param epochs to train; with 1, steps are measured instead of epochs and nothing evolves
 * @param asked what an epoch may take
 * @param published what an epoch took elsewhere
 * @param askedBytes what the network may take
 */
record ScaleNetwork(
    String name,
    int features,
    int[] hidden,
    int classes,
    double epsilon,
    int batch,
    int samples,
    int epochs,
    String asked,
    String published,
    String askedBytes) {
  /** The name of the largest network, of any width. */
  static final String LARGEST = "largest";

  private static final String PER_CONNECTION = "22 a connection";

  private static final List<ScaleNetwork> FIXED =
      List.of(
          lung("lung-3k", 3_000, 150, "0.06", "18"),
          lung("lung-30k", 30_000, 8, "0.6", "180"),
          lung("lung-300k", 300_000, 5, "7", "2,940"),
          lung("lung-600k", 600_000, 4, "15", "6,720"),
          new ScaleNetwork(
              "leukemia",
              54_675,
              new int[] {500_000, 500_000},
              18,
              10,
              5,
              1_400,
              3,
              "30",
              "3,504",
              "1 GB"),
          fiftyMillion("fifty-million", 25_000_000, "16 GB"));

  private static ScaleNetwork lung(
      String name, int width, int epochs, String asked, String published) {
    int[] hidden = {width, width, width};
    return new ScaleNetwork(
        name, 3_312, hidden, 5, 20, 2, 135, epochs, asked, published, PER_CONNECTION);
  }

  private static ScaleNetwork fiftyMillion(String name, int width, String askedBytes) {
    int[] hidden = {width, width};
    return new ScaleNetwork(name, 65_536, hidden, 10, 1, 2, 12, 1, "", "", askedBytes);
  }

  /** The names of all networks of a fixed size. */
  static List<String> names() {
    return FIXED.stream().map(ScaleNetwork::name).toList();
  }

  /**
   * Finds a network.
   *
   * @param name one of {@link #names}, or {@code largest:WIDTH}
   * @return the network
   */
  static ScaleNetwork of(String name) {
    if (name.startsWith(LARGEST + ":")) {
      return fiftyMillion(name, Integer.parseInt(name.substring(LARGEST.length() + 1)), "24 GiB");
    }
    return FIXED.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                name + " is not one of " + String.join(", ", names()) + ", " + LARGEST));
  }

  /** Neurons in all, inputs included. */
  long neurons() {
    return features + Arrays.stream(hidden).asLongStream().sum() + classes;
  }

  /** Steps of an epoch. */
  int steps() {
    return Math.ceilDiv(samples, batch);
  }

  /** As the settings published for lung.mat where the shape is theirs; else ReLU and softmax. */
  private boolean isLung() {
    return features == 3_312;
  }

  /** Describes the network; features have mean 0 and deviation 1 already. */
  NetworkBuilder builder() {
    NetworkBuilder builder =
        new NetworkBuilder(features, InMemoryDataset.numbered(classes))
            .hidden(hidden)
            .density(new DensityAllocation.Epsilon(epsilon))
            .denseOutput(false);
    if (isLung()) {
      Recipe recipe = Preset.SCIPY_LUNG.recipe();
      builder
          .sampler(recipe.sampler())
          .activation(recipe.activation())
          .outputActivation(recipe.outputActivation())
          .loss(recipe.loss());
      if (recipe.initializer() != null) {
        builder.initializer(recipe.initializer());
      }
    }
    return builder;
  }

  /** Describes the training. After the last epoch that counts another one would follow. */
  TrainingPlan plan(int epochs, int threads) {
    TrainingPlan plan =
        isLung()
            ? Preset.SCIPY_LUNG.recipe().plan()
            : TrainingPlan.defaults()
                .withOptimizer(Sgd.rate(0.005).momentum(0.9))
                .withBatch(batch)
                .withEvolution(epochs > 1 ? Evolution.set(Evolution.DEFAULT_ZETA) : null);
    return plan.withEpochs(epochs + 1).withThreads(threads);
  }
}
