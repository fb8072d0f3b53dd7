package dev.rewire.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.Partition;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input gradient of small batches, which needs no transposed index. */
class InputGradientTest {
  /** One layer and what comes back to it, a row of the batch for each output. */
  private record Case(Topology topology, float[] weight, float[] d, int batch) {
    static Case of(int inputs, int outputs, int batch, double density) {
      Topology topology = Sampler.EXACT.draw(inputs, outputs, density, new SplittableRandom(1));
      float[] weight = numbers(topology.connections(), 2);
      return new Case(topology, weight, numbers(outputs * batch, 3), batch);
    }

    /** One addition after the other, for some outputs. */
    float[] obvious(int from, int to) {
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

    float[] obvious() {
      return obvious(0, topology.outputs());
    }
  }

  /** A few outputs with many connections go block by block. */
  @ParameterizedTest
  @CsvSource({"200000, 3, 2, 0.5", "70001, 18, 5, 0.55", "300000, 1, 1, 1", "40000, 5, 8, 0.02"})
  void asOneAdditionAfterTheOther(int inputs, int outputs, int batch, double density) {
    Case c = Case.of(inputs, outputs, batch, density);
    for (int threads : new int[] {1, 2, 5}) {
      assertThat(gradient(threads, c)).isEqualTo(c.obvious());
    }
  }

  /** With many connections to an input, groups of outputs have sums of their own. */
  @ParameterizedTest
  @CsvSource({"300, 200, 2, 0.1", "3001, 500, 8, 0.05", "77, 30, 1, 0.6", "40, 1000, 4, 0.02"})
  void asTheSumOfEightGroups(int inputs, int outputs, int batch, double density) {
    Case c = Case.of(inputs, outputs, batch, density);
    Partition groups = Partition.groups(c.topology().rowStart(), 8);
    float[] expected = c.obvious(groups.from(0), groups.to(0));
    for (int g = 1; g < 8; g++) {
      float[] sums = c.obvious(groups.from(g), groups.to(g));
      for (int i = 0; i < sums.length; i++) {
        expected[i] += sums[i];
      }
    }
    assertThat(expected).isNotEqualTo(c.obvious());
    for (int threads : new int[] {1, 2, 5, 11}) {
      assertThat(gradient(threads, c)).isEqualTo(expected);
    }
  }

  /** A run that is resumed knows nothing of the connections that a layer once had. */
  @Test
  void theWayIsThatOfTheConnectionsOfTheMoment() {
    Case many = Case.of(200, 100, 2, 0.3);
    Case few = Case.of(200, 100, 2, 0.05);
    assertThat(gradient(2, many, few)).isEqualTo(gradient(2, few));
    assertThat(gradient(2, few, many)).isEqualTo(gradient(2, many));
  }

  private static float[] numbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  /** The gradient of the last one of some cases that a layer meets one after the other. */
  private static float[] gradient(int threads, Case... cases) {
    Topology topology = cases[0].topology();
    int batch = cases[0].batch();
    SparseLayer layer = layer(1, topology, new Floats(topology.connections()));
    Topology none = Topology.ofCells(1, topology.inputs(), new long[0]);
    try (Compute compute = new Compute(threads)) {
      LayerPass below =
          new LayerPass(layer(0, none, new Floats(0)), Dropout.NONE, compute, batch, true);
      LayerPass pass = new LayerPass(layer, Dropout.NONE, compute, batch, true);
      for (Case c : cases) {
        layer.resizeWeight(c.weight().length).copy(c.weight(), 0, 0, c.weight().length);
        layer.rewire(c.topology());
        below.forward(new Activations(1, batch), 1, true, 0);
        pass.forward(new Activations(topology.inputs(), batch), 1, true, 0);
        for (int i = 0; i < c.d().length; i++) {
          pass.gradient().set(i / batch, i % batch, c.d()[i]);
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
