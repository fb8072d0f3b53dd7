package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.ImageShape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendCurveTest {
  @Test
  void squaresOfMnistAreTheDefinedOnes() {
    int[] counts = new Random(1).ints(784, 0, 60).toArray();
    TrendCurve curve = TrendCurve.of(counts, new ImageShape(28, 28, 1));
    assertThat(curve.values()).hasSize(14);
    for (int i = 0; i < 14; i++) {
      double sum = 0;
      for (int y = 13 - i; y <= 14 + i; y++) {
        for (int x = 13 - i; x <= 14 + i; x++) {
          sum += counts[y * 28 + x];
        }
      }
      double side = 2 * (i + 1);
      assertThat(curve.values()[i]).isCloseTo(sum / (side * side), within(1e-12));
    }
    assertThat(curve.centerMeanRatio())
        .isCloseTo(curve.values()[6] / curve.values()[13], within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,2,1,2", "3,3,2,1", "5,5,3,3", "30,30,15,14", "32,32,16,16", "6,12,3,2"})
  void sidesGrowByTwo(int height, int width, int squares, int halfSide) {
    CentredRectangles rectangles = new CentredRectangles(height, width);
    assertThat(rectangles.count()).isEqualTo(squares);
    int half = rectangles.half();
    assertThat(
            rectangles.shorter()
                - 2 * (height < width ? rectangles.top(half) : rectangles.left(half)))
        .isEqualTo(halfSide);
    int last = squares - 1;
    assertThat(rectangles.pixels(last)).isEqualTo(height * width);
    for (int i = 0; i < last; i++) {
      assertThat(rectangles.top(i) - rectangles.top(i + 1)).isEqualTo(1);
      assertThat(rectangles.pixels(i)).isPositive().isLessThan(rectangles.pixels(i + 1));
    }
  }

  @Test
  void longerSideShrinksInProportion() {
    CentredRectangles rectangles = new CentredRectangles(6, 12);
    assertThat(rectangles.left(0)).isEqualTo(4);
    assertThat(rectangles.left(1)).isEqualTo(2);
    assertThat(TrendCurve.of(new double[72], new ImageShape(6, 12, 3)).values()).hasSize(3);
  }

  @Test
  void knownPictures() {
    double[] centre = new double[16];
    centre[5] = 4;
    ImageShape shape = new ImageShape(4, 4, 1);
    TrendCurve curve = TrendCurve.of(centre, shape);
    assertThat(curve.values()).containsExactly(1, 0.25);
    assertThat(curve.centerMeanRatio()).isEqualTo(4);
    assertThat(TrendCurve.of(new int[16], shape).centerMeanRatio()).isEqualTo(1);
    assertThatThrownBy(() -> TrendCurve.of(new int[15], shape))
        .hasMessage("a picture of 4 x 4 pixels cannot have 15 numbers");
  }
}
