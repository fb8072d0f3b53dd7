package dev.rewire.benchmarks;

import dev.rewire.kernel.Kernels;
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
import dev.rewire.topology.Topology;

/**
 * The library's side of a {@link LayerProblem}: the layer, and below it another one that takes the
 * gradient of the inputs.
 */
public final class RewireLayer implements AutoCloseable {
  /** A rate so small that weights stay what they are, however long it takes. */
  private static final Optimizer OPTIMIZER = Sgd.rate(1e-12).momentum(0.9);

  private final LayerProblem problem;
  private final Compute compute;
  private final SparseLayer layer;
  private final LayerPass below;
  private final LayerPass pass;
  private final Activations x;
  private Activations y;
  private long step;

  /**
   * Makes the layer.
   *
   * @param problem what to compute
   * @param threads 1 or more
   * @param kernels the loops to use
   */
  public RewireLayer(LayerProblem problem, int threads, Kernels kernels) {
    this.problem = problem;
    compute = new Compute(threads, kernels);
    Connections connections = problem.connections();
    layer = connections.layer(1, new Activation.Identity());
    layer.prepare(OPTIMIZER);
    int inputs = connections.inputs();
    SparseLayer source =
        new SparseLayer(
            0,
            Topology.complete(1, inputs),
            new Floats(inputs),
            new Floats(inputs),
            new Activation.Identity(),
            Dropout.NONE,
            new Initializer.GlorotUniform());
    below = new LayerPass(source, Dropout.NONE, compute, problem.batch(), true);
    pass = new LayerPass(layer, Dropout.NONE, compute, problem.batch(), true);
    x = activations(inputs, problem.x());
    y = x;
    copy(problem.d(), pass.gradient());
  }

  private Activations activations(int units, float[] values) {
    Activations activations = new Activations(units, problem.batch());
    copy(values, activations);
    return activations;
  }

  private void copy(float[] values, Activations to) {
    int batch = problem.batch();
    for (int u = 0; u < to.units(); u++) {
      for (int b = 0; b < batch; b++) {
        to.set(u, b, values[u * batch + b]);
      }
    }
  }

  /** Outputs from inputs. */
  public void forward() {
    y = pass.forward(x, x.samples(), true, 0);
  }

  /** Gradient of the inputs from the gradient of the outputs. */
  public void inputGradient() {
    pass.backward(below);
  }

  /** Gradient of the weights and a step of momentum. */
  public void update() {
    pass.update(OPTIMIZER, ++step);
  }

  /** Everything that a training step does with a layer. */
  public void step() {
    forward();
    inputGradient();
    update();
  }

  /** What it runs on. */
  Compute compute() {
    return compute;
  }

  /** Its parameters. */
  SparseLayer layer() {
    return layer;
  }

  /** Compares all three products with the obvious way to compute them. */
  public void check() {
    Reference reference = new Reference("Rewire", problem);
    forward();
    Activations outputs = y;
    reference.checkForward(outputs::get);
    inputGradient();
    Activations gradient = below.gradient();
    reference.checkInputGradient(gradient::get);
    checkUpdate(reference);
  }

  /** A step of rate 1 takes the gradient away from the weight. */
  private void checkUpdate(Reference reference) {
    Optimizer descent = Sgd.rate(1);
    layer.prepare(descent);
    Floats before = layer.weight().duplicate();
    pass.update(descent, 0);
    Floats after = layer.weight();
    reference.checkWeightGradient((e, sample) -> before.get(e) - after.get(e));
    after.copy(before, 0, 0, before.length());
    layer.bias().clear();
    layer.prepare(OPTIMIZER);
  }

  @Override
  public void close() {
    compute.close();
  }
}
