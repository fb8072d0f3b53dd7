package dev.rewire.bench;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.LayerPass;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.SplittableRandom;

/** One layer that repeats its training step on the same random batch, between two others. */
final class LayerAtWork {
  /** So small that repeating a step changes no weight by much. */
  private static final Optimizer OPTIMIZER = Sgd.rate(1e-9).momentum(0.9);

  private static final long SEED = 1;

  private final LayerPass below;
  private final LayerPass pass;
  private final Activations in;

  LayerAtWork(SparseLayer layer, Compute compute, int batch) {
    SparseLayer before = layer(0, Topology.complete(1, layer.inputs()));
    below = new LayerPass(before, Dropout.NONE, compute, batch, true);
    layer.prepare(OPTIMIZER);
    pass = new LayerPass(layer, Dropout.NONE, compute, batch, true);
    in = new Activations(layer.inputs(), batch);
    fill(in.values());
    fill(pass.gradient().values());
    forward();
  }

  /** A layer with random connections. */
  static SparseLayer sparse(int inputs, int outputs, double density) {
    return layer(1, Sampler.EXACT.draw(inputs, outputs, density, new SplittableRandom(SEED)));
  }

  /** A layer with all connections. */
  static SparseLayer dense(int inputs, int outputs) {
    return layer(1, Topology.complete(inputs, outputs));
  }

  private static SparseLayer layer(int index, Topology topology) {
    return SparseLayer.initialized(
        index,
        topology,
        new Activation.Identity(),
        Dropout.NONE,
        new Initializer.HeUniform(),
        new RandomStreams(SEED));
  }

  private static void fill(Floats values) {
    float[] few = new float[4096];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < few.length; i++) {
      few[i] = (float) (random.nextDouble() - 0.5);
    }
    for (long i = 0; i < values.length(); i += few.length) {
      values.copy(few, 0, i, (int) Math.min(few.length, values.length() - i));
    }
  }

  void forward() {
    pass.forward(in, in.samples(), true, 0);
  }

  void backward() {
    pass.backward(below);
  }

  void update() {
    pass.update(OPTIMIZER, 1);
  }

  void step() {
    forward();
    backward();
    update();
  }
}
