package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.choice.PerLayer;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.Distribution;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.DropSituation;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.GrowSituation;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.LayerChoices;
import dev.rewire.evolution.LayerRule;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that evolve in ways of their own. */
class LayerChoicesTest {
  private static final int LAYERS = 4;
  private static final int EPOCHS = 3;

  private static InMemoryDataset data(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[90][24];
    int[] labels = new int[90];
    for (int i = 0; i < 90; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < 24; f++) {
        samples[i][f] = (float) random.nextGaussian() + (f % 3 == labels[i] ? 1 : 0);
      }
    }
    return InMemoryDataset.of("clouds", samples, labels);
  }

  private static Network network() {
    return new NetworkBuilder(24, InMemoryDataset.numbered(3))
        .hidden(30, 30, 30)
        .epsilon(4)
        .denseOutput(false)
        .densityOf(PerLayer.of("output=0.5", "", Double::valueOf))
        .build();
  }

  static LayerChoices choices(String zeta, String rule) {
    return new LayerChoices(
        PerLayer.of(zeta, "", Schedule::of),
        PerLayer.of(
            rule,
            "",
            name ->
                Arrays.stream(PublishedRule.values())
                    .filter(published -> published.id().equals(name))
                    .findFirst()
                    .map(LayerRule::new)
                    .orElse(LayerRule.STATIC)));
  }

  private static TrainingPlan plan(@Nullable Evolution evolution, LayerChoices choices) {
    return TrainingPlan.defaults()
        .withEvolution(evolution)
        .withLayerChoices(choices)
        .withEpochs(EPOCHS)
        .withBatch(20);
  }

  private static String trained(TrainingPlan plan) {
    Network network = network();
    new Trainer(plan).train(network, data(1), data(2));
    return Fingerprint.of(network);
  }

  /** Trains on 1, 2 and 3 threads to the same bits. */
  private static String trained(@Nullable Evolution evolution, LayerChoices choices) {
    Set<String> bits = new TreeSet<>();
    for (int threads = 1; threads <= 3; threads++) {
      bits.add(trained(plan(evolution, choices).withThreads(threads)));
    }
    assertThat(bits).hasSize(1);
    return bits.iterator().next();
  }

  /** For each layer another fraction, said in the plainest way. */
  private record Fractions(double... each) implements UpdateSchedule {
    @Override
    public double fraction(Moment moment, int layer, RandomStreams streams) {
      return moment.epochEnd() ? each[layer] : 0;
    }
  }

  /** SET in all layers, the output among them if it is not left out by its fraction. */
  private static Evolution set(UpdateSchedule when) {
    Rules rules = new Rules();
    Evolution set = Evolution.set(0.3);
    rules.drop = set.drop();
    rules.target = set.target();
    rules.last = set.last();
    rules.when = when;
    rules.evolveOutput = true;
    rules.maxDensity = set.maxDensity();
    return rules.evolution();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | hidden-2=set | static | 0 0.3 0 0",
        "none | *=set, hidden-3=static | static | 0.3 0.3 0 0.3",
        "none | hidden-1=static | set | 0 0.3 0.3 0",
        "hidden-1=0.1, hidden-3=0 | none | set | 0.1 0.3 0 0",
        "output=0.5 | output=set | set | 0.3 0.3 0.3 0.5",
        "hidden-*=0.2, output=0.4 | output=set, hidden-2=static | set | 0.2 0 0.2 0.4"
      })
  void isOneRuleWithAFractionForEachLayer(String zeta, String rule, String usual, String each) {
    double[] fractions = Arrays.stream(each.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertThat(trained(usual.equals("set") ? Evolution.set(0.3) : null, choices(zeta, rule)))
        .isEqualTo(trained(plan(set(new Fractions(fractions)), LayerChoices.NONE)));
  }

  /** Two rules in one: SET in the first layer, CTRE in the others, which looks at 8 batches. */
  private static Evolution both() {
    Evolution set = PublishedRule.SET.evolution();
    Evolution ctre = PublishedRule.CTRE.evolution();
    Rules rules = new Rules();
    rules.target = set.target();
    rules.last = set.last();
    rules.when = new Fractions(0.3, 0.2, 0.2, 0);
    rules.drop =
        new DropRule() {
          @Override
          public void choose(DropSituation situation, double fraction) {
            DropRule drop = situation.layer().index() == 0 ? set.drop() : ctre.drop();
            drop.choose(situation, fraction);
          }
        };
    rules.grow =
        new GrowRule() {
          @Override
          public void choose(GrowSituation situation, int count) {
            GrowRule grow = situation.layer().index() == 0 ? set.grow() : ctre.grow();
            grow.choose(situation, count);
          }

          @Override
          public int batches() {
            return ctre.grow().batches();
          }

          @Override
          public boolean outputs() {
            return true;
          }
        };
    return rules.evolution();
  }

  @Test
  void differentRulesSideBySide() {
    LayerChoices choices = choices("none", "hidden-1=set");
    assertThat(trained(PublishedRule.CTRE.evolution(), choices))
        .isEqualTo(trained(plan(both(), LayerChoices.NONE)))
        .isNotEqualTo(trained(PublishedRule.CTRE.evolution(), LayerChoices.NONE));
  }

  /** Connections of each layer, and of which layers there was news, after each epoch. */
  private record Seen(List<List<Integer>> connections, Map<Integer, Integer> updates) {
    static Seen of(TrainingPlan plan) {
      Seen seen = new Seen(new ArrayList<>(), new TreeMap<>());
      new Trainer(plan)
          .listen(
              new TrainingListener() {
                @Override
                public void onTopologyUpdate(Network network, TopologyUpdate update) {
                  seen.updates.merge(update.layer(), 1, Integer::sum);
                }

                @Override
                public void onTest(Network network, int epoch, Evaluation test) {
                  seen.connections.add(
                      network.layers().stream()
                          .map(layer -> layer.topology().connections())
                          .toList());
                }
              })
          .train(network(), data(1), data(2));
      return seen;
    }
  }

  /** What goes from two layers comes back to these two, in other shares. */
  @Test
  void layersOfTheSameRuleShareAmongThemselves() {
    Rules rules = new Rules();
    rules.drop = new MagnitudeDrop();
    rules.distribution = new Distribution.Surviving();
    Seen seen = Seen.of(plan(rules.evolution(), choices("hidden-1=0.5", "hidden-2=set")));
    List<Integer> first = seen.connections.getFirst();
    List<Integer> last = seen.connections.getLast();
    assertThat(last.get(0)).isNotEqualTo(first.get(0));
    assertThat(last.get(0) + last.get(2)).isEqualTo(first.get(0) + first.get(2));
    assertThat(last.get(1)).isEqualTo(first.get(1));
    assertThat(last.get(3)).isEqualTo(first.get(3));
    assertThat(seen.updates).containsOnlyKeys(0, 1, 2);
  }

  /** The test sees one layer without what was removed, and another one as it was trained. */
  @Test
  void someAroundTheTestAndSomeAfterIt() {
    Rules rules = new Rules();
    rules.timing = Timing.AROUND_TEST;
    rules.last = LastUpdate.REMOVE_ONLY;
    Network network = network();
    List<Integer> initial =
        network.layers().stream().map(layer -> layer.topology().connections()).toList();
    Seen seen = Seen.of(plan(rules.evolution(), choices("none", "hidden-2=ctre")));
    for (List<Integer> connections : seen.connections) {
      assertThat(connections.get(0)).isLessThan(initial.get(0));
      assertThat(connections.get(1)).isEqualTo(initial.get(1));
      assertThat(connections.get(2)).isLessThan(initial.get(2));
    }
    // Removal and growth are two updates, but for the last removal; CTRE rests after the last
    // epoch.
    assertThat(seen.updates).isEqualTo(Map.of(0, 2 * EPOCHS - 1, 1, EPOCHS - 1, 2, 2 * EPOCHS - 1));
  }

  @Test
  void everyLayerByName() {
    TrainingPlan plan = plan(Evolution.set(0.3), choices("none", "hidden-1=rigl, output=static"));
    List<@Nullable Evolution> evolutions = plan.evolutions(LAYERS);
    assertThat(evolutions.get(0).grow()).isEqualTo(PublishedRule.RIGL.evolution().grow());
    assertThat(evolutions.get(1)).isEqualTo(evolutions.get(2));
    assertThat(evolutions.get(1).drop()).isEqualTo(Evolution.set(0.3).drop());
    assertThat(evolutions.get(3)).isNull();
    assertThat(plan.followsRunLength()).isTrue();
    assertThat(plan(null, choices("none", "output=static")).evolves()).isFalse();
    assertThat(plan(null, choices("none", "output=set")).evolves()).isTrue();
    assertThat(plan(null, LayerChoices.NONE).evolutions(2)).containsExactly(null, null);
    // The rule of all layers keeps its details where it is named.
    assertThat(
            plan(Evolution.set(0.1), choices("none", "output=set")).evolutions(2).getLast().when())
        .isEqualTo(new UpdateSchedule.EveryEpoch(0.1));
  }

  @Test
  void whatCannotBe() {
    assertThatThrownBy(() -> plan(null, choices("none", "hidden-4=set")).evolutions(LAYERS))
        .hasMessageContaining("names layer hidden-4, but the network has layers 0 to 3");
    assertThatThrownBy(() -> choices("output=2", "none")).hasMessageContaining("zeta must be");
    assertThatThrownBy(
            () -> plan(set(new Fractions(0.1)), choices("output=0", "none")).evolutions(LAYERS))
        .hasMessageContaining("Fractions has no fraction that could differ between layers");
  }
}
