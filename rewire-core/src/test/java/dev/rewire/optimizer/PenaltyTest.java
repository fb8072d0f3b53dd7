package dev.rewire.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Penalties by layer, by kind and over time, against their lines in double precision. */
class PenaltyTest {
  private static final int LAYERS = 3;
  private static final int EPOCHS = 8;
  private static final double MOMENTUM = 0.5;

  /** The optimizer in training of one layer, and its twin. */
  @ParameterizedTest
  @CsvSource({
    "COUPLED, COUPLED",
    "COUPLED, PROXIMAL",
    "DECOUPLED, PROXIMAL",
    "SCIPY, COUPLED",
    "PROXIMAL, PROXIMAL",
    "PROXIMAL, COUPLED"
  })
  void isItsFormula(WeightDecay.Kind decayKind, L1.Kind l1Kind) {
    Schedule rate = Schedule.of("0.05..0.2 linear");
    Schedule decay = Schedule.of("1e-3..0.1 linear");
    Schedule first = Schedule.of("0.3..0.1 cosine until 5");
    Schedule absolute = Schedule.of("0 until 2 then 0.05");
    Sgd sgd =
        Sgd.rate(rate)
            .momentum(MOMENTUM)
            .weightDecay(
                new WeightDecay(
                    decayKind,
                    decay,
                    true,
                    LayerStrengths.of("0=0.3..0.1 cosine until 5,output=0")))
            .l1(new L1(l1Kind, absolute, LayerStrengths.of("1.biases=0.07, 0.weights=0.02")));
    for (int layer = 0; layer < LAYERS; layer++) {
      for (Role role : Role.values()) {
        SplittableRandom random = new SplittableRandom(layer);
        double[] w = new double[70];
        Floats value = new Floats(70);
        for (int i = 0; i < 70; i++) {
          value.set(i, i % 9 == 0 ? 0f : (float) random.nextGaussian());
          w[i] = value.get(i);
        }
        double[] v = new double[70];
        Floats[] state = {new Floats(70)};
        for (int step = 0; step < 2 * EPOCHS; step++) {
          int epoch = step / 2;
          Moment moment = new Moment(step, epoch, step / 2.0, EPOCHS, false);
          double lambda =
              switch (layer) {
                case 0 -> first.at(epoch, EPOCHS);
                case 2 -> 0;
                default -> decay.at(epoch, EPOCHS);
              };
          double l1 = role == Role.WEIGHT ? absolute.at(epoch, EPOCHS) : 0;
          l1 = layer == 0 && role == Role.WEIGHT ? 0.02 : l1;
          l1 = layer == 1 && role == Role.BIAS ? 0.07 : l1;
          // Other numbers of neurons are left alone.
          lambda = role == Role.NEURON ? 0 : lambda;
          double eta = rate.at(step / 2.0, EPOCHS);
          Floats gradient = new Floats(70);
          for (int i = 0; i < 70; i++) {
            gradient.set(i, (float) random.nextGaussian());
          }
          sgd.at(moment, LAYERS)
              .forLayer(layer)
              .update(KernelProvider.get().descent(), step, role, gradient, value, state, 0, 70);
          for (int i = 0; i < 70; i++) {
            double g = gradient.get(i);
            g += decayKind == WeightDecay.Kind.COUPLED ? lambda * w[i] : 0;
            g += l1Kind == L1.Kind.COUPLED ? l1 * Math.signum(w[i]) : 0;
            v[i] = MOMENTUM * v[i] + g;
            double shrunk =
                switch (decayKind) {
                  case COUPLED, PROXIMAL -> w[i];
                  case DECOUPLED -> w[i] - eta * lambda * w[i];
                  case SCIPY -> w[i] - lambda * w[i];
                };
            w[i] = shrunk - eta * v[i];
            if (l1Kind == L1.Kind.PROXIMAL) {
              w[i] = Math.signum(w[i]) * Math.max(0, Math.abs(w[i]) - eta * l1);
            }
            w[i] /= decayKind == WeightDecay.Kind.PROXIMAL ? 1 + eta * lambda : 1;
            assertThat((double) value.get(i))
                .as("layer %d, %s %d after step %d", layer, role, i, step)
                .isCloseTo(w[i], within(2e-5));
            // What is nearly the same must not drift over a kink.
            w[i] = value.get(i);
          }
        }
      }
    }
  }

