package dev.rewire.saliency;

import dev.rewire.evolution.TopCells;
import dev.rewire.layer.Compute;
import dev.rewire.layer.DenseGradient;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.network.BatchEnds;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the norm of the gradient changes with each connection (GraSP, Wang et al. 2020): {@code -w (H
 * g)}, with the gradient g of all weights and the Hessian H of the loss; the lowest stay. Logits
 * are divided by {@value #TEMPERATURE} in both, as in the code of the paper.
 *
 * <p>Pearlmutter's R-operator: what a step in the direction of the gradient changes at every neuron
 * is carried forward and back, so that {@code (H g)[i][j] = sum over b of R{input[i][b]}
 * gradient[j][b] + input[i][b] R{gradient[j][b]}}.
 */
final class Grasp {
  /** What logits are divided by. */
  static final double TEMPERATURE = 200;

  /** Samples of each class. */
  static final int SAMPLES = 10;

  /** Samples at the most: products of all pairs of them are held. */
  static final int MOST_SAMPLES = 2000;

  private final Compute compute;
  private final BatchPass pass;
  private final List<SparseLayer> layers;
  private final Loss loss;
  private final Steps steps;
  private final List<Activations> changedInputs = new ArrayList<>();
  private final List<Activations> changedGradients = new ArrayList<>();
  private final List<@Nullable DoubleUnaryOperator> curvature = new ArrayList<>();
  private final List<Activations> before = new ArrayList<>();

  Grasp(Compute compute, BatchPass pass, List<SparseLayer> layers, Loss loss, Steps steps) {
    this.compute = compute;
    this.pass = pass;
    this.layers = layers;
    this.loss = loss;
    this.steps = steps;
  }

  /**
   * Checks that a network can be looked at.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(List<SparseLayer> layers, Loss loss) {
    if (!(loss instanceof Loss.SoftmaxCrossEntropy || loss instanceof Loss.BinaryCrossEntropy)) {
      throw new IllegalArgumentException(
          "GraSP divides logits, so it needs cross-entropy or binary-cross-entropy, not "
              + loss.id());
    }
    for (SparseLayer layer : layers) {
      Curvature.of(layer.activation());
      layer.neurons().forEach(numbers -> NeuronCurve.check(numbers.layer()));
    }
  }

  private Activations like(Activations other) {
    return new Activations(other.units(), BatchPass.batch(pass.samples()));
  }

  /** The gradient of the loss of logits that are divided. */
  void gradient(BatchEnds ends) {
    pass.keepCurves();
    pass.forward();
    int last = layers.size() - 1;
    for (int l = 0; l <= last; l++) {
      curvature.add(Curvature.of(layers.get(l).activation()));
      changedInputs.add(like(pass.outputs(l)));
      changedGradients.add(like(pass.outputs(l)));
      before.add(like(pass.outputs(l)));
    }
    ends.judge(tempered(), pass.gradients(last));
    scale(pass.gradients(last), 1 / TEMPERATURE);
    pass.backward(before);
  }

  private Activations tempered() {
    Activations outputs = pass.outputs(layers.size() - 1);
    Activations tempered = like(outputs);
    tempered.values().copy(outputs.values(), 0, 0, outputs.values().length());
    scale(tempered, 1 / TEMPERATURE);
    return tempered;
  }

  private static void scale(Activations x, double factor) {
    for (long k = 0; k < x.values().length(); k++) {
      x.values().set(k, (float) (x.values().get(k) * factor));
    }
  }

  /** Carries a change of all weights forward and back. */
  void change(Direction direction) {
    int last = layers.size() - 1;
    List<Activations> sums = new ArrayList<>();
    for (int l = 0; l <= last; l++) {
      // of the sums, then of the outputs
      Activations change = changedInputs.get(l);
      if (l > 0) {
        pass.product().forward(l, changedInputs.get(l - 1), pass.tiles(), false, change);
      }
      direction.forward(l, change);
      pass.changeForward(l, change);
      Activations kept = change;
      if (curvature.get(l) != null) {
        kept = like(change);
        kept.values().copy(change.values(), 0, 0, change.values().length());
      }
      sums.add(kept);
      pass.slope(l, change);
      steps.done();
    }
    curve(tempered(), changedInputs.get(last), changedGradients.get(last));
    for (int l = last; l >= 0; l--) {
      Activations change = changedGradients.get(l);
      pass.slope(l, change);
      bend(l, sums.get(l), change);
      pass.changeBackward(l, change);
      if (l > 0) {
        Activations below = changedGradients.get(l - 1);
        pass.product().backward(l, change, pass.tiles(), below);
        direction.backward(l, below);
      }
      steps.done();
    }
  }

  /** What a change of outputs does to the gradient of the loss: its Hessian times the change. */
  private void curve(Activations tempered, Activations change, Activations out) {
    boolean softmax = loss instanceof Loss.SoftmaxCrossEntropy;
    int units = change.units();
    double share = TEMPERATURE * TEMPERATURE * pass.samples() * (softmax ? 1 : units);
    float[] p = new float[units];
    for (int b = 0; b < pass.samples(); b++) {
      double mean = 0;
      for (int k = 0; k < units; k++) {
        p[k] = tempered.get(k, b);
      }
      loss.toPrediction(p);
      for (int k = 0; k < units && softmax; k++) {
        mean += (double) p[k] * change.get(k, b);
      }
      for (int k = 0; k < units; k++) {
        double slope = softmax ? p[k] : p[k] * (1.0 - p[k]);
        out.set(k, b, (float) (slope * (change.get(k, b) - mean) / share));
      }
    }
  }

  /** The part of the curve of an activation function. */
  private void bend(int layer, Activations sums, Activations change) {
    DoubleUnaryOperator second = curvature.get(layer);
    if (second == null) {
      return;
    }
    Activations z = pass.sums(layer);
    Activations gradient = before.get(layer);
    for (int unit = 0; unit < change.units(); unit++) {
      for (int b = 0; b < pass.samples(); b++) {
        double bent =
            second.applyAsDouble(z.get(unit, b)) * sums.get(unit, b) * gradient.get(unit, b);
        change.set(unit, b, (float) (change.get(unit, b) + bent));
      }
    }
  }

  /** What belongs together in the product of the Hessian with the gradient. */
  private Signals hessian(int layer) {
    Activations in = pass.inputs(layer);
    SparseBatch sparse = pass.sparseInputs(layer);
    List<Signals.Batch> batches = new ArrayList<>();
    batches.add(new Signals.Batch(in, sparse, changedGradients.get(layer), null, pass.samples()));
    if (layer > 0) {
      batches.add(
          new Signals.Batch(
              changedInputs.get(layer - 1), null, pass.gradients(layer), null, pass.samples()));
    }
    return new Signals(compute, batches);
  }

  /** Offers all cells of dense layers. */
  void offer(List<ImplicitLayer> weights, Candidates candidates, TopCells best) {
    for (int l = 0; l < candidates.taking(); l++) {
      ImplicitLayer layer = weights.get(l);
      long first = candidates.first(l);
      hessian(l)
          .everyCell((worker, output, outputs, input, inputs, values) -> {
            for (int r = 0; r < outputs; r++) {
              long row = (long) (output + r) * layer.inputs() + input;
              for (int i = 0; i < inputs; i++) {
                float product = values.get((long) r * DenseGradient.PANEL + i);
                float weight = product == 0 ? 0 : layer.weight(row + i);
                offer(best, worker, first + row + i, product * weight);
              }
            }
          });
      steps.done();
    }
  }

  /** Offers all connections of sparse layers. */
  void offer(
      List<Topology> topologies, List<Floats> weights, Candidates candidates, TopCells best) {
    for (int l = 0; l < candidates.taking(); l++) {
      Topology topology = topologies.get(l);
      Floats products = new Floats(topology.connections());
      hessian(l).ofConnections(topology, products);
      for (int j = 0; j < topology.outputs(); j++) {
        long row = candidates.first(l) + (long) j * topology.inputs();
        int end = topology.rowStart().get(j + 1L);
        for (int e = topology.rowStart().get(j); e < end; e++) {
          float score = products.get(e) * weights.get(l).get(e);
          offer(best, 0, row + topology.column().get(e), score);
        }
      }
      steps.done();
    }
  }

  /** Bits in the order of the numbers, below 0 and above. The lowest of the paper are highest. */
  private static void offer(TopCells best, int worker, long cell, float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    int order = bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
    if (Integer.compareUnsigned(order, best.bound()) >= 0 && Math.abs(score) <= Float.MAX_VALUE) {
      best.offer(worker, cell, order);
    }
  }
}
