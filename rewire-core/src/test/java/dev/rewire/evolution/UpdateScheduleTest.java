package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When layers evolve, and how many connections they have then. */
class UpdateScheduleTest {
  private static final RandomStreams STREAMS = new RandomStreams(3);
  private static final int STEPS = 469;

  private static Moment moment(long step) {
    int epoch = (int) (step / STEPS);
    boolean end = (step + 1) % STEPS == 0;
    return new Moment(step, epoch, (step + 1.0) / STEPS, 100, end);
  }

  /** EvolNet with p = 0.1 evolves about 47 times an epoch, each layer for itself. */
  @ParameterizedTest
  @CsvSource({"0.1", "0.025", "0.25", "1", "0"})
  void chanceIsAsLargeAsItSays(double probability) {
    UpdateSchedule schedule = new UpdateSchedule.ByChance(probability, Schedule.constant(0.3));
    int steps = 100 * STEPS;
    int[] evolutions = new int[3];
    int both = 0;
    for (int step = 0; step < steps; step++) {
      for (int layer = 0; layer < 2; layer++) {
        double fraction = schedule.fraction(moment(step), layer, STREAMS);
        assertThat(fraction).isIn(0.0, 0.3);
        evolutions[layer] += fraction > 0 ? 1 : 0;
        both +=
            layer == 1 && fraction > 0 && schedule.fraction(moment(step), 0, STREAMS) > 0 ? 1 : 0;
      }
    }
    double deviation = Math.sqrt(steps * probability * (1 - probability));
    assertThat((double) evolutions[0]).isCloseTo(steps * probability, within(4 * deviation + 1e-9));
    assertThat((double) evolutions[1]).isCloseTo(steps * probability, within(4 * deviation + 1e-9));
    double together = steps * probability * probability;
    assertThat((double) both).isCloseTo(together, within(4 * Math.sqrt(together) + 1e-9));
  }

  @Test
  void anotherSeedIsAnotherChance() {
    UpdateSchedule schedule = new UpdateSchedule.ByChance(0.5, Schedule.constant(0.3));
    int same = 0;
    for (int step = 0; step < 1000; step++) {
      double other = schedule.fraction(moment(step), 0, new RandomStreams(4));
      same += schedule.fraction(moment(step), 0, STREAMS) == other ? 1 : 0;
    }
    assertThat(same).isBetween(400, 600);
  }

  @Test
  void everySoManyStepsWithAFractionThatFalls() {
    UpdateSchedule schedule =
        new UpdateSchedule.EverySteps(100, Schedule.of("0.4..0 linear until 2"));
    assertThat(schedule.fraction(moment(98), 0, STREAMS)).isZero();
    assertThat(schedule.fraction(moment(99), 0, STREAMS))
        .isCloseTo(0.4 * (1 - 100 / 469.0 / 2), within(1e-9));
    assertThat(schedule.fraction(moment(STEPS - 1), 0, STREAMS)).isZero();
    assertThat(schedule.fraction(moment(999), 0, STREAMS)).isZero();
    UpdateSchedule epochs = new UpdateSchedule.EveryEpoch(Schedule.of("0.3 until 2 then 0"));
    assertThat(epochs.fraction(moment(STEPS - 1), 0, STREAMS)).isEqualTo(0.3);
    assertThat(epochs.fraction(moment(2 * STEPS - 1), 0, STREAMS)).isZero();
  }

  /** From all connections to a fifth, faster than three in ten can go; and up again. */
  @Test
  void theTargetIsReachedDownAndUp() {
    SparseLayer layer = Layers.random(60, 50, 0.2, 5);
    int initial = layer.topology().connections();
    Rules rules = new Rules();
    rules.drop = new MagnitudeDrop();
    rules.target =
        new ConnectionTarget.OfInitial(
            Schedule.of("1..0.2 cubic until 3 then 0.2..1.5 linear until 6"));
    int[] expected = new int[6];
    for (int epoch = 0; epoch < 6; epoch++) {
      double time = epoch + 1;
      double share = time < 3 ? 0.2 + 0.8 * Math.pow(1 - time / 3, 3) : 0.2 + 1.3 * (time - 3) / 3;
      expected[epoch] = (int) Math.rint(initial * share);
    }
    // More than three in ten have to go at first.
    assertThat(expected[0]).isLessThan(initial / 2);
    try (WorkerTeam team = new WorkerTeam(2);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      for (int epoch = 0; epoch < 6; epoch++) {
        Moment moment = Moment.endOfEpoch(epoch, epoch, 6);
        rules.evolution().evolve(layer, 0.3, moment, epoch, STREAMS, workspace);
        assertThat(layer.topology().connections())
            .as("after epoch %d", epoch)
            .isEqualTo(expected[epoch]);
      }
    }
  }

  @Test
  void aTargetAboveAllCellsIsAllCells() {
    SparseLayer layer = Layers.random(6, 5, 0.7, 5);
    assertThat(
            new ConnectionTarget.OfInitial(Schedule.constant(100)).connections(layer, Moment.START))
        .isEqualTo(30);
  }
}
