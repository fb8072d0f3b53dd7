package dev.rewire.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No test knows how fast a machine is; these know what must have been measured. */
class RehearsalTest {
  private static Recipe recipe(int hidden) {
    Recipe recipe = Preset.DEFAULT.recipe().withHidden(List.of(hidden, hidden));
    return recipe.withPlan(recipe.plan().withBatch(4));
  }

  @Test
  void smallNetworksAreMeasuredWhole() {
    Forecast forecast = Rehearsal.of(new Proposal(recipe(50), 20, 3, 40, 8, 0));

    assertThat(forecast.whole()).isTrue();
    assertThat(forecast.measuredNeurons()).isEqualTo(20 + 50 + 50 + 3);
    assertThat(forecast.training()).isPositive();
    assertThat(forecast.evolution()).isPositive();
    assertThat(forecast.test()).isPositive();
    assertThat(forecast.steps()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void largeNetworksAreMeasuredByASmallerOne() {
    Recipe large = recipe(2_000_000).withEvolution(null);
    Forecast forecast = Rehearsal.of(new Proposal(large, 1000, 3, 40, 0, 0));

    assertThat(forecast.whole()).isFalse();
    assertThat(forecast.measuredConnections()).isBetween(100_000L, forecast.connections() / 2);
    assertThat(forecast.evolution()).isZero();
    assertThat(forecast.test()).isZero();
  }

  @Test
  void densitiesKeepTheFanIn() {
    Recipe large =
        recipe(20_000).withEvolution(null).withDensity(new DensityAllocation.Uniform(0.01));
    Proposal proposal = new Proposal(large, 20_000, 3, 40, 0, 0);
    Forecast forecast = Rehearsal.of(proposal);

    double fanIn = (double) proposal.memory().connections() / proposal.memory().neurons();
    double measured = (double) forecast.measuredConnections() / forecast.measuredNeurons();
    assertThat(measured / fanIn).isBetween(0.9, 1.1);
  }
}
