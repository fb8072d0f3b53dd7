package dev.rewire.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input gradient of a few outputs with many connections, which goes block by block. */
class FewOutputsTest {
  @ParameterizedTest
  @CsvSource({"200000, 3, 2, 0.5", "70001, 18, 5, 0.55", "300000, 1, 1, 1", "40000, 5, 8, 0.02"})
  void asOneAdditionAfterTheOther(int inputs, int outputs, int batch, double density) {
    Topology topology = Sampler.EXACT.draw(inputs, outputs, density, new SplittableRandom(1));
    SplittableRandom random = new SplittableRandom(2);
    float[] weight = new float[topology.connections()];
    for (int e = 0; e < weight.length; e++) {
      weight[e] = random.nextFloat() - 0.5f;
    }
    float[][] d = new float[outputs][batch];
    for (float[] row : d) {
      for (int b = 0; b < batch; b++) {
        row[b] = random.nextFloat() - 0.5f;
      }
    }
    float[] expected = obvious(topology, weight, d, batch);
    for (int threads : new int[] {1, 2, 5}) {
      assertThat(gradient(topology, weight, d, batch, threads)).isEqualTo(expected);
    }
  }

  private static float[] obvious(Topology topology, float[] weight, float[][] d, int batch) {
    float[] sums = new float[topology.inputs() * batch];
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        for (int b = 0; b < batch; b++) {
          int at = topology.column().get(e) * batch + b;
          sums[at] = Math.fma(d[j][b], weight[e], sums[at]);
        }
      }
    }
    return sums;
  }

  private static float[] gradient(
      Topology topology, float[] weight, float[][] d, int batch, int threads) {
    Floats weights = new Floats(weight.length);
    weights.copy(weight, 0, 0, weight.length);
    SparseLayer layer = layer(1, topology, weights);
    Topology none = Topology.ofCells(1, topology.inputs(), new long[0]);
    try (Compute compute = new Compute(threads)) {
      LayerPass below =
          new LayerPass(layer(0, none, new Floats(0)), Dropout.NONE, compute, batch, true);
      LayerPass pass = new LayerPass(layer, Dropout.NONE, compute, batch, true);
      below.forward(new Activations(1, batch), 1, true, 0);
      pass.forward(new Activations(topology.inputs(), batch), 1, true, 0);
      for (int j = 0; j < topology.outputs(); j++) {
        for (int b = 0; b < batch; b++) {
          pass.gradient().set(j, b, d[j][b]);
        }
      }
      pass.backward(below);
      float[] gradient = new float[topology.inputs() * batch];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = below.gradient().get(i / batch, i % batch);
      }
      return gradient;
    }
  }

  private static SparseLayer layer(int index, Topology topology, Floats weight) {
    return new SparseLayer(
        index,
        topology,
        weight,
        new Floats(topology.outputs()),
        new Activation.Identity(),
        Dropout.NONE,
        new Initializer.Normal(0.1));
  }
}
