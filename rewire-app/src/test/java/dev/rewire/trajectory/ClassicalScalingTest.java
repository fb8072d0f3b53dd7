package dev.rewire.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicalScalingTest {
  @Test
  void aRectangleComesBackAsItIs() {
    double[][] corners = {{0, 0}, {4, 0}, {4, 3}, {0, 3}};

    ClassicalScaling map = ClassicalScaling.of(distances(corners));

    assertThat(map.x()).usingComparatorWithPrecision(1e-12).containsExactly(2, -2, -2, 2);
    assertThat(map.y()).usingComparatorWithPrecision(1e-12).containsExactly(1.5, 1.5, -1.5, -1.5);
    assertThat(map.explained()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 60})
  void distancesOfAPlaneComeBack(int things) {
    Random random = new Random(things);
    double[][] points = new double[things][2];
    for (double[] point : points) {
      point[0] = random.nextGaussian();
      point[1] = random.nextGaussian() / 3;
    }
    double[][] distances = distances(points);

    ClassicalScaling map = ClassicalScaling.of(distances);

    double[][] found = new double[things][2];
    for (int i = 0; i < things; i++) {
      found[i] = new double[] {map.x()[i], map.y()[i]};
    }
    double[][] again = distances(found);
    for (int i = 0; i < things; i++) {
      assertThat(again[i]).usingComparatorWithPrecision(1e-9).containsExactly(distances[i]);
    }
    assertThat(map.explained()).isCloseTo(1, within(1e-9));
  }

  @Test
  void whatHasMoreDimensionsIsExplainedInPart() {
    double[][] points = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};

    assertThat(ClassicalScaling.of(distances(points)).explained())
        .isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void thingsAtOnePlaceStayThere() {
    ClassicalScaling map = ClassicalScaling.of(new double[3][3]);

    assertThat(map.x()).containsOnly(0);
    assertThat(map.y()).containsOnly(0);
    assertThat(map.explained()).isEqualTo(1);
  }

  @Test
  void distancesThatAreNoneAreRefused() {
    double[][] lopsided = {{0, 1}, {2, 0}};
    double[][] ragged = {{0, 1}, {1}};

    assertThatThrownBy(() -> ClassicalScaling.of(lopsided))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("distance of 1 and 0");
    assertThatThrownBy(() -> ClassicalScaling.of(ragged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("square");
  }

  private static double[][] distances(double[][] points) {
    double[][] distances = new double[points.length][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        double sum = 0;
        for (int d = 0; d < points[i].length; d++) {
          sum += (points[i][d] - points[j][d]) * (points[i][d] - points[j][d]);
        }
        distances[i][j] = Math.sqrt(sum);
      }
    }
    return distances;
  }
}
