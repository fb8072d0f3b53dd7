package dev.rewire.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.layer.MemoryMode;
import dev.rewire.plan.Alternatives.Alternative;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternativesTest {
  private static Proposal proposal(Recipe recipe) {
    return new Proposal(recipe, 1000, 10, 1000, 100, 0);
  }

  private static Recipe recipe(DensityAllocation density) {
    Recipe recipe = Preset.DEFAULT.recipe();
    return recipe
        .withHidden(List.of(100_000, 50_000))
        .withDensity(density)
        .withPlan(recipe.plan().withBatch(32));
  }

  private static final DensityAllocation EPSILON = new DensityAllocation.Epsilon(20);

  @Test
  void whatIsFoundFitsAndHardlyMoreWould() {
    Proposal large = proposal(recipe(EPSILON));
    Budget budget = new Budget((long) (0.95 * large.memory().bytes()));
    List<Alternative> found = new Alternatives(large, budget).find();

    assertThat(budget.holds(large.memory())).isFalse();
    assertThat(found)
        .extracting(each -> each.options().split(" ")[0])
        .containsExactly("--hidden", "--epsilon", "--batch", "--memory");
    assertThat(found)
        .allSatisfy(each -> {
          assertThat(budget.holds(each.proposal().memory())).isTrue();
          assertThat(each.proposal().memory().bytes())
              .as(each.options())
              .isLessThan(large.memory().bytes());
        });
    // two digits: at most a tenth is given away, here of widths and of epsilon
    assertThat(found.get(0).proposal().memory().bytes()).isGreaterThan(budget.bytes() * 8 / 10);
    assertThat(found.get(1).proposal().memory().bytes()).isGreaterThan(budget.bytes() * 8 / 10);
    assertThat(found.get(3).proposal().recipe().plan().memory()).isEqualTo(MemoryMode.LEAN);
  }

  @Test
  void densitiesAreSuggestedInTheirOwnWords() {
    for (DensityAllocation density :
        List.of(
            new DensityAllocation.Uniform(0.001), new DensityAllocation.ErdosRenyiKernel(0.001))) {
      Proposal large = proposal(recipe(density));
      Budget budget = new Budget((long) (0.95 * large.memory().bytes()));
      assertThat(new Alternatives(large, budget).find())
          .extracting(Alternative::options)
          .anyMatch(options -> options.startsWith("--density 0.000"));
    }
  }

  @Test
  void nothingHelpsWhenTheDataDoNotFit() {
    Proposal large = proposal(recipe(EPSILON));
    assertThat(new Alternatives(large, new Budget(1_000_000)).find()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"314159, 310000", "9.99, 9.9", "0.0123, 0.012", "10, 10", "7, 7", "0, 0"})
  void twoDigitsRoundDown(double value, double rounded) {
    assertThat(Alternatives.twoDigits(value)).isEqualTo(rounded);
  }
}
