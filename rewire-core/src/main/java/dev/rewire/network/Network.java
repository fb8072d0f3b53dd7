package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.topology.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack of sparse layers with everything that prediction needs: the scaling of raw features, the
 * loss, and what its outputs mean, with the names of the classes.
 *
 * <p>Make one with {@link NetworkBuilder}, or read one from a model file.
 */
public final class Network {
  private static final int PREDICTION_BATCH = 256;

  private List<SparseLayer> layers;
  private final Loss loss;
  private final Scaling scaling;
  private final Outputs meaning;
  private final @Nullable ImageShape image;
  private final List<String> featureNames;
  private long steps;

  /**
   * Stacks layers whose inputs have no names.
   *
   * @param layers from the input on, each as wide as the next one expects, 1 or more
   * @param loss what training minimises
   * @param scaling of raw features
   * @param classNames one name an output
   * @param image how the inputs lie in a picture, or null
   * @param steps training steps that the parameters have seen
   */
  public Network(
      List<SparseLayer> layers,
      Loss loss,
      Scaling scaling,
      List<String> classNames,
      @Nullable ImageShape image,
      long steps) {
    this(layers, loss, scaling, classNames, image, steps, List.of());
  }

  /**
   * Stacks layers.
   *
   * @param layers from the input on, each as wide as the next one expects, 1 or more
   * @param loss what training minimises
   * @param scaling of raw features
   * @param classNames one name an output
   * @param image how the inputs lie in a picture, or null
   * @param steps training steps that the parameters have seen
   * @param featureNames one name an input, or none at all
   */
  public Network(
      List<SparseLayer> layers,
      Loss loss,
      Scaling scaling,
      List<String> classNames,
      @Nullable ImageShape image,
      long steps,
      List<String> featureNames) {
    this(layers, loss, scaling, Outputs.classes(classNames), image, steps, featureNames);
  }

