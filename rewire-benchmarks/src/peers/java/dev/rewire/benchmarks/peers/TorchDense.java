package dev.rewire.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import dev.rewire.benchmarks.Connections;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Reference;
import java.util.Arrays;
import java.util.List;

/**
 * The three products of a dense layer by PyTorch, samples in rows as it wants them. Operations are
 * called one by one, without autograd, and change what they can in place.
 */
final class TorchDense implements Peer {
  /** So small that weights stay what they are. */
  private static final double RATE = 1e-12;

  private final Reference reference;
  private final Connections c;
  private final NDManager manager;
  private final NDArray weight;
  private final NDArray velocity;
  private final NDArray bias;
  private final NDArray biasVelocity;
  private final NDArray x;
  private final NDArray d;
  private float[] result = {};

  TorchDense(LayerProblem problem, Reference reference, int threads) {
    this.reference = reference;
    c = problem.connections();
    manager = Torch.start(threads);
    weight = manager.create(c.dense(), new Shape(c.outputs(), c.inputs()));
    velocity = manager.zeros(weight.getShape());
    bias = manager.zeros(new Shape(c.outputs()));
    biasVelocity = manager.zeros(bias.getShape());
    x = samplesInRows(problem.x(), problem.batch());
    d = samplesInRows(problem.d(), problem.batch());
  }

  private NDArray samplesInRows(float[] values, int batch) {
    return manager.create(values, new Shape(values.length / batch, batch)).transpose().duplicate();
  }

  @Override
  public List<Product> products() {
    return List.of(
        new Product("forward", () -> forward(false), this::checkForward),
        new Product("input gradient", () -> inputGradient(false), this::checkInputGradient),
        new Product("weight gradient", this::update, this::checkUpdate));
  }

  private void forward(boolean keep) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray y = Linear.linear(x, weight, bias).singletonOrThrow();
      result = keep ? y.toFloatArray() : result;
    }
  }

  private void inputGradient(boolean keep) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray dx = d.matMul(weight);
      result = keep ? dx.toFloatArray() : result;
    }
  }

  /** The velocity is that of the step, {@code -rate * v}: one pass less over the weights. */
  private void update() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray scaled = d.mul(-RATE);
      velocity.muli(0.9).addi(scaled.transpose().matMul(x));
      weight.addi(velocity);
      biasVelocity.muli(0.9).addi(scaled.sum(new int[] {0}));
      bias.addi(biasVelocity);
    }
  }

  /** Everything that a training step does with a layer. */
  void step() {
    forward(false);
    inputGradient(false);
    update();
  }

  private void checkForward() {
    forward(true);
    float[] y = result;
    reference.checkForward((j, b) -> y[b * c.outputs() + j]);
  }

  private void checkInputGradient() {
    inputGradient(true);
    float[] dx = result;
    reference.checkInputGradient((i, b) -> dx[b * c.inputs() + i]);
  }

  /** After the first step the velocity is {@code -rate} times the gradient. */
  private void checkUpdate() {
    float[] v = velocity.toFloatArray();
    int[] rowOf = new int[c.count()];
    for (int j = 0; j < c.outputs(); j++) {
      Arrays.fill(rowOf, c.rowStart()[j], c.rowStart()[j + 1], j);
    }
    reference.checkWeightGradient(
        (e, sample) -> (float) (v[rowOf[e] * c.inputs() + c.column()[e]] / -RATE));
  }

  @Override
  public void close() {
    manager.close();
  }
}
