package dev.rewire.cli;

import dev.rewire.choice.LayerPattern;
import dev.rewire.choice.PerLayer;
import dev.rewire.config.Configuration;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DataException;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.layer.Activation;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.LayerShape;
import dev.rewire.train.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A run that trains the network of a model on. What the network is like is then known from the
 * model: these settings follow from it, and others are refused.
 */
final class WarmStart {
  /** What the model decides, and what may be said again if it is the same. */
  private static final List<String> KNOWN =
      List.of(
          "network.hidden",
          "network.activation",
          "network.normalization",
          "network.output_activation");

  /** How a new network is made. */
  private static final List<String> MEANINGLESS =
      List.of(
          "network.epsilon",
          "network.density",
          "network.density_of",
          "network.sparsity",
          "network.allocation",
          "network.sampler",
          "network.start",
          "network.start_cells",
          "network.topology_from",
          "network.dense_output",
          "network.scaling");

  private static final double LEAST_DENSITY = 1e-9;

  private WarmStart() {}

  /**
   * Fits settings to the model that they name, if they name one.
   *
   * @param configuration what was given
   * @param settings what follows from it alone
   * @throws UsageException if something was typed that the model contradicts
   */
  static RunSettings fit(Configuration configuration, RunSettings settings) {
    Path model = settings.beginning().model();
    if (model == null) {
      return settings;
    }
    Network network;
    try {
      network = SavedModel.open(model).network();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    for (String path : MEANINGLESS) {
      if (configuration.isTyped(path)) {
        throw new UsageException(
            "%s means nothing to --from, because the network is there already: leave one of them"
                    .formatted(name(path))
                + " out");
      }
    }
    RunSettings fitted = of(network, settings);
    if (configuration.choosesLoss()) {
      Recipe recipe = fitted.recipe();
      fitted =
          fitted.withRecipe(recipe.withLoss(settings.recipe().loss(), recipe.outputActivation()));
    }
    if (configuration.has("network.dropout")) {
      fitted = fitted.withRecipe(fitted.recipe().withDropout(settings.recipe().dropout()));
    }
    for (String path : KNOWN) {
      Key<?> key = Keys.require(path, path);
      Object asked = key.print(settings);
      Object there = key.print(fitted);
      if (configuration.isTyped(path) && !Objects.equals(asked, there)) {
        throw new UsageException(
            "%s %s is not what the network in %s has, %s: leave it out"
                .formatted(name(path), asked, model, there));
      }
    }
    return fitted;
  }

  private static String name(String path) {
    String option = Keys.require(path, path).option();
    return option == null ? path : option;
  }

  /**
   * Changes settings to those of a network, whatever they were.
   *
   * @param network the network to train on
   * @param settings the rest
   */
  static RunSettings of(Network network, RunSettings settings) {
    List<SparseLayer> layers = network.layers();
    SparseLayer first = layers.getFirst();
    Recipe recipe =
        settings
            .recipe()
            .withHidden(
                layers.subList(0, layers.size() - 1).stream().map(SparseLayer::outputs).toList())
            .withDensity(density(network))
            .withLoss(network.loss(), layers.getLast().activation());
    if (layers.size() > 1) {
      recipe =
          recipe
              .withActivation(ofAllLayers(first.activation()))
              .withDropout(first.dropout())
              .withNeuronLayers(first.neurons().stream().map(NeuronNumbers::layer).toList());
    }
    return settings.withRecipe(recipe);
  }

  /** Says how many connections each layer of a network has, where it is only counted. */
  static Recipe counted(Network network, Recipe recipe) {
    List<PerLayer.Entry<Double>> densities = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      densities.add(
          new PerLayer.Entry<>(
              new LayerPattern(String.valueOf(layer.index())),
              Math.max(LEAST_DENSITY, layer.topology().density())));
    }
    return recipe.withDensityOf(new PerLayer<>(densities));
  }

  /** As it is given for all hidden layers, not that of the first one. */
  private static Activation ofAllLayers(Activation first) {
    return first instanceof Activation.AllRelu(double slope)
        ? new Activation.AllRelu(Math.abs(slope))
        : first;
  }

  /** What memory is estimated by; a network without connections has nearly none. */
  private static DensityAllocation density(Network network) {
    return new DensityAllocation.ErdosRenyiKernel(Math.max(LEAST_DENSITY, 1 - network.sparsity()));
  }

  /**
   * Lets a builder begin with the network of a model. One whose classes are only numbers, as those
   * of other programs, gets the names that the data have.
   *
   * @throws UsageException if settings were changed so that it does not fit
   * @throws DataException if it has learned other features or classes
   */
  static NetworkBuilder continued(
      NetworkBuilder builder, SavedModel model, LoadedDataset training) {
    Network network = model.network();
    FeatureCheck.refuseOthers(model, training, training.name());
    List<String> learned = network.classNames();
    List<String> classes = training.classNames();
    boolean same =
        learned.equals(classes) || learned.equals(InMemoryDataset.numbered(classes.size()));
    if (network.head() != training.head() || !same) {
      throw new DataException(
          "%s has the classes %s, but the network in %s has learned %s: give data of the same kind."
              .formatted(training.name(), classes, model.file(), learned));
    }
    List<LayerShape> shapes =
        network.layers().stream()
            .map(layer -> new LayerShape(layer.inputs(), layer.outputs()))
            .toList();
    if (!shapes.equals(builder.shapes())) {
      throw new UsageException(
          "the network in %s has layers %s, the settings say %s: put the model back as it was"
              .formatted(
                  model.file(),
                  StartingNetwork.words(shapes),
                  StartingNetwork.words(builder.shapes())));
    }
    return builder.start(network);
  }
}
