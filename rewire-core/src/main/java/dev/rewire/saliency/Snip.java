package dev.rewire.saliency;

import dev.rewire.evolution.TopCells;
import dev.rewire.layer.Compute;
import dev.rewire.layer.DenseGradient;
import dev.rewire.layer.Signals;
import dev.rewire.memory.Floats;
import dev.rewire.topology.Topology;
import java.util.List;

/**
 * How much the loss of a batch depends on each connection (SNIP, Lee et al. 2019): {@code |g w|},
 * with the gradient of the mean loss of the samples. The largest of the network stay.
 */
final class Snip {
  /** Samples of the batch, as in the paper. */
  static final int SAMPLES = 128;

  private Snip() {}

  /** Offers all cells, after a pass that has gone forward and back. */
  static void offer(
      BatchPass pass,
      List<ImplicitLayer> weights,
      Candidates candidates,
      Compute compute,
      TopCells best,
      Steps steps) {
    for (int l = 0; l < candidates.taking(); l++) {
      ImplicitLayer layer = weights.get(l);
      long first = candidates.first(l);
      new Signals(compute, List.of(pass.signals(l)))
          .everyCell((worker, output, outputs, input, inputs, values) ->
              scan(layer, first, best, worker, output, outputs, input, inputs, values));
      steps.done();
    }
  }

  private static void scan(
      ImplicitLayer layer,
      long first,
      TopCells best,
      int worker,
      int output,
      int outputs,
      int input,
      int inputs,
      Floats values) {
    float largest = layer.largest();
    for (int r = 0; r < outputs; r++) {
      long row = (long) (output + r) * layer.inputs() + input;
      int bound = best.bound();
      float worth = Float.intBitsToFloat(bound);
      for (int i = 0; i < inputs; i++) {
        float gradient = Math.abs(values.get((long) r * DenseGradient.PANEL + i));
        // most cells are out already, whatever their weight
        if (gradient * largest >= worth) {
          float score = gradient == 0 ? 0 : gradient * Math.abs(layer.weight(row + i));
          offer(best, worker, first + row + i, score);
        }
      }
    }
  }

  /** The same for all connections of a sparse network. */
  static void offer(
      BatchPass pass,
      List<Topology> topologies,
      List<Floats> weights,
      Candidates candidates,
      Compute compute,
      TopCells best,
      Steps steps) {
    for (int l = 0; l < candidates.taking(); l++) {
      Topology topology = topologies.get(l);
      Floats gradient = new Floats(topology.connections());
      new Signals(compute, List.of(pass.signals(l))).ofConnections(topology, gradient);
      for (int j = 0; j < topology.outputs(); j++) {
        long row = candidates.first(l) + (long) j * topology.inputs();
        int end = topology.rowStart().get(j + 1L);
        for (int e = topology.rowStart().get(j); e < end; e++) {
          float score = Math.abs(gradient.get(e)) * Math.abs(weights.get(l).get(e));
          offer(best, 0, row + topology.column().get(e), score);
        }
      }
      steps.done();
    }
  }

  /** Offers a score of 0 or more, if it is worth that. */
  static void offer(TopCells best, int worker, long cell, float score) {
    int bits = Float.floatToRawIntBits(score);
    if (bits >= best.bound() && score <= Float.MAX_VALUE) {
      best.offer(worker, cell, bits);
    }
  }
}
