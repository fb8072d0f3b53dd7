package dev.rewire.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.memory.Floats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of SGD; its steps are compared with references elsewhere. */
class SgdTest {
  @Test
  void onlyMomentumNeedsMemory() {
    assertThat(Sgd.rate(0.1).slots()).isEmpty();
    assertThat(Sgd.rate(0.1).momentum(0.9).slots()).containsExactly("velocity");
  }

  @Test
  void theFirstVelocityIsNotDampened() {
    Sgd sgd = Sgd.rate(1).momentum(0.5).dampening(0.75);
    Floats velocity = new Floats(1);
    for (int step = 0; step < 2; step++) {
      sgd.update(
          KernelProvider.get().descent(),
          step,
          Optimizer.Role.WEIGHT,
          Floats.of(8f),
          new Floats(1),
          new Floats[] {velocity},
          0,
          1);
      assertThat(velocity.get(0)).isEqualTo(step == 0 ? 8f : 6f);
    }
  }

  @Test
  void l1IsForWeightsOnly() {
    for (Optimizer.Role role : Optimizer.Role.values()) {
      Floats value = Floats.of(1f, -1f, 0f);
      Sgd.rate(1)
          .l1(0.25)
          .update(
              KernelProvider.get().descent(), 0, role, new Floats(3), value, new Floats[0], 0, 3);
      float moved = role == Optimizer.Role.WEIGHT ? 0.75f : 1f;
      assertThat(value.toArray()).containsExactly(moved, -moved, 0f);
    }
  }

  @Test
  void theOrderOfSettingsDoesNotMatter() {
    WeightDecay decay = WeightDecay.coupled(1e-4);
    assertThat(Sgd.rate(0.1).momentum(0.9).nesterov().weightDecay(decay).l1(0.2).dampening(0.3))
        .hasToString(
            Sgd.rate(0.1)
                .dampening(0.3)
                .l1(0.2)
                .weightDecay(decay)
                .momentum(0.9)
                .nesterov()
                .toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void badNumbers(double bad) {
    assertThatThrownBy(() -> Sgd.rate(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learning rate must be 0 or more: " + bad);
    assertThatThrownBy(() -> Sgd.rate(1).l1(bad)).hasMessage("l1 must be 0 or more: " + bad);
    assertThatThrownBy(() -> Sgd.rate(1).momentum(bad)).hasMessageStartingWith("momentum must be");
    assertThatThrownBy(() -> Sgd.rate(1).dampening(bad))
        .hasMessageStartingWith("dampening must be");
    assertThatThrownBy(() -> WeightDecay.coupled(bad))
        .hasMessage("weight decay must be 0 or more: " + bad);
  }

  @Test
  void momentumIsBelowOneAndNesterovNeedsSome() {
    assertThatThrownBy(() -> Sgd.rate(1).momentum(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sgd.rate(1).nesterov())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Nesterov's step needs a momentum above 0");
  }
}
