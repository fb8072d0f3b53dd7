package dev.rewire.train;

import dev.rewire.choice.PerLayer;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.TargetScale;
import dev.rewire.evolution.Evolution;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.loss.Loss;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.Sampler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a run except its data: the network to draw and the plan to train it by. {@link
 * Preset} has the published ones.
 *
 * @param hidden neurons of each hidden layer
 * @param density how dense each layer is
 * @param densityOf layers with another share of their possible connections, above 0 and at most 1
 * @param sampler how its graph is drawn
 * @param denseOutput whether the output layer is complete
 * @param neuronLayers between the weighted sums of hidden layers and their activation
 * @param activation of hidden layers
 * @param outputActivation of the output layer
 * @param dropout of hidden layers
 * @param initializer where weights begin, or null for He's with the actual fan-in
 * @param outputInitializer where the output layer's weights begin, or null for the same
 * @param loss what training minimises
 * @param scaling of raw features
 * @param plan how to train
 */
public record Recipe(
    List<Integer> hidden,
    DensityAllocation density,
    PerLayer<Double> densityOf,
    Sampler sampler,
    boolean denseOutput,
    List<NeuronLayer> neuronLayers,
    Activation activation,
    Activation outputActivation,
    Dropout dropout,
    @Nullable Initializer initializer,
    @Nullable Initializer outputInitializer,
    Loss loss,
    ScalingKind scaling,
    TrainingPlan plan) {
  /** Copies the lists. */
  public Recipe {
    hidden = List.copyOf(hidden);
    neuronLayers = List.copyOf(neuronLayers);
  }

  /**
   * A recipe without exceptions among its layers.
   *
   * @param hidden neurons of each hidden layer
   * @param density how dense each layer is
   * @param sampler how its graph is drawn
   * @param denseOutput whether the output layer is complete
   * @param neuronLayers between the weighted sums of hidden layers and their activation
   * @param activation of hidden layers
   * @param outputActivation of the output layer
   * @param dropout of hidden layers
   * @param initializer where weights begin, or null for He's with the actual fan-in
   * @param outputInitializer where the output layer's weights begin, or null for the same
   * @param loss what training minimises
   * @param scaling of raw features
   * @param plan how to train
   */
  public Recipe(
      List<Integer> hidden,
      DensityAllocation density,
      Sampler sampler,
      boolean denseOutput,
      List<NeuronLayer> neuronLayers,
      Activation activation,
      Activation outputActivation,
      Dropout dropout,
      @Nullable Initializer initializer,
      @Nullable Initializer outputInitializer,
      Loss loss,
      ScalingKind scaling,
      TrainingPlan plan) {
    this(
        hidden,
        density,
        PerLayer.none(),
        sampler,
        denseOutput,
        neuronLayers,
        activation,
        outputActivation,
        dropout,
        initializer,
        outputInitializer,
        loss,
        scaling,
        plan);
  }

  /**
   * Describes the network for a data set.
   *
   * @param training the samples it will be trained on
   * @return a builder whose {@code build} draws it
   */
  public NetworkBuilder network(LoadedDataset training) {
    NetworkBuilder builder =
        new NetworkBuilder(training.features(), training.classNames())
            .head(training.head(), TargetScale.fit(training.targets()))
            .hidden(hidden.stream().mapToInt(Integer::intValue).toArray())
            .density(density)
            .densityOf(densityOf)
            .sampler(sampler)
            .denseOutput(denseOutput)
            .neuronLayers(neuronLayers)
            .activation(activation)
            .outputActivation(outputActivation)
            .dropout(dropout)
            .loss(loss)
            .scaling(scaling.fit(training).withSubstitutes(training.substitutes()))
            .image(training.image())
            .featureNames(training.featureNames())
            .seed(plan.seed());
    if (initializer != null) {
      builder.initializer(initializer);
    }
    if (outputInitializer != null) {
      builder.outputInitializer(outputInitializer);
    }
    return builder;
  }

  /**
   * Sets the layers with another share of their possible connections.
   *
   * @param densityOf above 0 and at most 1
   * @return a copy
   */
  public Recipe withDensityOf(PerLayer<Double> densityOf) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets the hidden layers.
   *
   * @param hidden neurons of each
   * @return a copy
   */
  public Recipe withHidden(List<Integer> hidden) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets how dense each layer is.
   *
   * @param density by ε, uniform, or by an overall density
   * @return a copy
   */
  public Recipe withDensity(DensityAllocation density) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets what lies between the weighted sums of hidden layers and their activation.
   *
   * @param neuronLayers in their order
   * @return a copy
   */
  public Recipe withNeuronLayers(List<NeuronLayer> neuronLayers) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets the activation of hidden layers.
   *
   * @param activation the function
   * @return a copy
   */
  public Recipe withActivation(Activation activation) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets the dropout of hidden layers.
   *
   * @param dropout rate and style
   * @return a copy
   */
  public Recipe withDropout(Dropout dropout) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets how raw features are scaled.
   *
   * @param scaling fitted on the training samples
   * @return a copy
   */
  public Recipe withScaling(ScalingKind scaling) {
    return new Recipe(
        hidden,
        density,
        densityOf,
        sampler,
        denseOutput,
        neuronLayers,
        activation,
        outputActivation,
        dropout,
        initializer,
        outputInitializer,
        loss,
        scaling,
        plan);
  }

  /**
   * Sets what is minimised, and the activation that goes with it.
   *
   * @param loss what training minimises
   * @param outputActivation of the output layer
   * @return a copy
   */
  public Recipe withLoss(Loss loss, Activation outputActivation) {
    return new Recipe(
        hidden,
        density,
        densityOf,
        sampler,
        denseOutput,
        neuronLayers,
        activation,
        outputActivation,
        dropout,
        initializer,
        outputInitializer,
        loss,
        scaling,
        plan);
  }

  /**
   * Sets how to train.
   *
   * @param plan optimizer, evolution and the rest
   * @return a copy
   */
  public Recipe withPlan(TrainingPlan plan) {
    return changed(hidden, density, densityOf, neuronLayers, activation, dropout, plan);
  }

  /**
   * Sets the evolution.
   *
   * @param evolution rewires the network, or null for a static topology
   * @return a copy
   */
  public Recipe withEvolution(@Nullable Evolution evolution) {
    return withPlan(plan.withEvolution(evolution));
  }

  private Recipe changed(
      List<Integer> hidden,
      DensityAllocation density,
      PerLayer<Double> densityOf,
      List<NeuronLayer> neuronLayers,
      Activation activation,
      Dropout dropout,
      TrainingPlan plan) {
    return new Recipe(
        hidden,
        density,
        densityOf,
        sampler,
        denseOutput,
        neuronLayers,
        activation,
        outputActivation,
        dropout,
        initializer,
        outputInitializer,
        loss,
        scaling,
        plan);
  }
}
