package dev.rewire.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Adam.Correction;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What all optimizers share, and what the reference sequences of other programs do not show; those
 * are in {@code OptimizerTracesTest}.
 */
class AdaptiveOptimizersTest {
  private static final int COUNT = 70;
  private static final int LAYERS = 3;

  static List<ScheduledOptimizer<?>> all() {
    Schedule rate = Schedule.of("0.02..0.05 linear");
    return List.of(
        Sgd.rate(rate).momentum(0.9).nesterov(),
        Adam.rate(rate),
        Adam.rate(rate).amsgrad().correction(Correction.BIRTH),
        RmsProp.rate(rate).centered().momentum(0.5),
        Adagrad.rate(rate),
        Lion.rate(rate));
  }

  private static Floats random(SplittableRandom random) {
    Floats values = new Floats(COUNT);
    for (int i = 0; i < COUNT; i++) {
      values.set(i, i % 9 == 0 ? 0f : (float) random.nextGaussian());
    }
    return values;
  }

  private static Floats[] state(Optimizer optimizer) {
    Floats[] state = new Floats[optimizer.slots().size()];
    for (int slot = 0; slot < state.length; slot++) {
      state[slot] = new Floats(COUNT);
    }
    return state;
  }

  private static void step(
      Optimizer optimizer, long step, Role role, Floats gradient, Floats value, Floats[] state) {
    optimizer.update(KernelProvider.get().descent(), step, role, gradient, value, state, 0, COUNT);
  }

  /** The penalised step is the plain one on another gradient, moved a little further. */
  @ParameterizedTest
  @MethodSource("all")
  void penaltiesAreThoseOfSgd(ScheduledOptimizer<?> plain) {
    LayerStrengths firstLayer = LayerStrengths.of("0=0.3, 2.biases=0.1");
    for (WeightDecay.Kind decayKind : WeightDecay.Kind.values()) {
      for (L1.Kind l1Kind : L1.Kind.values()) {
        Optimizer penalised =
            plain
                .weightDecay(
                    new WeightDecay(decayKind, Schedule.of("0.1..0.2 linear"), false, firstLayer))
                .l1(new L1(l1Kind, Schedule.of("0.1..0.05 linear"), LayerStrengths.NONE));
        for (int layer = 0; layer < LAYERS; layer++) {
          for (Role role : Role.values()) {
            follow(plain, penalised, decayKind, l1Kind, layer, role);
          }
        }
      }
    }
  }

  private static void follow(
      ScheduledOptimizer<?> plain,
      Optimizer penalised,
      WeightDecay.Kind decayKind,
      L1.Kind l1Kind,
      int layer,
      Role role) {
    SplittableRandom random = new SplittableRandom(layer);
    Floats value = random(random);
    Floats[] state = state(plain);
    for (int step = 0; step < 6; step++) {
      Moment moment = new Moment(step, step, step, 6, false);
      double rate = plain.settings().common().rate().at(moment);
      double decay = role == Role.WEIGHT ? 0.1 + 0.1 * step / 6 : 0;
      decay = layer == 0 && role == Role.WEIGHT ? 0.3 : decay;
      decay = layer == 2 && role == Role.BIAS ? 0.1 : decay;
      double l1 = role == Role.WEIGHT ? 0.1 - 0.05 * step / 6 : 0;
      Floats gradient = random(random);
      Floats slope = new Floats(COUNT);
      for (int i = 0; i < COUNT; i++) {
        double g = gradient.get(i);
        g += decayKind == WeightDecay.Kind.COUPLED ? decay * value.get(i) : 0;
        g += l1Kind == L1.Kind.COUPLED ? l1 * Math.signum(value.get(i)) : 0;
        slope.set(i, (float) g);
      }
      Floats expected = value.duplicate();
      Floats[] expectedState = new Floats[state.length];
      for (int slot = 0; slot < state.length; slot++) {
        expectedState[slot] = state[slot].duplicate();
      }
      step(plain.at(moment, LAYERS), step, role, slope, expected, expectedState);
      Floats before = value.duplicate();
      step(penalised.at(moment, LAYERS).forLayer(layer), step, role, gradient, value, state);
      for (int i = 0; i < COUNT; i++) {
        double w =
            switch (decayKind) {
              case COUPLED, PROXIMAL -> expected.get(i);
              case DECOUPLED -> expected.get(i) - rate * decay * before.get(i);
              case SCIPY -> expected.get(i) - decay * before.get(i);
            };
        if (l1Kind == L1.Kind.PROXIMAL) {
          w = Math.signum(w) * Math.max(0, Math.abs(w) - rate * l1);
        }
        w /= decayKind == WeightDecay.Kind.PROXIMAL ? 1 + rate * decay : 1;
        assertThat((double) value.get(i))
            .as("layer %d, %s %d after step %d, %s %s", layer, role, i, step, decayKind, l1Kind)
            .isCloseTo(w, within(1e-5));
        for (int slot = 0; slot < state.length; slot++) {
          assertThat((double) state[slot].get(i))
              .isCloseTo(expectedState[slot].get(i), within(1e-5));
        }
      }
    }
  }

