package dev.rewire.saliency;

import dev.rewire.kernel.Units;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.network.BatchEnds;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.NeuronWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A network before its training at work on one batch: forward, and back to the gradient of all
 * weighted sums. What is held are numbers of neurons and samples.
 */
final class BatchPass {
  /** Shorter rows do not fill the registers of a product. */
  private static final int LEAST_SAMPLES = 16;

  private final Compute compute;
  private final List<SparseLayer> layers;
  private final int samples;
  private final int tiles;
  private final Products product;
  private final List<Activations> sums = new ArrayList<>();
  private final List<Activations> outputs = new ArrayList<>();
  private final List<Activations> gradients = new ArrayList<>();
  private final List<List<NeuronWork>> neurons = new ArrayList<>();

  /** Of each layer those of its neuron layers, if somebody asked for them. */
  private final List<List<NeuronCurve>> curves = new ArrayList<>();

  private final BatchEnds ends;
  private final IntConsumer progress;

  /**
   * Allocates the memory.
   *
   * @param product multiplies with weights
   * @param layers tell activations and neuron layers; their connections do not matter
   * @param ends has read the samples
   * @param samples how many
   * @param progress is told the number of a layer that is done
   */
  BatchPass(
      Compute compute,
      Products product,
      List<SparseLayer> layers,
      BatchEnds ends,
      int samples,
      IntConsumer progress) {
    this.compute = compute;
    this.product = product;
    this.layers = layers;
    this.samples = samples;
    this.ends = ends;
    this.progress = progress;
    int batch = batch(samples);
    tiles = new Activations(0, batch).tilesOf(samples);
    for (SparseLayer layer : layers) {
      sums.add(new Activations(layer.outputs(), batch));
      outputs.add(new Activations(layer.outputs(), batch));
      gradients.add(new Activations(layer.outputs(), batch));
      List<NeuronWork> works = new ArrayList<>();
      for (NeuronNumbers numbers : layer.neurons()) {
        works.add(numbers.layer().work(numbers, batch, true));
      }
      neurons.add(works);
    }
  }

  /** Samples that there must be memory for. */
  static int batch(int samples) {
    return Math.max(LEAST_SAMPLES, samples);
  }

  int tiles() {
    return tiles;
  }

  int samples() {
    return samples;
  }

  Products product() {
    return product;
  }

  /** What a layer's activation was given. */
  Activations sums(int layer) {
    return sums.get(layer);
  }

  /** What a layer says. */
  Activations outputs(int layer) {
    return outputs.get(layer);
  }

  /** The gradient of a layer's weighted sums, after {@link #backward}. */
  Activations gradients(int layer) {
    return gradients.get(layer);
  }

  /** What goes into a layer, unless it is sparse. */
  @Nullable Activations inputs(int layer) {
    return layer == 0 ? ends.rows() : outputs.get(layer - 1);
  }

  /** What goes into a layer, if it is sparse. */
  @Nullable SparseBatch sparseInputs(int layer) {
    return layer == 0 ? ends.sparse() : null;
  }

  /** Inputs and gradient of a layer. */
  Signals.Batch signals(int layer) {
    return new Signals.Batch(
        inputs(layer), sparseInputs(layer), gradients.get(layer), null, samples);
  }

  /** From now on both passes keep what changes of neuron layers depend on. */
  void keepCurves() {
    for (SparseLayer layer : layers) {
      curves.add(
          layer.neurons().stream().map(numbers -> new NeuronCurve(numbers, samples)).toList());
    }
  }

  /** A change of a layer's weighted sums becomes one of what its activation is given. */
  void changeForward(int layer, Activations change) {
    for (int k = 0; k < neurons.get(layer).size(); k++) {
      curves.get(layer).get(k).change(change);
      through(layer, k, change, false);
    }
  }

  /** The same for a change of the gradient, on the way back. */
  void changeBackward(int layer, Activations change) {
    for (int k = neurons.get(layer).size() - 1; k >= 0; k--) {
      through(layer, k, change, false);
      curves.get(layer).get(k).bend(change);
    }
  }

  void forward() {
    for (int l = 0; l < layers.size(); l++) {
      Activations z = sums.get(l);
      Activations in = inputs(l);
      SparseBatch sparse = sparseInputs(l);
      if (in != null) {
        product.forward(l, in, tiles, true, z);
      } else if (sparse != null) {
        product.forward(sparse, tiles, z);
      }
      for (int k = 0; k < neurons.get(l).size(); k++) {
        if (!curves.isEmpty()) {
          curves.get(l).get(k).input(z);
        }
        through(l, k, z, true);
      }
      Activations y = outputs.get(l);
      y.values().copy(z.values(), 0, 0, z.values().length());
      Units units = compute.kernels().units();
      for (int tile = 0; tile < tiles; tile++) {
        layers
            .get(l)
            .activation()
            .forward(units, y.values(), y.row(tile, 0), y.end(tile, y.units()));
      }
      progress.accept(l);
    }
  }

  /**
   * Goes back from the gradient of the last outputs.
   *
   * @param before becomes the gradient of each layer's outputs, if somebody wants that, else empty
   */
  void backward(List<Activations> before) {
    for (int l = layers.size() - 1; l >= 0; l--) {
      Activations d = gradients.get(l);
      if (!before.isEmpty()) {
        before.get(l).values().copy(d.values(), 0, 0, d.values().length());
      }
      slope(l, d);
      for (int k = neurons.get(l).size() - 1; k >= 0; k--) {
        if (!curves.isEmpty()) {
          curves.get(l).get(k).gradient(d);
        }
        through(l, k, d, false);
      }
      if (l > 0) {
        product.backward(l, d, tiles, gradients.get(l - 1));
      }
      progress.accept(l);
    }
  }

  /** Multiplies by the derivative of a layer's activation. */
  void slope(int layer, Activations d) {
    Floats x = sums.get(layer).values();
    Floats y = outputs.get(layer).values();
    for (int tile = 0; tile < tiles; tile++) {
      layers
          .get(layer)
          .activation()
          .backward(
              compute.kernels().units(), x, y, d.values(), d.row(tile, 0), d.end(tile, d.units()));
    }
  }

  private void through(int layer, int k, Activations x, boolean forward) {
    NeuronWork work = neurons.get(layer).get(k);
    boolean samplewise =
        layers.get(layer).neurons().get(k).layer() instanceof NeuronLayer.PerSample;
    int count = samplewise ? samples : x.units();
    // samples of a part lie in one tile
    int step = samplewise ? x.width() : count;
    for (int from = 0; from < count; from += step) {
      int to = Math.min(count, from + step);
      if (forward) {
        work.forward(x, samples, true, from, to);
      } else {
        work.backward(x, samples, from, to);
      }
    }
  }
}