  @Test
  void aThresholdMakesExactZeros() {
    Floats value = Floats.of(0.05f, -0.05f, 0.3f, -0.3f);
    Sgd.rate(0.5)
        .l1(L1.proximal(0.2))
        .update(
            KernelProvider.get().descent(),
            0,
            Role.WEIGHT,
            new Floats(4),
            value,
            new Floats[0],
            0,
            4);
    assertThat(value.toArray()).containsExactly(0f, 0f, 0.3f - 0.1f, -0.3f + 0.1f);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void constantSettingsMakeNoNewObjects(Role role) {
    Sgd sgd = Sgd.rate(0.1).momentum(0.9).weightDecay(WeightDecay.coupled(1e-3)).l1(1e-4);
    assertThat(sgd.at(Moment.endOfEpoch(9, 3, 5), 4)).isSameAs(sgd);
    assertThat(sgd.forLayer(2)).isSameAs(sgd);
    assertThat(sgd.changesEveryStep()).isFalse();
    assertThat(sgd.followsRunLength()).isFalse();
    assertThat(Sgd.rate(Schedule.of("0.1..0 cosine")).changesEveryStep()).isTrue();
    assertThat(Sgd.rate(Schedule.of("0.1..0 cosine")).followsRunLength()).isTrue();
    WeightDecay rising =
        new WeightDecay(
            WeightDecay.Kind.COUPLED,
            Schedule.constant(0),
            true,
            LayerStrengths.of("0=0..1 linear"));
    assertThat(sgd.weightDecay(rising).followsRunLength()).isTrue();
    assertThat(sgd.weightDecay(rising).changesEveryStep()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | none",
        "'' | none",
        "0=1e-2,output=0 | 0=0.01, output=0",
        "[ 1.Biases = 1e-4..0 linear ] | 1.biases=1e-4..0 linear",
        "hidden.weights=1, biases=0 | hidden.weights=1, biases=0",
        "Hidden-2.biases=1,h*=2 | hidden-2.biases=1, h*=2"
      })
  void exceptionsComeBackFromTheirText(String text, String again) {
    LayerStrengths read = LayerStrengths.of(text);
    assertThat(read).hasToString(again);
    assertThat(LayerStrengths.of(again)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e-2 | must be WHERE=STRENGTH, separated by commas, as in 0=1e-2,output=0, not '1e-2'",
        "first=1 | must name a layer by its number from 0, hidden-1 and so on, hidden or output, weights",
        "0.both=1 | must name a layer",
        "=1 | must name a layer",
        "0=-1 | 0 strength must be 0 or more: -1",
        "0=1..2 | needs a shape"
      })
  void exceptionsThatCannotBe(String text, String message) {
    assertThatThrownBy(() -> LayerStrengths.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** A name is the number of its layer in other words. */
  @ParameterizedTest
  @CsvSource({
    "hidden-1=0.5, 0=0.5",
    "hidden-2.biases=0.5, 1.biases=0.5",
    "hidden-*=0.5, hidden=0.5",
    "o*.weights=0.5, output.weights=0.5"
  })
  void namesOfLayers(String named, String numbered) {
    Schedule usual = Schedule.constant(3);
    for (int layer = 0; layer < LAYERS; layer++) {
      for (Role role : Role.values()) {
        assertThat(LayerStrengths.of(named).of(layer, LAYERS, role, usual, true))
            .isEqualTo(LayerStrengths.of(numbered).of(layer, LAYERS, role, usual, true));
      }
    }
  }

  @Test
  void aLayerThatDoesNotExist() {
    WeightDecay decay =
        new WeightDecay(
            WeightDecay.Kind.COUPLED, Schedule.constant(0), true, LayerStrengths.of("3=1"));
    assertThatThrownBy(() -> Sgd.rate(1).weightDecay(decay).at(Moment.START, 3))
        .hasMessage(
            "names layer 3, but the network has layers 0 to 2: hidden-1, hidden-2 and output");
  }
}
