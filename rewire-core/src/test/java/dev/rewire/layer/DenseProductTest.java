package dev.rewire.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nearly dense layers against the sparse loops that they replace. */
class DenseProductTest {
  private static final List<Kernels> BOTH = List.of(KernelProvider.get(), KernelProvider.scalar());

  private static SparseLayer layer(Topology topology) {
    Initializer initializer = new Initializer.Normal(0.5);
    RandomStreams streams = new RandomStreams(3);
    return SparseLayer.initialized(
        1, topology, new Activation.Tanh(), Dropout.NONE, initializer, streams);
  }

  private static Activations random(int units, int batch, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Activations x = new Activations(units, batch);
    for (int i = 0; i < units; i++) {
      for (int b = 0; b < batch; b++) {
        x.set(i, b, random.nextInt(7) == 0 ? 0f : (float) random.nextGaussian());
      }
    }
    return x;
  }

  /** Outputs, input gradient and weights after a step, of one layer above another. */
  private record Step(float[] output, float[] inputGradient, float[] weight, float[] bias) {
    static Step of(Kernels kernels, Topology topology, int batch, int threads) {
      SparseLayer layer = layer(topology);
      SparseLayer below = layer(Topology.ofCells(1, topology.inputs(), new long[0]));
      Optimizer optimizer = Sgd.rate(0.1).momentum(0.9);
      layer.prepare(optimizer);
      try (Compute compute = new Compute(threads, kernels)) {
        LayerPass first = new LayerPass(below, Dropout.NONE, compute, batch, true);
        LayerPass pass = new LayerPass(layer, Dropout.NONE, compute, batch, true);
        Activations x = random(topology.inputs(), batch, 5);
        first.forward(new Activations(1, batch), x.samples(), true, 0);
        float[] output = pass.forward(x, x.samples(), true, 0).values().toArray();
        Activations d = random(topology.outputs(), batch, 6);
        pass.gradient().values().copy(d.values(), 0, 0, d.values().length());
        pass.backward(first);
        pass.update(optimizer, 0);
        return new Step(
            output,
            first.gradient().values().toArray(),
            layer.weight().toArray(),
            layer.bias().toArray());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 16",
    "3, 5, 20",
    "33, 40, 64",
    "64, 7, 100",
    "100, 41, 130",
    "31, 64, 128",
    "300, 90, 70"
  })
  void theSameBitsWithAndWithoutVectorsAndOnAnyNumberOfThreads(int inputs, int outputs, int batch) {
    for (double density : new double[] {0.75, 1}) {
      Topology topology =
          Sampler.EXACT.draw(inputs, outputs, density, new java.util.Random(inputs));
      assertThat(DenseProduct.suits(topology.density(), Activations.width(batch))).isTrue();
      Step expected = Step.of(KernelProvider.scalar(), topology, batch, 1);
      for (Kernels kernels : BOTH) {
        for (int threads : new int[] {1, 2, 5}) {
          assertThat(Step.of(kernels, topology, batch, threads))
              .usingRecursiveComparison()
              .isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 16",
    "3, 5, 20",
    "33, 40, 64",
    "64, 7, 100",
    "100, 41, 130",
    "31, 64, 128",
    "300, 90, 70"
  })
  void asTheSparseLoops(int inputs, int outputs, int batch) {
    Topology topology = Sampler.EXACT.draw(inputs, outputs, 0.75, new java.util.Random(1));
    Kernels kernels = KernelProvider.scalar();
    SparseLayer layer = layer(topology);
    Activations x = random(inputs, batch, 5);
    Activations d = random(outputs, batch, 6);
    try (Compute compute = new Compute(1, kernels)) {
      Activations y = new Activations(outputs, batch);
      Activations dx = new Activations(inputs, batch);
      DenseProduct dense = new DenseProduct(layer, compute, y);
      dense.forward(x, y, x.tiles(), 0, outputs, 0);
      Ints position = Ints.of(topology.rowStart().toArray());
      dense.inputGradient(d, dx, x.tiles(), position, 0, inputs, 0);
      dense.transpose(x, x.tiles());
      Floats g = new Floats(topology.connections());
      for (int j = 0; j < outputs; j += DenseProduct.ROWS) {
        int to = Math.min(j + DenseProduct.ROWS, outputs);
        Floats some = new Floats(topology.rowStart().get(to) - topology.rowStart().get(j));
        dense.products(d, j, to, some, 0);
        g.copy(some, 0, topology.rowStart().get(j), some.length());
      }
      for (int j = 0; j < outputs; j++) {
        for (int b = 0; b < batch; b++) {
          float sum = layer.bias().get(j);
          for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1); e++) {
            sum = Math.fma(x.get(topology.column().get(e), b), layer.weight().get(e), sum);
          }
          assertThat(y.get(j, b)).isEqualTo(sum);
        }
        for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1); e++) {
          double sum = 0;
          for (int b = 0; b < batch; b++) {
            sum += (double) x.get(topology.column().get(e), b) * d.get(j, b);
          }
          assertThat((double) g.get(e)).isCloseTo(sum, within(1e-4));
        }
      }
      for (int i = 0; i < inputs; i++) {
        for (int b = 0; b < batch; b++) {
          float sum = 0;
          for (int k = topology.inputStart().get(i); k < topology.inputStart().get(i + 1); k++) {
            float w = layer.weight().get(topology.edge().get(k));
            sum = Math.fma(d.get(topology.target().get(k), b), w, sum);
          }
          assertThat(dx.get(i, b)).isEqualTo(sum);
        }
      }
    }
  }
}
