package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.kernel.Descent;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule against its words: PyTorch's ReduceLROnPlateau with a patience that is one less. */
class PlateauTest {
  private static List<Double> scales(Plateau rule, double... losses) {
    Plateau.State state = Plateau.State.START;
    List<Double> scales = new ArrayList<>();
    for (double loss : losses) {
      state = rule.after(state, loss);
      scales.add(state.scale());
    }
    return scales;
  }

  @Test
  void theRateGivesWayAfterSomeEpochsWithoutABetterOne() {
    assertThat(scales(new Plateau(2, 0.5, 0), 3, 2, 2, 1.9, 2, 1.9, 1.8, 5, 5, 5, 5))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125);
  }

  @Test
  void aLittleBetterIsNotBetter() {
    assertThat(scales(new Plateau(1, 0.5, 0.1), 1, 0.95, 0.89, 0.81, 0.8))
        .containsExactly(1.0, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void withoutANumberNothingIsBetter() {
    assertThat(scales(new Plateau(1, 0.5, 0), Double.NaN, 1, Double.NaN))
        .containsExactly(0.5, 0.5, 0.25);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5, 0", "1, 0, 0", "1, 1, 0", "1, NaN, 0", "1, 0.5, -0.1", "1, 0.5, 1"})
  void numbersOutOfRange(int patience, double factor, double threshold) {
    assertThatThrownBy(() -> new Plateau(patience, factor, threshold))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** An optimizer of somebody else that knows no rate. */
  @Test
  void anOptimizerWithoutARateIsRefusedAtOnce() {
    Optimizer own =
        new Optimizer() {
          @Override
          public List<String> slots() {
            return List.of();
          }

          @Override
          public void update(
              Descent descent,
              long step,
              Role role,
              Floats gradient,
              Floats value,
              Floats[] state,
              long from,
              long to) {}
        };
    TrainingPlan plan = TrainingPlan.defaults().withPlateau(new Plateau(1, 0.5, 0));
    assertThatThrownBy(() -> plan.withOptimizer(own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no learning rate that could be lowered on a plateau");
    assertThat(plan.withOptimizer(Sgd.rate(1)).plateau()).isNotNull();
  }
}