  /** Its paper's lines in double precision; no other program's sequence is at hand. */
  @Test
  void lionIsItsFormula() {
    Lion lion = Lion.rate(0.01).betas(0.8, 0.95);
    SplittableRandom random = new SplittableRandom(1);
    Floats value = random(random);
    double[] w = new double[COUNT];
    double[] m = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      w[i] = value.get(i);
    }
    Floats[] state = state(lion);
    for (int step = 0; step < 25; step++) {
      Floats gradient = random(random);
      step(lion, step, Role.WEIGHT, gradient, value, state);
      for (int i = 0; i < COUNT; i++) {
        w[i] -= 0.01 * Math.signum(0.8 * m[i] + (1 - 0.8) * gradient.get(i));
        m[i] = 0.95 * m[i] + (1 - 0.95) * gradient.get(i);
        assertThat((double) value.get(i)).isCloseTo(w[i], within(1e-6));
        assertThat((double) state[0].get(i)).isCloseTo(m[i], within(1e-6));
      }
    }
  }

  /** Corrected from birth, a parameter with empty slots does in step 100,000 what it did in 0. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNewbornIsAFreshParameter(boolean amsgrad) {
    Adam adam = Adam.rate(0.01).correction(Correction.BIRTH);
    adam = amsgrad ? adam.amsgrad() : adam;
    Adam byStep = Adam.rate(0.01);
    SplittableRandom random = new SplittableRandom(1);
    Floats fresh = random(random);
    Floats newborn = fresh.duplicate();
    Floats uncorrected = fresh.duplicate();
    Floats[] freshState = state(adam);
    Floats[] newbornState = state(adam);
    Floats[] uncorrectedState = state(byStep);
    for (int step = 0; step < 50; step++) {
      Floats gradient = random(random);
      step(adam, step, Role.WEIGHT, gradient, fresh, freshState);
      step(adam, 100_000 + step, Role.WEIGHT, gradient, newborn, newbornState);
      step(byStep, 100_000 + step, Role.WEIGHT, gradient, uncorrected, uncorrectedState);
      assertThat(newborn.toArray()).isEqualTo(fresh.toArray());
      if (step == 0) {
        // 0.1 / sqrt(0.001) times as long
        double ratio =
            (uncorrected.get(1) - random(new SplittableRandom(1)).get(1))
                / (fresh.get(1) - random(new SplittableRandom(1)).get(1));
        assertThat(ratio).isCloseTo(0.1 / Math.sqrt(0.001), within(1e-3));
      }
    }
    assertThat(uncorrected.toArray()).isNotEqualTo(fresh.toArray());
  }

  /** In one array: each parameter has its own age. */
  @Test
  void agesDoNotMix() {
    Adam adam = Adam.rate(0.01).correction(Correction.BIRTH);
    SplittableRandom random = new SplittableRandom(1);
    Floats value = random(random);
    Floats[] state = state(adam);
    for (int step = 0; step < 30; step++) {
      step(adam, step, Role.WEIGHT, random(random), value, state);
    }
    // Every second one is born now.
    Floats alone = new Floats(COUNT);
    Floats[] aloneState = state(adam);
    for (int i = 0; i < COUNT; i += 2) {
      value.set(i, 0.5f);
      alone.set(i, 0.5f);
      for (Floats slot : state) {
        slot.set(i, 0f);
      }
    }
    for (int step = 0; step < 30; step++) {
      Floats gradient = random(random);
      step(adam, 30 + step, Role.WEIGHT, gradient, value, state);
      step(adam, step, Role.WEIGHT, gradient, alone, aloneState);
    }
    for (int i = 0; i < COUNT; i++) {
      boolean still = i % 18 == 9; // a survivor at 0 that never has a gradient
      assertThat(value.get(i) == alone.get(i)).as("parameter %d", i).isEqualTo(i % 2 == 0 || still);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFactorOfTheRateIsAnotherRate(ScheduledOptimizer<?> optimizer) {
    Common common = optimizer.settings().common();
    Optimizer halved =
        optimizer.settings().with(common.withRate(Schedule.of("0.01..0.025 linear"))).optimizer();
    Moment moment = new Moment(3, 2, 2.5, 6, false);
    Floats[] values = {random(new SplittableRandom(2)), random(new SplittableRandom(2))};
    Floats gradient = random(new SplittableRandom(3));
    step(optimizer.scaled(0.5).at(moment, 1), 3, Role.WEIGHT, gradient, values[0], state(halved));
    step(halved.at(moment, 1), 3, Role.WEIGHT, gradient, values[1], state(halved));
    assertThat(values[0].toArray()).isEqualTo(values[1].toArray());
    assertThat(optimizer.scaled(1)).isSameAs(optimizer);
  }

  /** A constant gradient has no variance: what is left of it must not become negative. */
  @Test
  void centeredSurvivesAConstantGradient() {
    RmsProp rms = RmsProp.rate(1e-12).alpha(0.5).centered();
    Floats value = new Floats(COUNT);
    Floats gradient = new Floats(COUNT);
    for (int i = 0; i < COUNT; i++) {
      gradient.set(i, 0.1f + i);
    }
    Floats[] state = state(rms);
    for (int step = 0; step < 200; step++) {
      step(rms, step, Role.WEIGHT, gradient, value, state);
    }
    assertThat(value.finite()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1", "NaN"})
  void sharesOutOfRange(double bad) {
    String message = "must be 0 or more and below 1: " + bad;
    assertThatThrownBy(() -> Adam.rate(1).betas(bad, 0.5)).hasMessage("beta1 " + message);
    assertThatThrownBy(() -> Adam.rate(1).betas(0.5, bad)).hasMessage("beta2 " + message);
    assertThatThrownBy(() -> Lion.rate(1).betas(bad, 0.5)).hasMessage("beta1 " + message);
    assertThatThrownBy(() -> RmsProp.rate(1).alpha(bad)).hasMessage("alpha " + message);
    assertThatThrownBy(() -> RmsProp.rate(1).momentum(bad)).hasMessage("momentum " + message);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "NaN", "1e-40", "Infinity"})
  void epsilonOutOfRange(double bad) {
    String message = "epsilon must be above 0";
    assertThatThrownBy(() -> Adam.rate(1).epsilon(bad)).hasMessageStartingWith(message);
    assertThatThrownBy(() -> RmsProp.rate(1).epsilon(bad)).hasMessageStartingWith(message);
    assertThatThrownBy(() -> Adagrad.rate(1).epsilon(bad)).hasMessageStartingWith(message);
  }
}
