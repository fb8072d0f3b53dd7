package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.ScalingKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to raw features. */
class ScalingTest {
  /** The second feature is constant. */
  private static final InMemoryDataset DATA =
      InMemoryDataset.of(
          "small", new float[][] {{1, 7, -10}, {3, 7, 0}, {5, 7, 10}, {7, 7, 0}}, new int[4]);

  private static float scaled(Scaling scaling, float x, int feature) {
    return (x - scaling.shift(feature)) * scaling.scale(feature);
  }

  @Test
  void unitBringsTheLargestAbsoluteValueToOne() {
    Scaling scaling = Scaling.unit(DATA);
    assertThat(scaling.width()).isEqualTo(1);
    assertThat(scaled(scaling, -10, 2)).isEqualTo(-1f);
    assertThat(scaled(scaling, 7, 0)).isEqualTo(0.7f);
    InMemoryDataset zeros = InMemoryDataset.of("zeros", new float[2][3], new int[2]);
    assertThat(Scaling.unit(zeros).isNone()).isTrue();
  }

  @Test
  void globalBringsMeanAndDeviationOfAllFeaturesToZeroAndOne() {
    Scaling scaling = Scaling.global(DATA);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 4; i++) {
      for (int f = 0; f < 3; f++) {
        double x = scaled(scaling, DATA.feature(i, f), f);
        sum += x;
        squares += x * x;
      }
    }
    assertThat(sum / 12).isCloseTo(0, within(1e-6));
    assertThat(squares / 12).isCloseTo(1, within(1e-6));
    InMemoryDataset constant = InMemoryDataset.of("same", new float[][] {{3, 3}}, new int[1]);
    assertThat(scaled(Scaling.global(constant), 3, 1)).isZero();
  }

  @Test
  void standardDoesSoForEachFeature() {
    Scaling scaling = Scaling.standard(DATA, 0.5);
    assertThat(scaling.width()).isEqualTo(3);
    // Mean 4, deviation sqrt 5.
    assertThat(scaling.shift(0)).isEqualTo(4f);
    assertThat((double) scaling.scale(0)).isCloseTo(1 / (Math.sqrt(5) + 0.5), within(1e-7));
    assertThat(scaled(scaling, 7, 1)).isZero();
    assertThat((double) scaling.scale(1)).isCloseTo(2, within(1e-7));
    assertThat(Scaling.standard(DATA, 0).scale(1)).isZero();
  }

  @Test
  void minMaxGoesFromZeroToOne() {
    Scaling scaling = ScalingFit.of(DATA).minMax();
    assertThat(scaled(scaling, 1, 0)).isZero();
    assertThat(scaled(scaling, 7, 0)).isEqualTo(1f);
    assertThat(scaled(scaling, 0, 2)).isEqualTo(0.5f);
    // a feature that taught nothing stays 0, whatever comes
    assertThat(scaled(scaling, 7, 1)).isZero();
    assertThat(scaled(scaling, 1000, 1)).isZero();
  }

  @Test
  void theLogarithmComesFirst() {
    assertThat(Scaling.log1p(0f)).isZero();
    assertThat(Scaling.log1p((float) (Math.E - 1))).isCloseTo(1f, within(1e-6f));
    assertThat(Scaling.log1p(-3f)).isEqualTo(-Scaling.log1p(3f));
    assertThat(Scaling.log1p(Float.MAX_VALUE)).isFinite();
    Scaling scaling = ScalingFit.afterLog1p(DATA).minMax();
    assertThat(scaling.logarithmic()).isTrue();
    assertThat((double) scaling.shift(0)).isCloseTo(Math.log(2), within(1e-7));
    assertThat((double) scaling.scale(0)).isCloseTo(1 / (Math.log(8) - Math.log(2)), within(1e-6));
    assertThat((double) ScalingFit.afterLog1p(DATA).maxAbs().scale(2))
        .isCloseTo(1 / Math.log(11), within(1e-7));
    Scaling alone = ScalingFit.afterLog1p(DATA).none();
    assertThat(alone.isNone()).isFalse();
    assertThat(alone.keepsZeros()).isTrue();
    assertThat(alone).isNotEqualTo(Scaling.none());
  }

  /** Every kind, fitted by the obvious formulas, does the same to the samples inside a network. */
  @ParameterizedTest
  @EnumSource(ScalingKind.class)
  void aNetworkSeesScaledSamples(ScalingKind kind) {
    Scaling scaling = kind.fit(DATA);
    boolean log = kind.name().startsWith("LOG1P");
    float[][] expected = new float[4][3];
    for (int f = 0; f < 3; f++) {
      double[] x = new double[4];
      for (int i = 0; i < 4; i++) {
        double raw = DATA.feature(i, f);
        x[i] = log ? Math.signum(raw) * Math.log(1 + Math.abs(raw)) : raw;
      }
      for (int i = 0; i < 4; i++) {
        expected[i][f] = (float) obvious(kind.name().replace("LOG1P_", ""), x, i, f);
      }
    }
    Network identity =
        new NetworkBuilder(3, List.of("a", "b", "c")).scaling(scaling).loss(Loss.of("mse")).build();
    SparseLayer layer = identity.layers().getFirst();
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        layer.weight().set(3L * j + i, i == j ? 1 : 0);
      }
    }
    float[][] seen = identity.predict(DATA, 0, 1, 2, 3);
    for (int i = 0; i < 4; i++) {
      for (int f = 0; f < 3; f++) {
        assertThat(seen[i][f])
            .as("sample %d feature %d", i, f)
            .isCloseTo(expected[i][f], within(2e-5f));
      }
    }
  }

  private static double obvious(String kind, double[] x, int i, int f) {
    double most = Arrays.stream(x).map(Math::abs).max().orElseThrow();
    double low = Arrays.stream(x).min().orElseThrow();
    double high = Arrays.stream(x).max().orElseThrow();
    double mean = Arrays.stream(x).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    return switch (kind) {
      case "NONE", "LOG1P" -> x[i];
      case "UNIT" -> x[i] / 10;
      case "MAX_ABS" -> x[i] / most;
      case "MIN_MAX" -> high == low ? 0 : (x[i] - low) / (high - low);
      case "STANDARD" -> (x[i] - mean) / (deviation + 1e-4);
      case "GLOBAL" -> (x[i] - 44 / 12.0) / Math.sqrt(480 / 12.0 - 44 * 44 / 144.0);
      default -> throw new AssertionError(kind + f);
    };
  }

  @Test
  void equality() {
    assertThat(Scaling.none().isNone()).isTrue();
    assertThat(Scaling.all(0, 2).isNone()).isFalse();
    assertThat(Scaling.all(1, 2))
        .isEqualTo(Scaling.all(1, 2))
        .hasSameHashCodeAs(Scaling.all(1, 2))
        .isNotEqualTo(Scaling.all(1, 3))
        .isNotEqualTo(Scaling.all(2, 2))
        .isNotEqualTo(new Scaling(new float[] {1, 1}, new float[] {2, 2}));
  }

  @Test
  void asManyShiftsAsScales() {
    assertThatThrownBy(() -> new Scaling(new float[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("as many shifts as scales are needed: 2, 3");
    assertThatThrownBy(() -> new Scaling(new float[0], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
