package dev.rewire.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.random.Normal;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepRTest {
  private static final int COUNT = 500;
  private static final int LAYERS = 3;
  private static final double RATE = 0.1;
  private static final RandomStreams STREAMS = new RandomStreams(7);

  private static Optimizer optimizer(double temperature, int layer) {
    return DeepR.rate(RATE)
        .drift(0.02)
        .temperature(Schedule.constant(temperature))
        .drawing(STREAMS)
        .at(Moment.START, LAYERS)
        .forLayer(layer);
  }

  private static Floats drawn(long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    Floats values = new Floats(COUNT);
    for (int i = 0; i < COUNT; i++) {
      values.set(i, (float) (scale * random.nextGaussian()));
    }
    return values;
  }

  /** Theta and sign of each connection in double precision, as the paper writes them. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 0.1})
  void isTheFormulaOfThePaper(double temperature) {
    Floats value = drawn(1, 0.2);
    value.set(3, 0f);
    Floats[] state = {new Floats(COUNT)};
    double[] theta = new double[COUNT];
    double[] sign = new double[COUNT];
    boolean[] dormant = new boolean[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sign[i] = Math.signum(value.get(i));
      theta[i] = Math.abs(value.get(i));
    }
    int asleep = 0;
    for (int step = 0; step < 20; step++) {
      Floats gradient = drawn(100 + step, 1);
      optimizer(temperature, 1)
          .update(
              KernelProvider.get().descent(), step, Role.WEIGHT, gradient, value, state, 0, COUNT);
      long key = STREAMS.key(Purpose.NOISE, 1, step);
      for (int i = 0; i < COUNT; i++) {
        double noise = Math.sqrt(2 * RATE * temperature) * Normal.of(RandomStreams.mix(key + i));
        if (sign[i] == 0) {
          // Nobody knows its sign yet: plainly downhill.
          double w = -RATE * gradient.get(i) + noise;
          sign[i] = step == 0 && i == 3 ? Math.signum(w) : sign[i];
          theta[i] = Math.abs(w);
        } else if (!dormant[i]) {
          theta[i] += -RATE * sign[i] * gradient.get(i) - RATE * 0.02 + sign[i] * noise;
          dormant[i] = theta[i] <= 0;
        }
        if (dormant[i]) {
          assertThat(value.get(i)).isZero();
          assertThat(DeepR.isDormant(state[0].get(i))).isTrue();
          assertThat(Math.signum(state[0].get(i))).isEqualTo((float) sign[i]);
        } else {
          assertThat((double) value.get(i)).isCloseTo(sign[i] * theta[i], within(1e-6));
          assertThat(DeepR.isDormant(state[0].get(i))).isFalse();
        }
        asleep += dormant[i] ? 1 : 0;
        theta[i] = dormant[i] ? 0 : Math.abs(value.get(i));
      }
    }
    assertThat(asleep).isBetween(1, 20 * COUNT - 1);
  }

  /** A newborn has a sign and next to no weight. */
  @Test
  void theSignOfANewbornIsThatOfItsWeight() {
    for (float weight : new float[] {1e-12f, -1e-12f}) {
      for (float gradient : new float[] {-1, 1}) {
        Floats value = Floats.of(weight);
        Floats[] state = {new Floats(1)};
        optimizer(0, 0)
            .update(
                KernelProvider.get().descent(),
                5,
                Role.WEIGHT,
                Floats.of(gradient),
                value,
                state,
                0,
                1);
        boolean grows = weight * gradient < 0;
        assertThat(DeepR.isDormant(state[0].get(0))).isEqualTo(!grows);
        assertThat(value.get(0) != 0).isEqualTo(grows);
      }
    }
  }

  /** What is not named is the same; what is named differs. */
  @Test
  void noiseIsNamedBySeedLayerStepAndConnection() {
    float[] first = noise(STREAMS, 0, 0);
    assertThat(noise(STREAMS, 0, 0)).isEqualTo(first);
    assertThat(noise(STREAMS, 1, 0)).isNotEqualTo(first);
    assertThat(noise(STREAMS, 0, 1)).isNotEqualTo(first);
    assertThat(noise(new RandomStreams(8), 0, 0)).isNotEqualTo(first);
    assertThat(first).doesNotHaveDuplicates();
  }

  private static float[] noise(RandomStreams streams, int layer, long step) {
    Floats value = new Floats(COUNT);
    DeepR.rate(RATE)
        .temperature(Schedule.constant(1))
        .drawing(streams)
        .at(Moment.START, LAYERS)
        .forLayer(layer)
        .update(
            KernelProvider.get().descent(),
            step,
            Role.WEIGHT,
            new Floats(COUNT),
            value,
            new Floats[] {new Floats(COUNT)},
            0,
            COUNT);
    return value.toArray();
  }

  @Test
  void biasesGoPlainlyDownhill() {
    for (Role role : new Role[] {Role.BIAS, Role.NEURON}) {
      Floats value = drawn(1, 0.2);
      Floats expected = value.duplicate();
      Floats gradient = drawn(2, 1);
      Floats[] state = {new Floats(COUNT)};
      optimizer(1, 0)
          .update(KernelProvider.get().descent(), 0, role, gradient, value, state, 0, COUNT);
      Sgd.rate(RATE)
          .update(
              KernelProvider.get().descent(), 0, role, gradient, expected, new Floats[0], 0, COUNT);
      assertThat(value.toArray()).isEqualTo(expected.toArray());
      assertThat(state[0].toArray()).containsOnly(0f);
    }
  }

  @Test
  void aTemperatureMayFollowTheRun() {
    DeepR falling = DeepR.rate(RATE).temperature(Schedule.of("1e-5..0 linear"));
    assertThat(falling.followsRunLength()).isTrue();
    assertThat(DeepR.rate(RATE).followsRunLength()).isFalse();
    // Within an epoch it is that of its beginning, so that a run may be left there.
    assertThat(at(falling, 0.5)).isEqualTo(at(falling, 0)).isNotEqualTo(at(falling, 1));
  }

  private static float at(Optimizer optimizer, double time) {
    Floats value = new Floats(1);
    optimizer
        .at(new Moment(3, (int) time, time, 2, false), 1)
        .update(
            KernelProvider.get().descent(),
            3,
            Role.WEIGHT,
            new Floats(1),
            value,
            new Floats[] {new Floats(1)},
            0,
            1);
    return value.get(0);
  }
}
