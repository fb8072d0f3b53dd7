package dev.rewire.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.schedule.Schedule;
import dev.rewire.testing.SharedFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learning rates of 40 steps as PyTorch's schedulers give them, in the words of a schedule. */
class LearningRatesTest {
  @ParameterizedTest
  @CsvSource({
    "step_10_0.5, 0.1 step 0.5 every 10",
    "cosine_40, 0.1..0 cosine",
    "exponential_0.95, 0.1 step 0.95 every 1",
    // a rise of 30 % of the steps, from a 25th; then down to a 10,000th of the beginning
    "onecycle_max1_40, 0.04..1 cosine until 11 then 1..4e-6 cosine until 39"
  })
  void schedule(String name, String text) {
    double[] expected =
        SharedFiles.numbers(
            SharedFiles.golden("optimizers/traces.json").get("learning_rates").get(name));
    Schedule schedule = Schedule.of(text);

    assertThat(expected).hasSize(40);
    for (int step = 0; step < 40; step++) {
      assertThat(schedule.at(step, 40))
          .as("rate of step %d", step)
          .isCloseTo(expected[step], within(1e-12));
    }
  }
}
