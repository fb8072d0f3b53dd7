package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.layer.SparseLayer;
import dev.rewire.testing.Layers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections go. */
class DropRulesTest {
  private static final DropRule SIGNED = new SignedMagnitudeDrop(false);
  private static final DropRule SIGNED_AND_ZEROS = new SignedMagnitudeDrop(true);
  private static final DropRule MAGNITUDE = new MagnitudeDrop();

  private static final float[] TENTHS = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1f};

  private static float[] join(float[] one, float... other) {
    float[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static float[] times(float[] values, float factor) {
    float[] products = values.clone();
    for (int i = 0; i < products.length; i++) {
      products[i] *= factor;
    }
    return products;
  }

  private static List<Float> dropped(DropRule rule, double fraction, float... weights) {
    List<Float> gone = new ArrayList<>();
    rule.choose(Layers.neuron(weights), fraction).stream().forEach(e -> gone.add(weights[e]));
    return gone;
  }

  @Test
  void setRemovesTheSmallestOfEachSign() {
    assertThat(dropped(SIGNED, .3, join(TENTHS, times(TENTHS, -1))))
        .containsExactlyInAnyOrder(.1f, .2f, .3f, -.1f, -.2f, -.3f);
  }

  @Test
  void aShareBelowOneConnectionIsNone() {
    assertThat(dropped(SIGNED, .3, join(TENTHS, -.9f, -1f))).containsExactly(.1f, .2f, .3f);
    assertThat(dropped(MAGNITUDE, .3, join(TENTHS, -.9f, -1f))).containsExactly(.1f, .2f, .3f);
  }

  @Test
  void bySignIsNotByMagnitude() {
    float[] weights = join(times(TENTHS, .1f), times(TENTHS, -10));
    assertThat(dropped(SIGNED, .3, weights))
        .containsExactlyInAnyOrder(
            weights[0], weights[1], weights[2], weights[10], weights[11], weights[12]);
    assertThat(dropped(MAGNITUDE, .3, weights))
        .containsExactly(weights[0], weights[1], weights[2], weights[3], weights[4], weights[5]);
  }

  @Test
  void tiesGoToTheFirstConnections() {
    SparseLayer layer = Layers.neuron(2, 1, 1, -1, 1, 1, -1, 1, -1, -1, 0.5f, -2);
    assertThat(SIGNED.choose(layer, .5).stream()).containsExactly(1, 2, 3, 6, 10);
    assertThat(MAGNITUDE.choose(layer, .34).stream()).containsExactly(1, 2, 3, 10);
  }

  @Test
  void zerosHaveNoSign() {
    float[] weights = {0f, -0f, 1f, 2f, -1f, -2f, 0f};
    assertThat(SIGNED.choose(Layers.neuron(weights), .5).stream()).containsExactly(2, 4);
    assertThat(SIGNED_AND_ZEROS.choose(Layers.neuron(weights), .5).stream())
        .containsExactly(0, 1, 2, 4, 6);
    assertThat(SIGNED_AND_ZEROS.choose(Layers.neuron(weights), 0).stream())
        .containsExactly(0, 1, 6);
    assertThat(MAGNITUDE.choose(Layers.neuron(weights), .5).stream()).containsExactly(0, 1, 6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void nothingAndEverything(double fraction) {
    float[] weights = join(TENTHS, times(TENTHS, -1));
    for (DropRule rule : List.of(SIGNED, SIGNED_AND_ZEROS, MAGNITUDE)) {
      assertThat(dropped(rule, fraction, weights)).hasSize(fraction == 0 ? 0 : 20);
    }
  }

  @Test
  void aLayerWithoutConnectionsLosesNone() {
    SparseLayer layer = Layers.random(3, 2, 0, 1);
    for (DropRule rule : List.of(SIGNED, SIGNED_AND_ZEROS, MAGNITUDE, new ScipyDrop())) {
      assertThat(rule.choose(layer, .3).isEmpty()).isTrue();
    }
  }

  /** Against sorting, with many ties, at sizes that are awkward for a quick-select. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 1", "10, 3", "100, 7", "1000, 1000000", "1000, 3", "999, 2"})
  void agreesWithSorting(int connections, int values) {
    SplittableRandom random = new SplittableRandom(connections + values);
    float[] weights = new float[connections];
    for (int e = 0; e < connections; e++) {
      weights[e] = (random.nextInt(values) + 1f) / values * (random.nextBoolean() ? 1 : -1);
    }
    for (double fraction : new double[] {0, 0.01, 0.3, 0.5, 0.99, 1}) {
      BitSet positive = smallest(weights, fraction, e -> weights[e] > 0);
      BitSet negative = smallest(weights, fraction, e -> weights[e] < 0);
      positive.or(negative);
      SparseLayer layer = Layers.neuron(weights);
      assertThat(SIGNED.choose(layer, fraction)).isEqualTo(positive);
      assertThat(MAGNITUDE.choose(layer, fraction))
          .isEqualTo(smallest(weights, fraction, e -> true));
    }
  }

  private interface Which {
    boolean test(int connection);
  }

  private static BitSet smallest(float[] weights, double fraction, Which which) {
    List<Integer> order = IntStream.range(0, weights.length).filter(which::test).boxed().toList();
    BitSet smallest = new BitSet();
    order.stream()
        .sorted(
            Comparator.comparingDouble((Integer e) -> Math.abs(weights[e])).thenComparing(e -> e))
        .limit((long) (fraction * order.size()))
        .forEach(smallest::set);
    return smallest;
  }

  @Test
  void ascendingDescendingAndEqualWeightsAreNoTrap() {
    int n = 50_000;
    float[] ascending = new float[n];
    float[] equal = new float[n];
    float[] organPipe = new float[n];
    for (int e = 0; e < n; e++) {
      ascending[e] = e + 1;
      equal[e] = 1;
      organPipe[e] = Math.min(e, n - e) + 1;
    }
    for (float[] weights : List.of(ascending, equal, organPipe)) {
      assertThat(SIGNED.choose(Layers.neuron(weights), .3).cardinality()).isEqualTo(15_000);
    }
    assertThat(SIGNED.choose(Layers.neuron(ascending), .3).length()).isEqualTo(15_000);
  }

  @Test
  void scipyKeepsWhatLiesStrictlyOutsideItsTwoCuts() {
    // Sorted -4 -3 -2 -1 1 2 3 4; nearest to 0 is -1 at position 3, and again 1 at position 4, so
    // the cuts are at int(.7 * 3) = 2, which is -2, and at int(5 + .3 * 3) = 5, which is 2.
    assertThat(dropped(new ScipyDrop(), .3, 4, -1, 3, -2, 2, -3, 1, -4))
        .containsExactlyInAnyOrder(-1f, -2f, 2f, 1f);
  }

  @Test
  void scipyWithOneSignOnly() {
    // Sorted .1 to 1: cuts at sorted[0] = .1 and sorted[int(1 + .3 * 9)] = .4.
    assertThat(dropped(new ScipyDrop(), .3, TENTHS)).containsExactly(.1f, .2f, .3f, .4f);
    // Sorted -1 to -.1: cuts at sorted[int(.7 * 9)] = -.4 and sorted[9] = -.1.
    assertThat(dropped(new ScipyDrop(), .3, times(TENTHS, -1)))
        .containsExactly(-.1f, -.2f, -.3f, -.4f);
  }
}
