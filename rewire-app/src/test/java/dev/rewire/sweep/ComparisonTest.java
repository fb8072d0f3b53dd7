package dev.rewire.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final String METRIC = "test_accuracy";

  private static Setting setting(String value) {
    return new Setting(Map.of("network.epsilon", value));
  }

  private static Summary summary(String name, double... values) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int s = 0; s < values.length; s++) {
      outcomes.add(new Outcome(setting(name), s + 1, "", Map.of(METRIC, values[s])));
    }
    return Summary.of(setting(name), outcomes, METRIC);
  }

  @Test
  void meanAndDeviationOfASample() {
    Summary summary = summary("1", 2, 4, 4, 4, 5, 5, 7, 9);

    assertThat(summary.mean()).isEqualTo(5);
    assertThat(summary.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
    assertThat(summary("1", 3).deviation()).isNaN();
    assertThat(summary("1").mean()).isNaN();
  }

  /** Student's sleep data, as R prints them: paired t = -4.0621, df = 9, p-value = 0.002833. */
  @Test
  void theExampleOfStudent() {
    Comparison comparison =
        Comparison.of(
            summary("1", 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0),
            summary("2", 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4));

    assertThat(comparison.pairs()).isEqualTo(10);
    assertThat(comparison.difference()).isCloseTo(1.58, within(1e-12));
    assertThat(comparison.t()).isCloseTo(0.002833, within(1e-6));
    assertThat(comparison.wilcoxon()).isBetween(0.003, 0.01);
  }

  /** Two pairs: the t distribution with one degree of freedom is Cauchy's, known in closed form. */
  @Test
  void twoPairsByHand() {
    Comparison comparison = Comparison.of(summary("1", 0, 0), summary("2", 1, 3));
    double t = 2; // mean 2, deviation sqrt(2), so 2 / (sqrt(2) / sqrt(2))

    assertThat(comparison.t()).isCloseTo(1 - 2 / Math.PI * Math.atan(t), within(1e-12));
    assertThat(comparison.wilcoxon()).isNaN();
  }

  /** Wilcoxon's p-value by trying all signs of the differences. */
  @ParameterizedTest
  @ValueSource(ints = {6, 7, 10})
  void wilcoxonAgreesWithTryingAllSigns(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] differences = random.doubles(n, -0.3, 1).toArray();
    Comparison comparison = Comparison.of(summary("1", new double[n]), summary("2", differences));

    int[] ranks =
        Arrays.stream(differences)
            .mapToInt(d ->
                (int) Arrays.stream(differences).filter(e -> Math.abs(e) <= Math.abs(d)).count())
            .toArray();
    int observed = IntStream.range(0, n).filter(i -> differences[i] > 0).map(i -> ranks[i]).sum();
    double middle = n * (n + 1) / 4.0;
    int extreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      int chosen = signs;
      int sum = IntStream.range(0, n).filter(i -> (chosen >> i & 1) == 1).map(i -> ranks[i]).sum();
      extreme += Math.abs(sum - middle) >= Math.abs(observed - middle) ? 1 : 0;
    }
    assertThat(comparison.wilcoxon()).isCloseTo(extreme / Math.pow(2, n), within(1e-12));
  }

  @Test
  void onlySeedsOfBothCount() {
    List<Outcome> outcomes =
        List.of(
            new Outcome(setting("1"), 1, "", Map.of(METRIC, 0.5)),
            new Outcome(setting("1"), 2, "", Map.of(METRIC, 0.6)),
            new Outcome(setting("2"), 2, "", Map.of(METRIC, 0.8)),
            new Outcome(setting("2"), 3, "", Map.of(Outcome.DIVERGED, "layer 0")));
    SweepResult result =
        SweepResult.of(METRIC, List.of(setting("1"), setting("2")), List.of(1L, 2L, 3L), outcomes);

    assertThat(result.complete()).isFalse();
    Comparison comparison = result.comparisons().getFirst();
    assertThat(comparison.pairs()).isEqualTo(1);
    assertThat(comparison.difference()).isCloseTo(0.2, within(1e-12));
    assertThat(comparison.t()).isNaN();
    assertThat(result.summaries().get(1).diverged()).isEqualTo(1);
    SweepTable table = new SweepTable(result);
    assertThat(table.settings().getFirst()).contains("diverged");
    assertThat(table.markdown()).contains("| epsilon=1 | 2 | 55.00 % |").contains("+20.00 %");
    assertThat(table.runs()).contains("2,3,,,,,,,,,,layer 0\n");
  }

  @Test
  void theSameResultsHaveNoTest() {
    Comparison comparison = Comparison.of(summary("1", 1, 2, 3), summary("2", 1, 2, 3));

    assertThat(comparison.difference()).isZero();
    assertThat(comparison.t()).isNaN();
  }

  @Test
  void holmMultipliesTheSmallestMost() {
    List<Comparison> all =
        Comparison.all(
            List.of(
                summary("1", 0.50, 0.51, 0.52, 0.53),
                summary("2", 0.60, 0.62, 0.61, 0.64),
                summary("3", 0.61, 0.60, 0.63, 0.66)));
    List<Comparison> sorted = all.stream().sorted((a, b) -> Double.compare(a.t(), b.t())).toList();

    assertThat(all).hasSize(3);
    assertThat(sorted.get(0).adjusted()).isCloseTo(3 * sorted.get(0).t(), within(1e-12));
    assertThat(sorted.get(1).adjusted())
        .isCloseTo(Math.max(3 * sorted.get(0).t(), 2 * sorted.get(1).t()), within(1e-12));
    assertThat(sorted.get(2).adjusted()).isCloseTo(sorted.get(2).t(), within(1e-12));
  }
}
