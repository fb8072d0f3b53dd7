package dev.rewire.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.Partition;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input gradient of small batches, which needs no transposed index. */
class InputGradientTest {
  /** A few outputs with many connections go block by block. */
  @ParameterizedTest
  @CsvSource({"200000, 3, 2, 0.5", "70001, 18, 5, 0.55", "300000, 1, 1, 1", "40000, 5, 8, 0.02"})
  void asOneAdditionAfterTheOther(int inputs, int outputs, int batch, double density) {
    Topology topology = Sampler.EXACT.draw(inputs, outputs, density, new SplittableRandom(1));
    float[] weight = numbers(topology.connections(), 2);
    float[] d = numbers(outputs * batch, 3);
    float[] expected = obvious(topology, weight, d, batch, 0, outputs);
    for (int threads : new int[] {1, 2, 5}) {
      assertThat(gradient(topology, weight, d, batch, threads)).isEqualTo(expected);
    }
  }

  /** With many connections to an input, groups of outputs have sums of their own. */
  @ParameterizedTest
  @CsvSource({"300, 200, 2, 0.1", "3001, 500, 8, 0.05", "77, 30, 1, 0.6", "40, 1000, 4, 0.02"})
  void asTheSumOfEightGroups(int inputs, int outputs, int batch, double density) {
    Topology topology = Sampler.EXACT.draw(inputs, outputs, density, new SplittableRandom(1));
    float[] weight = numbers(topology.connections(), 2);
    float[] d = numbers(outputs * batch, 3);
    Partition groups = Partition.groups(topology.rowStart(), 8);
    float[] expected = obvious(topology, weight, d, batch, groups.from(0), groups.to(0));
    for (int g = 1; g < 8; g++) {
      float[] sums = obvious(topology, weight, d, batch, groups.from(g), groups.to(g));
      for (int i = 0; i < sums.length; i++) {
        expected[i] += sums[i];
      }
    }
    assertThat(expected).isNotEqualTo(obvious(topology, weight, d, batch, 0, outputs));
    for (int threads : new int[] {1, 2, 5, 11}) {
      assertThat(gradient(topology, weight, d, batch, threads)).isEqualTo(expected);
    }
  }

  /** A run that is resumed knows nothing of the connections that a layer once had. */
  @Test
  void theWayIsThatOfTheConnectionsOfTheMoment() {
    Topology many = Sampler.EXACT.draw(200, 100, 0.3, new SplittableRandom(1));
    Topology few = Sampler.EXACT.draw(200, 100, 0.05, new SplittableRandom(1));
    for (Topology last : List.of(many, few)) {
      Topology first = last == many ? few : many;
      float[] weight = numbers(last.connections(), 2);
      float[] d = numbers(100 * 2, 3);
      float[] after = gradient(List.of(first, last), weight, d, 2, 2);
      assertThat(after).isEqualTo(gradient(last, weight, d, 2, 2));
    }
  }

  private static float[] numbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  private static float[] obvious(
      Topology topology, float[] weight, float[] d, int batch, int from, int to) {
    float[] sums = new float[topology.inputs() * batch];
    for (int j = from; j < to; j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        for (int b = 0; b < batch; b++) {
          int at = topology.column().get(e) * batch + b;
          sums[at] = Math.fma(d[j * batch + b], weight[e], sums[at]);
        }
      }
    }
    return sums;
  }

  private static float[] gradient(
      Topology topology, float[] weight, float[] d, int batch, int threads) {
    return gradient(List.of(topology), weight, d, batch, threads);
  }

  /** The gradient of the last one of some topologies that a layer has one after the other. */
  private static float[] gradient(
      List<Topology> topologies, float[] weight, float[] d, int batch, int threads) {
    Topology topology = topologies.getFirst();
    SparseLayer layer = layer(1, topology, new Floats(topology.connections()));
    Topology none = Topology.ofCells(1, topology.inputs(), new long[0]);
    try (Compute compute = new Compute(threads)) {
      LayerPass below =
          new LayerPass(layer(0, none, new Floats(0)), Dropout.NONE, compute, batch, true);
      LayerPass pass = new LayerPass(layer, Dropout.NONE, compute, batch, true);
      for (Topology here : topologies) {
        Floats weights = layer.resizeWeight(here.connections());
        layer.rewire(here);
        if (here == topologies.getLast()) {
          weights.copy(weight, 0, 0, weight.length);
        }
        below.forward(new Activations(1, batch), 1, true, 0);
        pass.forward(new Activations(topology.inputs(), batch), 1, true, 0);
        for (int i = 0; i < d.length; i++) {
          pass.gradient().set(i / batch, i % batch, d[i]);
        }
        pass.backward(below);
      }
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
