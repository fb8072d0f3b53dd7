package dev.rewire.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How dense each layer is, against the published tables. */
class DensityAllocationTest {
  private static List<LayerShape> layers(int... widths) {
    List<LayerShape> shapes = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      shapes.add(new LayerShape(widths[l - 1], widths[l]));
    }
    return shapes;
  }

  private static double[] numbers(String numbers) {
    return Arrays.stream(numbers.split("/")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "784, 1000, 20, 0.045510",
    "1000, 1000, 20, 0.04",
    "1000, 10, 20, 2.02",
    "4000, 10, 20, 2.005",
    "3000, 5, 20, 4.0067",
    "784, 512, 11, 0.035515",
    "512, 128, 11, 0.107422",
    "28, 1000, 10, 0.367143",
    "500000, 18, 10, 0.555576",
    "500000, 500000, 10, 0.00004"
  })
  void epsilonIsNotCapped(int inputs, int outputs, double epsilon, double p) {
    double[] found = new DensityAllocation.Epsilon(epsilon).probabilities(layers(inputs, outputs));
    assertThat(found).hasSize(1);
    // The table has six digits behind the point, but four for the largest.
    assertThat(found[0]).isCloseTo(p, within(p > 4 ? 5e-5 : 5e-7));
  }

  @ParameterizedTest
  @CsvSource({
    "784/300/100/10, 0.20, 0.162241/0.469362/1, 38159/14081/1000",
    "784/300/100/10, 0.10, 0.079568/0.230189/1, 18714/6906/1000",
    "784/300/100/10, 0.05, 0.038484/0.111334/0.918507, 9051/3340/919",
    "784/300/100/10, 0.02, 0.015394/0.044534/0.367403, 3621/1336/367",
    "784/300/100/10, 0.01, 0.007697/0.022267/0.183701, 1810/668/184",
    "784/1000/1000/1000/10, 0.10, 0.105986/0.093154/0.093154/1, ''",
    "784/1000/1000/1000/10, 0.05, 0.051026/0.044848/0.044848/1, ''",
    "784/1000/1000/1000/10, 0.01, 0.009358/0.008225/0.008225/0.415358, ''"
  })
  void erdosRenyiKernel(String widths, double density, String densities, String connections) {
    List<LayerShape> shapes =
        layers(Arrays.stream(numbers(widths)).mapToInt(width -> (int) width).toArray());
    double[] found = new DensityAllocation.ErdosRenyiKernel(density).probabilities(shapes);
    assertThat(found).containsExactly(numbers(densities), within(5e-7));
    double total = 0;
    double cells = 0;
    for (int l = 0; l < found.length; l++) {
      total += found[l] * shapes.get(l).cells();
      cells += shapes.get(l).cells();
      if (!connections.isEmpty()) {
        assertThat(Math.round(found[l] * shapes.get(l).cells()))
            .isEqualTo((long) numbers(connections)[l]);
      }
    }
    assertThat(total / cells).isCloseTo(density, within(1e-12));
  }

  @Test
  void erdosRenyiKernelOfAWholeNetworkIsComplete() {
    assertThat(new DensityAllocation.ErdosRenyiKernel(1).probabilities(layers(7, 5, 3)))
        .containsExactly(1, 1);
  }

  @Test
  void erdosRenyiKernelOfOneLayerIsItsDensity() {
    assertThat(new DensityAllocation.ErdosRenyiKernel(0.3).probabilities(layers(7, 5)))
        .containsExactly(new double[] {0.3}, within(1e-15));
  }

  @Test
  void uniformIsTheSameEverywhere() {
    assertThat(new DensityAllocation.Uniform(0.1).probabilities(layers(784, 300, 10)))
        .containsExactly(0.1, 0.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void badEpsilon(double epsilon) {
    assertThatThrownBy(() -> new DensityAllocation.Epsilon(epsilon))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon must be above 0: " + epsilon);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
  void badDensity(double density) {
    String message = "density must be above 0 and at most 1: " + density;
    assertThatThrownBy(() -> new DensityAllocation.Uniform(density)).hasMessage(message);
    assertThatThrownBy(() -> new DensityAllocation.ErdosRenyiKernel(density)).hasMessage(message);
  }
}
