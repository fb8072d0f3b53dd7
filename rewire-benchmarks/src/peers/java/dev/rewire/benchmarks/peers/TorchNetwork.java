package dev.rewire.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import dev.rewire.benchmarks.Connections;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.StepProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link StepProblem} by PyTorch: dense, or dense with a mask on the weights.
 *
 * <p>Autograd adds gradients to what is there already. So the gradient itself serves as velocity:
 * times the momentum before a step, and with the loss scaled by {@code -rate} it becomes {@code
 * momentum * v - rate * g}, which is then added to the parameter. That is three passes over the
 * parameters, all in place: less than any optimizer of PyTorch or DJL needs.
 */
final class TorchNetwork implements AutoCloseable {
  private final NDManager manager;
  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();
  private final List<NDArray> masks = new ArrayList<>();
  private final List<NDArray> parameters = new ArrayList<>();
  private final List<NDArray> features = new ArrayList<>();
  private final List<NDArray> targets = new ArrayList<>();

  /**
   * Copies a problem.
   *
   * @param problem what to train
   * @param masked whether hidden weights are multiplied by a mask; else zeros may become something
   * @param parent owns what is created
   */
  TorchNetwork(StepProblem problem, boolean masked, NDManager parent) {
    manager = parent.newSubManager();
    List<Connections> layers = problem.layers();
    for (int l = 0; l < layers.size(); l++) {
      Connections c = layers.get(l);
      Shape shape = new Shape(c.outputs(), c.inputs());
      weights.add(parameter(manager.create(c.dense(), shape)));
      biases.add(parameter(manager.zeros(new Shape(c.outputs()))));
      if (masked && l < layers.size() - 1) {
        masks.add(manager.create(c.mask(), shape));
      }
    }
    int batch = LayerProblem.BATCH;
    for (int from = 0; from < problem.labels().length; from += batch) {
      features.add(manager.create(Arrays.copyOfRange(problem.features(), from, from + batch)));
      float[][] target = new float[batch][layers.getLast().outputs()];
      for (int b = 0; b < batch; b++) {
        target[b][problem.labels()[from + b]] = -1f / batch;
      }
      targets.add(manager.create(target));
    }
  }

  private NDArray parameter(NDArray array) {
    array.setRequiresGradient(true);
    parameters.add(array);
    return array;
  }

  /** Forgets the velocity. */
  void rest() {
    scaleVelocity(0);
  }

  /** There is none before the first step. */
  private void scaleVelocity(double factor) {
    for (NDArray parameter : parameters) {
      parameter.getGradient().muli(factor);
    }
  }

  /**
   * Trains on one batch, which is in PyTorch's memory already.
   *
   * @param number of the step, from 0
   * @param rate learning rate
   * @param wantLoss whether to wait for the loss
   * @return mean loss before the step, or 0
   */
  double step(int number, double rate, boolean wantLoss) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      scaleVelocity(StepProblem.MOMENTUM);
      NDArray loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray h = features.get(number % features.size());
        for (int l = 0; l < weights.size(); l++) {
          NDArray weight = weights.get(l);
          NDArray masked = l < masks.size() ? weight.mul(masks.get(l)) : weight;
          h = Linear.linear(h, masked, biases.get(l)).singletonOrThrow();
          h = l < weights.size() - 1 ? Activation.relu(h) : h;
        }
        loss = h.logSoftmax(1).mul(targets.get(number % targets.size())).sum();
        collector.backward(loss.mul(-rate));
      }
      for (NDArray parameter : parameters) {
        parameter.addi(parameter.getGradient());
      }
      return wantLoss ? loss.getFloat() : 0;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