  /**
   * Stacks layers whose outputs need not be classes.
   *
   * @param layers from the input on, each as wide as the next one expects, 1 or more
   * @param loss what training minimises
   * @param scaling of raw features
   * @param meaning what the outputs mean
   * @param image how the inputs lie in a picture, or null
   * @param steps training steps that the parameters have seen
   * @param featureNames one name an input, or none at all
   */
  public Network(
      List<SparseLayer> layers,
      Loss loss,
      Scaling scaling,
      Outputs meaning,
      @Nullable ImageShape image,
      long steps,
      List<String> featureNames) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs 1 layer or more");
    }
    for (int l = 1; l < layers.size(); l++) {
      if (layers.get(l - 1).outputs() != layers.get(l).inputs()) {
        throw new IllegalArgumentException(
            "layer %d has %d outputs, but layer %d expects %d"
                .formatted(l - 1, layers.get(l - 1).outputs(), l, layers.get(l).inputs()));
      }
    }
    int inputs = layers.getFirst().inputs();
    if (scaling.substitutes().length > 1 && scaling.substitutes().length != inputs) {
      throw new IllegalArgumentException(
          "%d values stand in for those that are missing, the network has %d inputs"
              .formatted(scaling.substitutes().length, inputs));
    }
    if (scaling.width() != 1 && scaling.width() != inputs) {
      throw new IllegalArgumentException(
          "scaling is made for " + scaling.width() + " features, the network has " + inputs);
    }
    int outputs = layers.getLast().outputs();
    if (meaning.count() != outputs) {
      throw new IllegalArgumentException(
          meaning.head() == Head.CLASSES
              ? meaning.names().size() + " class names for " + outputs + " outputs"
              : "a %s head of %d names for %d outputs"
                  .formatted(meaning.head().id(), meaning.names().size(), outputs));
    }
    meaning.check(loss);
    if (!featureNames.isEmpty() && featureNames.size() != inputs) {
      throw new IllegalArgumentException(
          featureNames.size() + " feature names for " + inputs + " inputs");
    }
    this.layers = List.copyOf(layers);
    this.loss = loss;
    this.scaling = scaling;
    this.meaning = meaning;
    this.image = image;
    this.featureNames = List.copyOf(featureNames);
    this.steps = steps;
  }

  /**
   * Returns a network of other layers for the same task: scaling, loss and what outputs mean stay.
   *
   * @param layers from the input on, for as many inputs and outputs as this network's
   * @param steps training steps that their parameters have seen
   * @return another network; the layers are not copied
   */
  public Network withLayers(List<SparseLayer> layers, long steps) {
    return new Network(layers, loss, scaling, meaning, image, steps, featureNames);
  }

  /**
   * Replaces the layers by narrower ones: neurons that were taken out while training. Whoever works
   * on the old ones, as a {@link NetworkPass} does, has to begin anew.
   *
   * @param narrower as many layers, for as many inputs and outputs; not copied
   */
  public void narrow(List<SparseLayer> narrower) {
    if (narrower.size() != layers.size()) {
      throw new IllegalArgumentException(
          "%d layers cannot stand for %d".formatted(narrower.size(), layers.size()));
    }
    layers = withLayers(narrower, steps).layers;
  }

  /**
   * Predicts one sample.
   *
   * @param features raw values, one an input
   * @return one number an output: probabilities where the loss is a cross-entropy, numbers in their
   *     own units where these were learned
   */
  public float[] predict(float... features) {
    return predict(new float[][] {features})[0];
  }

  /**
   * Predicts samples, one after another batch, on the calling thread.
   *
   * @param samples raw values, one row a sample
   * @return one row a sample, one number a class
   */
  public float[][] predict(float[][] samples) {
    float[][] predictions = new float[samples.length][];
    try (Compute compute = new Compute(1)) {
      var pass =
          new NetworkPass(this, compute, Math.clamp(samples.length, 1, PREDICTION_BATCH), false);
      for (int from = 0; from < samples.length; from += pass.batch()) {
        int count = Math.min(pass.batch(), samples.length - from);
        pass.predict(samples, from, count, predictions);
      }
    }
    return finished(predictions);
  }

  /**
   * Predicts some samples of a data set, one after another batch, on the calling thread. Sparse
   * samples stay sparse.
   *
   * @param data samples of the same features; their classes do not matter
   * @param samples indices of samples
   * @return one row a sample, one number a class
   */
  public float[][] predict(Dataset data, int... samples) {
    if (data.features() != inputs()) {
      throw new IllegalArgumentException(
          "%s has %d features, the network has %d inputs"
              .formatted(data.name(), data.features(), inputs()));
    }
    float[][] predictions = new float[samples.length][];
    try (Compute compute = new Compute(1)) {
      var pass =
          new NetworkPass(this, compute, Math.clamp(samples.length, 1, PREDICTION_BATCH), false);
      for (int from = 0; from < samples.length; from += pass.batch()) {
        int count = Math.min(pass.batch(), samples.length - from);
        pass.predict(data, samples, from, count, predictions);
      }
    }
    return finished(predictions);
  }

  private float[][] finished(float[][] predictions) {
    for (float[] prediction : predictions) {
      finish(prediction);
    }
    return predictions;
  }

  /** Turns outputs into what a user reads, in place. */
  void finish(float[] outputs) {
    loss.toPrediction(outputs);
    meaning.scale().restore(outputs);
  }

  /**
   * Measures how well the network does.
   *
   * @param data labelled samples of the same features and classes
   * @return accuracy and loss
   */
  public Evaluation evaluate(Dataset data) {
    try (Compute compute = new Compute(Compute.defaultThreads())) {
      return new NetworkPass(this, compute, PREDICTION_BATCH, false).evaluate(data);
    }
  }

  /**
   * Returns the layers.
   *
   * @return from the input on; others after {@link #narrow}
   */
  public List<SparseLayer> layers() {
    return layers;
  }

  /**
   * Returns what training minimises.
   *
   * @return the loss
   */
  public Loss loss() {
    return loss;
  }

  /**
   * Returns what is done to raw features.
   *
   * @return the scaling
   */
  public Scaling scaling() {
    return scaling;
  }

  /**
   * Returns what the outputs mean.
   *
   * @return head, names and scale
   */
  public Outputs meaning() {
    return meaning;
  }

  /**
   * Returns what the network predicts.
   *
   * @return classes, labels or numbers
   */
  public Head head() {
    return meaning.head();
  }

  /**
   * Returns the names of the classes, labels or numbers.
   *
   * @return one name an output; two names where one output tells two classes apart
   */
  public List<String> classNames() {
    return meaning.names();
  }

  /**
   * Returns how the inputs lie in a picture.
   *
   * @return the shape, or null
   */
  public @Nullable ImageShape image() {
    return image;
  }

  /**
   * Returns the names of the inputs.
   *
   * @return one name an input, or none at all
   */
  public List<String> featureNames() {
    return featureNames;
  }

  /**
   * Returns the number of training steps that the parameters have seen.
   *
   * @return 0 for a new network
   */
  public long steps() {
    return steps;
  }

  void stepped() {
    steps++;
  }

  /**
   * Returns the number of inputs.
   *
   * @return features of a sample
   */
  public int inputs() {
    return layers.getFirst().inputs();
  }

  /**
   * Returns what is connected to what.
   *
   * @return one topology a layer, from the input on; those of now: they change when a layer evolves
   */
  public List<Topology> topologies() {
    return layers.stream().map(SparseLayer::topology).toList();
  }

  /**
   * Returns the number of outputs.
   *
   * @return numbers that it says of a sample, see {@link #meaning}
   */
  public int outputs() {
    return layers.getLast().outputs();
  }

  /**
   * Counts the neurons, inputs included.
   *
   * @return the sum over all layers
   */
  public long neurons() {
    long neurons = inputs();
    for (SparseLayer layer : layers) {
      neurons += layer.outputs();
    }
    return neurons;
  }

  /**
   * Counts the connections.
   *
   * @return the sum over all layers
   */
  public long connections() {
    long connections = 0;
    for (SparseLayer layer : layers) {
      connections += layer.topology().connections();
    }
    return connections;
  }

  /**
   * Returns the fraction of possible connections that do not exist.
   *
   * @return 0 for a dense network, near 1 for a sparse one
   */
  public double sparsity() {
    long cells = 0;
    for (SparseLayer layer : layers) {
      cells += layer.topology().cells();
    }
    return 1 - (double) connections() / cells;
  }
}
