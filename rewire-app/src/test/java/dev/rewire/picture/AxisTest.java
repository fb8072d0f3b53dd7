package dev.rewire.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  private static List<String> labels(Axis axis) {
    return axis.marks().stream().map(axis::label).toList();
  }

  @Test
  void linearEndsAtRoundNumbers() {
    assertThat(labels(Axis.linear(0, 0.74))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8");
    assertThat(labels(Axis.linear(77.4, 99.1)))
        .containsExactly("75", "80", "85", "90", "95", "100");
    assertThat(labels(Axis.linear(0, 39_048))).contains("0", "10,000", "40,000");
  }

  @Test
  void wholeNumbersHaveNoFractions() {
    assertThat(labels(Axis.whole(1, 3))).containsExactly("1", "2", "3");
    assertThat(labels(Axis.whole(1, 1))).containsExactly("1", "2");
    assertThat(labels(Axis.whole(0.5, 20.5))).containsExactly("5", "10", "15", "20");
  }

  @Test
  void logarithmicMarksOneTwoAndFive() {
    assertThat(labels(Axis.logarithmic(0.0016, 0.74)))
        .containsExactly("0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 5", "-3, 7", "1e-9, 2e-9", "0, 1e12"})
  void everyValueLiesOnTheAxis(double least, double most) {
    Axis axis = Axis.linear(least, most);
    assertThat(axis.place(least)).isBetween(-1e-6, 1.0);
    assertThat(axis.place(most)).isBetween(0.0, 1 + 1e-6);
    assertThat(axis.marks()).hasSizeBetween(2, 12);
    assertThat(labels(axis)).doesNotContain("-0").doesNotHaveDuplicates();
  }
}
