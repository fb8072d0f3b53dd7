package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.SparseLayer;
import dev.rewire.optimizer.DeepR;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
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
    Choices.dropped(rule, Layers.neuron(weights), fraction).stream()
        .forEach(e -> gone.add(weights[e]));
    return gone;
  }

  @Test
  void setRemovesTheSmallestOfEachSign() {
    assertThat(dropped(SIGNED, .3, join(TENTHS, times(TENTHS, -1))))
        .containsExactlyInAnyOrder(.1f, .2f, .3f, -.1f, -.2f, -.3f);
  }

  @Test
  void zerosOfBothSigns() {
    float[] weights = {0f, .1f, -0f, -.1f, 0f, 1e-30f, 0f};
    assertThat(dropped(new ZeroDrop(), 1, weights)).hasSize(4).allMatch(weight -> weight == 0);
    assertThat(Choices.dropped(new ZeroDrop(), Layers.neuron(weights), .5).stream())
        .containsExactly(0, 2);
    assertThat(dropped(new ZeroDrop(), 1, .1f, -.1f)).isEmpty();
  }

  /** Zeros that have no sign yet are awake. */
  @Test
  void whatWouldHaveChangedItsSign() {
    SparseLayer layer = Layers.neuron(0f, .1f, 0f, -.1f, 0f, 0f);
    assertThat(Choices.dropped(new DormantDrop(), layer, 1).stream()).isEmpty();
    layer.prepare(DeepR.rate(0.1));
    float[] signs = {2, 1, 0, -1, -2, 2};
    for (int e = 0; e < signs.length; e++) {
      layer.weightState()[0].set(e, signs[e]);
    }
    assertThat(Choices.dropped(new DormantDrop(), layer, 1).stream()).containsExactly(0, 4, 5);
    assertThat(Choices.dropped(new DormantDrop(), layer, .7).stream()).containsExactly(0, 4);
  }

  /**
   * Those that stay are the first ones of a race with rates {@code strength^power}: at the time at
   * which half of them have arrived, {@code exp(-rate * time)} of those of a rate have not.
   */
  @ParameterizedTest
  @CsvSource({"false,1", "false,2.5", "true,1", "true,2", "true,0"})
  void softRulesDrawThoseThatStay(boolean relative, double power) {
    int side = 120;
    SparseLayer layer = Layers.of(Topology.complete(side, side), new float[side * side]);
    double[] strength = new double[side * side];
    double ofAllOutputs = side / 2 * (1 + 5.0);
    double ofAllInputs = side / 2 * (1 + 2.0);
    for (int e = 0; e < strength.length; e++) {
      int ofOutput = e / side % 2 == 0 ? 1 : 5;
      int ofInput = e % 2 == 0 ? 1 : 2;
      layer.weight().set(e, (e % 3 == 0 ? -1 : 1) * ofOutput * ofInput);
      strength[e] =
          relative
              ? ofOutput / ofAllOutputs + ofInput / ofAllInputs
              : Math.abs(layer.weight().get(e));
    }
    // What it is at the beginning counts.
    Schedule falling = Schedule.of(power + "..0 linear");
    DropRule rule =
        relative ? new SoftRelativeImportanceDrop(falling) : new SoftMagnitudeDrop(falling);
    BitSet gone = Choices.dropped(rule, layer, .5);

    assertThat(gone.cardinality()).isEqualTo(strength.length / 2);
    double time = 0;
    for (double step = 1e9; step > 1e-9; step /= 2) {
      double later = time + step;
      double late = Arrays.stream(strength).map(s -> Math.exp(-later * Math.pow(s, power))).sum();
      time = late > strength.length / 2.0 ? later : time;
    }
    for (int group = 0; group < 4; group++) {
      int which = group;
      int[] some =
          IntStream.range(0, strength.length)
              .filter(e -> e / side % 2 == which / 2 && e % 2 == which % 2)
              .toArray();
      double expected = Math.exp(-time * Math.pow(strength[some[0]], power));
      double share = Arrays.stream(some).filter(gone::get).count() / (double) some.length;
      // Four standard errors of 3,600 draws at most.
      assertThat(share).isCloseTo(expected, within(0.034));
    }
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
    assertThat(Choices.dropped(SIGNED, layer, .5).stream()).containsExactly(1, 2, 3, 6, 10);
    assertThat(Choices.dropped(MAGNITUDE, layer, .34).stream()).containsExactly(1, 2, 3, 10);
  }

  @Test
  void zerosHaveNoSign() {
    float[] weights = {0f, -0f, 1f, 2f, -1f, -2f, 0f};
    assertThat(Choices.dropped(SIGNED, Layers.neuron(weights), .5).stream()).containsExactly(2, 4);
    assertThat(Choices.dropped(SIGNED_AND_ZEROS, Layers.neuron(weights), .5).stream())
        .containsExactly(0, 1, 2, 4, 6);
    assertThat(Choices.dropped(SIGNED_AND_ZEROS, Layers.neuron(weights), 0).stream())
        .containsExactly(0, 1, 6);
    assertThat(Choices.dropped(MAGNITUDE, Layers.neuron(weights), .5).stream())
        .containsExactly(0, 1, 6);
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
    for (DropRule rule :
        List.of(
            SIGNED,
            SIGNED_AND_ZEROS,
            MAGNITUDE,
            new MagnitudeAndNegativityDrop(),
            new ScipyDrop())) {
      assertThat(Choices.dropped(rule, layer, .3).isEmpty()).isTrue();
    }
  }

  /** Of five of ten: three nearest to zero, three most negative. */
  @Test
  void magnitudeAndNegativityTakesTheMostNegativeToo() {
    DropRule rule = new MagnitudeAndNegativityDrop();
    float[] weights = {1, -2, .3f, -.1f, 5, -4, .2f, -1, 3, -3};
    assertThat(dropped(rule, .5, weights)).containsExactlyInAnyOrder(-4f, -3f, -2f, -.1f, .2f, .3f);
    assertThat(dropped(rule, .01, weights)).containsExactlyInAnyOrder(-4f, -.1f);
    assertThat(dropped(rule, .5, -.5f, 1, 2, 3, 0, -0f)).containsExactlyInAnyOrder(-.5f, 0f, -0f);
    assertThat(dropped(rule, .5, 3, 1, 4, 2)).containsExactly(1f);
    assertThat(dropped(rule, 1, weights)).hasSize(10);
    assertThat(dropped(rule, 0, weights)).isEmpty();
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
      assertThat(Choices.dropped(SIGNED, layer, fraction)).isEqualTo(positive);
      assertThat(Choices.dropped(MAGNITUDE, layer, fraction))
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
      assertThat(Choices.dropped(SIGNED, Layers.neuron(weights), .3).cardinality())
          .isEqualTo(15_000);
    }
    assertThat(Choices.dropped(SIGNED, Layers.neuron(ascending), .3).length()).isEqualTo(15_000);
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

  /** Against the published code, which sorts. Few values, so that many weights are equal. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "10, 3", "100, 5", "1000, 40", "1000, 100000", "40000, 9"})
  void scipyAgreesWithSorting(int connections, int values) {
    SplittableRandom random = new SplittableRandom(connections + values);
    for (int round = 0; round < 30; round++) {
      float[] weights = new float[connections];
      int smallest = round % 3;
      for (int e = 0; e < connections; e++) {
        int sign = round % 5 == 0 ? 1 : round % 5 == 1 ? -1 : random.nextBoolean() ? 1 : -1;
        weights[e] = sign * (random.nextInt(values) + smallest) / (float) values;
      }
      for (double fraction : new double[] {0, 0.01, 0.3, 0.99, 1}) {
        assertThat(Choices.dropped(new ScipyDrop(), Layers.neuron(weights), fraction))
            .isEqualTo(sortedScipy(weights, fraction));
      }
    }
  }

  private static BitSet sortedScipy(float[] weights, double fraction) {
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    int first = 0;
    int last = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (Math.abs(sorted[i]) < Math.abs(sorted[first])) {
        first = i;
      }
      if (Math.abs(sorted[i]) <= Math.abs(sorted[last])) {
        last = i;
      }
    }
    last++;
    float low = sorted[(int) ((1 - fraction) * first)];
    float high =
        sorted[(int) Math.min(sorted.length - 1, last + fraction * (sorted.length - last))];
    BitSet dropped = new BitSet();
    for (int e = 0; e < weights.length; e++) {
      dropped.set(e, !(weights[e] > high || weights[e] < low));
    }
    return dropped;
  }

  /** Large enough for many parts; few values, so that ties cross their borders. */
  @ParameterizedTest
  @ValueSource(ints = {3, 1000, 1 << 24})
  void everyNumberOfThreadsMarksTheSameAndWhatSortingMarks(int values) {
    SplittableRandom random = new SplittableRandom(values);
    float[] weights = new float[150_001];
    for (int e = 0; e < weights.length; e++) {
      weights[e] = (random.nextInt(values) + 1f) / values * (random.nextBoolean() ? 1 : -1);
    }
    SparseLayer layer = Layers.neuron(weights);
    BitSet bySign = smallest(weights, 0.3, e -> weights[e] > 0);
    bySign.or(smallest(weights, 0.3, e -> weights[e] < 0));
    DropRule scores =
        (situation, fraction) -> {
          situation.inParts((from, to) -> {
            for (int e = from; e < to; e++) {
              situation.scores().set(e, Math.abs(weights[e]));
            }
          });
          situation.markSmallest(situation.scores(), (int) (fraction * weights.length));
        };
    for (int threads : new int[] {1, 2, 3, 7}) {
      assertThat(Choices.dropped(SIGNED, layer, 0.3, threads)).isEqualTo(bySign);
      assertThat(Choices.dropped(new ScipyDrop(), layer, 0.3, threads))
          .isEqualTo(sortedScipy(weights, 0.3));
      BitSet nearest = smallest(weights, 0.3, e -> true);
      assertThat(Choices.dropped(MAGNITUDE, layer, 0.3, threads)).isEqualTo(nearest);
      assertThat(Choices.dropped(scores, layer, 0.3, threads)).isEqualTo(nearest);
    }
  }
}
