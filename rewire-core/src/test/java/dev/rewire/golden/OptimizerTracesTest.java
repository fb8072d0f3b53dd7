package dev.rewire.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Adagrad;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.RmsProp;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.testing.SharedFiles;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** 25 steps of each optimizer, as PyTorch takes them in double precision. */
class OptimizerTracesTest {
  private static final double TOLERANCE = 1e-5;

  /** Four roundings of a number of 2, where parameters begin, for those that pass through 0. */
  private static final double FLOOR = 4 * 0x1p-23;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "sgd_weight_decay",
        "momentum",
        "momentum_weight_decay",
        "momentum_dampening",
        "nesterov",
        "nesterov_weight_decay"
      })
  void sgd(String name) {
    for (Optimizer.Role role : List.of(Optimizer.Role.WEIGHT, Optimizer.Role.BIAS)) {
      check(name, role);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam",
        "adam_weight_decay",
        "amsgrad",
        "adamw",
        "rmsprop",
        "rmsprop_momentum_centered",
        "adagrad"
      })
  void adaptive(String name) {
    for (Optimizer.Role role : List.of(Optimizer.Role.WEIGHT, Optimizer.Role.BIAS)) {
      check(name, role);
    }
  }

  /** Whoever was there from the beginning is corrected alike by step and from birth. */
  @ParameterizedTest
  @ValueSource(strings = {"adam", "adam_weight_decay", "amsgrad", "adamw"})
  void adamFromBirth(String name) {
    Adam adam = (Adam) optimizer(name, settings(name));
    check(name, adam.correction(Adam.Correction.BIRTH), Optimizer.Role.WEIGHT);
  }

  private static JsonNode settings(String name) {
    return golden().get("optimizers").get(name).get("settings");
  }

  private static JsonNode golden() {
    return SharedFiles.golden("optimizers/traces.json");
  }

  /** What PyTorch's settings say; the kind is in the first word of the name. */
  private static Optimizer optimizer(String name, JsonNode settings) {
    double rate = settings.get("lr").asDouble();
    double strength = settings.get("weight_decay").asDouble();
    WeightDecay decay =
        new WeightDecay(
            name.equals("adamw") ? WeightDecay.Kind.DECOUPLED : WeightDecay.Kind.COUPLED,
            strength,
            true);
    if (settings.has("betas")) {
      Adam adam =
          Adam.rate(rate)
              .betas(
                  settings.get("betas").get(0).asDouble(), settings.get("betas").get(1).asDouble())
              .epsilon(settings.get("eps").asDouble())
              .weightDecay(decay);
      return settings.get("amsgrad").asBoolean() ? adam.amsgrad() : adam;
    }
    if (settings.has("alpha")) {
      RmsProp rms =
          RmsProp.rate(rate)
              .alpha(settings.get("alpha").asDouble())
              .epsilon(settings.get("eps").asDouble())
              .momentum(settings.get("momentum").asDouble())
              .weightDecay(decay);
      return settings.get("centered").asBoolean() ? rms.centered() : rms;
    }
    if (settings.has("initial_accumulator_value")) {
      return Adagrad.rate(rate).epsilon(settings.get("eps").asDouble()).weightDecay(decay);
    }
    Sgd sgd = Sgd.rate(rate).momentum(settings.get("momentum").asDouble()).weightDecay(decay);
    sgd = sgd.dampening(settings.get("dampening").asDouble());
    return settings.get("nesterov").asBoolean() ? sgd.nesterov() : sgd;
  }

  private static void check(String name, Optimizer.Role role) {
    check(name, optimizer(name, settings(name)), role);
  }

  private static void check(String name, Optimizer optimizer, Optimizer.Role role) {
    JsonNode golden = golden();
    JsonNode trace = golden.get("optimizers").get(name).get("parameters_after_each_step");
    Floats parameters = Floats.of(SharedFiles.floats(golden.get("initial")));
    Floats[] state = new Floats[optimizer.slots().size()];
    for (int s = 0; s < state.length; s++) {
      state[s] = new Floats(parameters.length());
    }
    assertThat(trace.size()).isEqualTo(25);
    for (int step = 0; step < 25; step++) {
      Floats gradient = Floats.of(SharedFiles.floats(golden.get("gradients").get(step)));
      optimizer.update(
          KernelProvider.get().descent(), step, role, gradient, parameters, state, 0, 6);
      double[] expected = SharedFiles.numbers(trace.get(step));
      for (int i = 0; i < 6; i++) {
        assertThat((double) parameters.get(i))
            .as("parameter %d after step %d", i, step)
            .isCloseTo(expected[i], within(Math.max(TOLERANCE * Math.abs(expected[i]), FLOOR)));
      }
    }
  }

  /** The kinds that PyTorch's SGD has not, against their formula. */
  @ParameterizedTest
  @EnumSource(WeightDecay.Kind.class)
  void kindsOfDecay(WeightDecay.Kind kind) {
    for (Optimizer.Role role : Optimizer.Role.values()) {
      for (boolean biases : new boolean[] {true, false}) {
        Sgd sgd = Sgd.rate(0.1).momentum(0.5).weightDecay(new WeightDecay(kind, 0.2, biases));
        Floats w = Floats.of(2f);
        Floats v = Floats.of(1f);
        sgd.update(
            KernelProvider.get().descent(), 1, role, Floats.of(3f), w, new Floats[] {v}, 0, 1);
        boolean decays = role == Optimizer.Role.WEIGHT || (biases && role == Optimizer.Role.BIAS);
        double decay = decays ? 0.2 : 0;
        double velocity = 0.5 + 3 + (kind == WeightDecay.Kind.COUPLED ? decay * 2 : 0);
        double shrunk =
            switch (kind) {
              case COUPLED, PROXIMAL -> 2;
              case DECOUPLED -> 2 - 0.1 * decay * 2;
              case SCIPY -> 2 - decay * 2;
            };
        assertThat((double) v.get(0)).isCloseTo(velocity, within(1e-6));
        double divisor = kind == WeightDecay.Kind.PROXIMAL ? 1 + 0.1 * decay : 1;
        assertThat((double) w.get(0)).isCloseTo((shrunk - 0.1 * velocity) / divisor, within(1e-6));
      }
    }
  }
}
