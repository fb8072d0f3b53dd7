package dev.rewire.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.Compute;
import dev.rewire.layer.Initializer;
import dev.rewire.memory.Activations;
import dev.rewire.random.RandomStreams;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that are nowhere are as good as drawn ones. */
class ImplicitLayerTest {
  private static final RandomStreams STREAMS = new RandomStreams(3);

  private static ImplicitLayer layer(int inputs, int outputs, String initializer) {
    return ImplicitLayer.of(inputs, outputs, Initializer.of(initializer), STREAMS, 1);
  }

  /** Quantiles as tables have them. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.75, 0.6744897501960817",
    "0.9, 1.2815515655446004",
    "0.975, 1.959963984540054",
    "0.999, 3.090232306167813",
    "0.99999, 4.26489079392384",
    "1e-9, -5.9978070150076865",
    "1e-14, -7.650730905155643",
    "0.08, -1.4050715603096329",
    "0.07, -1.4757910281791702"
  })
  void quantiles(double p, double x) {
    assertThat(NormalQuantile.at(p)).isCloseTo(x, within(2e-7 * Math.max(1, Math.abs(x))));
  }

  @ParameterizedTest
  @CsvSource({
    "sparse-he:2.0, 0.07071067811865475, 3",
    "normal:0.3, 0.3, 3",
    "he-uniform, 0.07071067811865475, 1.8",
    "glorot-uniform, 0.05, 1.8",
    "synapses, 0.07071067811865475, 3",
    "torch-linear, 0.02886751345948129, 1.8"
  })
  void theDistributionOfADenseLayer(String initializer, double deviation, double kurtosis) {
    ImplicitLayer layer = layer(400, 400, initializer);
    double squares = 0;
    double sum = 0;
    double fourth = 0;
    double neighbours = 0;
    double below = 0;
    for (long cell = 0; cell < layer.cells(); cell++) {
      double w = layer.weight(cell);
      assertThat(Math.abs(w)).isLessThanOrEqualTo(layer.largest());
      sum += w;
      squares += w * w;
      fourth += w * w * w * w;
      neighbours += w * layer.weight((cell + 1) % layer.cells());
      below += w * layer.weight((cell + 400) % layer.cells());
    }
    double variance = squares / layer.cells();
    double scatter = 4 / Math.sqrt(layer.cells());
    assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(scatter * deviation));
    assertThat(sum / layer.cells()).isCloseTo(0, within(scatter * deviation));
    assertThat(fourth / layer.cells() / variance / variance)
        .isCloseTo(kurtosis, within(5 * scatter));
    assertThat(neighbours / layer.cells() / variance).isCloseTo(0, within(scatter));
    assertThat(below / layer.cells() / variance).isCloseTo(0, within(scatter));
  }

  @Test
  void everyLayerAndSeedHasItsOwn() {
    Set<Float> first = new HashSet<>();
    for (int layer = 0; layer < 5; layer++) {
      for (int seed = 0; seed < 5; seed++) {
        Initializer he = new Initializer.SparseHe(2);
        first.add(ImplicitLayer.of(9, 9, he, new RandomStreams(seed), layer).weight(0));
      }
    }
    assertThat(first).hasSize(25);
    assertThat(layer(9, 9, "sparse-he:2").bias(3)).isZero();
    assertThat(layer(9, 9, "torch-linear").bias(3)).isNotZero();
  }

  @ParameterizedTest(name = "{0} x {1}, {2} samples, {3} threads")
  @CsvSource({
    "5, 3, 16, 1",
    "600, 37, 20, 2",
    "37, 1100, 100, 3",
    "1, 1, 64, 2",
    "129, 130, 130, 2"
  })
  void productsAreThoseOfTheMatrix(int inputs, int outputs, int samples, int threads) {
    ImplicitLayer layer = layer(inputs, outputs, "torch-linear");
    Activations x = random(inputs, samples, 1);
    Activations d = random(outputs, samples, 2);
    Activations y = new Activations(outputs, samples);
    Activations e = new Activations(inputs, samples);
    try (Compute compute = new Compute(threads)) {
      TileProduct product = new TileProduct(compute, List.of(layer), x.samples());
      product.forward(0, x, x.tiles(), true, y);
      product.backward(0, d, d.tiles(), e);
      // two blocks a thread, whatever the layer
      assertThat(product.held()).isEqualTo(threads * 4L * (512 + x.samples()));
    }
    for (int b = 0; b < samples; b += 3) {
      for (int j = 0; j < outputs; j++) {
        double sum = layer.bias(j);
        for (int i = 0; i < inputs; i++) {
          sum += (double) layer.weight((long) j * inputs + i) * x.get(i, b);
        }
        assertThat((double) y.get(j, b)).isCloseTo(sum, within(1e-5 * (1 + Math.abs(sum))));
      }
      for (int i = 0; i < inputs; i++) {
        double sum = 0;
        for (int j = 0; j < outputs; j++) {
          sum += (double) layer.weight((long) j * inputs + i) * d.get(j, b);
        }
        assertThat((double) e.get(i, b)).isCloseTo(sum, within(1e-4 * (1 + Math.abs(sum))));
      }
    }
  }

  private static Activations random(int units, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Activations x = new Activations(units, samples);
    for (int unit = 0; unit < units; unit++) {
      for (int b = 0; b < samples; b++) {
        x.set(unit, b, (float) random.nextGaussian());
      }
    }
    return x;
  }
}
