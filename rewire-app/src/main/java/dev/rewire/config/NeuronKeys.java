package dev.rewire.config;

import dev.rewire.layer.Activation;
import dev.rewire.neuron.KWinners;
import dev.rewire.neuron.LayerNorm;
import dev.rewire.neuron.NeuronAffine;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronLayers;
import dev.rewire.neuron.SRelu;
import dev.rewire.train.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What hidden neurons make of their weighted sums. Some activations are neuron layers, because they
 * learn or look at other neurons; whoever chooses one need not know.
 */
final class NeuronKeys {
  /** Activations without a number, or with one that may be left out. */
  static final List<String> PLAIN_ACTIVATIONS =
      List.of(
          "relu",
          "leaky-relu",
          "all-relu",
          "elu",
          "gelu",
          "silu",
          "softplus",
          "sigmoid",
          "tanh",
          "hard-tanh",
          "identity",
          "scipy-sigmoid");

  static final List<String> NUMBERED_ACTIVATIONS = List.of("leaky-relu", "all-relu");

  private static final String SRELU = "srelu";
  private static final String K_WINNERS = "k-winners";
  private static final String NONE = "none";

  static final Key<String> ACTIVATION_KEY =
      new Key<String>(
              "network.activation",
              Types.named(
                  plus(PLAIN_ACTIVATIONS, SRELU),
                  plus(NUMBERED_ACTIVATIONS, K_WINNERS),
                  name -> isLayer(name) ? NeuronLayers.of(name).id() : Activation.of(name).id(),
                  id -> id),
              settings -> activation(settings.recipe()),
              (settings, name, all) -> settings.withRecipe(activated(settings.recipe(), name)))
          .option("--activation", "NAME")
          .means(
              "Activation function of hidden neurons. srelu learns its shape, k-winners:0.1 lets"
                  + " the largest tenth of a layer speak, all-relu changes its sign from layer to"
                  + " layer.");

  static final Key<String> NORMALIZATION_KEY =
      new Key<String>(
              "network.normalization",
              Types.named(
                  List.of(NONE, "batch-norm", "layer-norm"),
                  List.of("batch-norm", "layer-norm"),
                  name -> name.equals(NONE) ? NONE : NeuronLayers.of(name).id(),
                  id -> id),
              settings -> normalization(settings.recipe()),
              (settings, name, all) -> settings.withRecipe(normalized(settings.recipe(), name)))
          .option("--normalization", "NAME")
          .means(
              "What is done to weighted sums of hidden neurons before their activation: batch-norm"
                  + " normalises each neuron over the batch, layer-norm each sample over the layer.");

  private NeuronKeys() {}

  private static List<String> plus(List<String> names, String more) {
    return Stream.concat(names.stream(), Stream.of(more)).toList();
  }

  private static boolean isLayer(String name) {
    return name.equals(SRELU) || name.startsWith(K_WINNERS);
  }

  private static boolean activates(NeuronLayer layer) {
    return layer instanceof SRelu || layer instanceof KWinners;
  }

  private static String activation(Recipe recipe) {
    return recipe.neuronLayers().stream()
        .filter(NeuronKeys::activates)
        .map(NeuronLayer::id)
        .findFirst()
        .orElse(recipe.activation().id());
  }

  private static Recipe activated(Recipe recipe, String name) {
    List<NeuronLayer> layers = new ArrayList<>(recipe.neuronLayers());
    layers.removeIf(NeuronKeys::activates);
    if (isLayer(name)) {
      layers.add(NeuronLayers.of(name));
    }
    Activation function = isLayer(name) ? new Activation.Identity() : Activation.of(name);
    return recipe.withNeuronLayers(layers).withActivation(function);
  }

  private static String normalization(Recipe recipe) {
    return recipe.neuronLayers().stream()
        .filter(layer -> !activates(layer))
        .map(NeuronLayer::id)
        .findFirst()
        .orElse(NONE);
  }

  private static Recipe normalized(Recipe recipe, String name) {
    List<NeuronLayer> layers = new ArrayList<>();
    if (!name.equals(NONE)) {
      layers.add(NeuronLayers.of(name));
    }
    if (!layers.isEmpty() && layers.getFirst() instanceof LayerNorm) {
      // The learned scale and shift that usually follow.
      layers.add(new NeuronAffine());
    }
    recipe.neuronLayers().stream().filter(NeuronKeys::activates).forEach(layers::add);
    return recipe.withNeuronLayers(layers);
  }
}
