package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.schedule.Moment;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What an {@link UpdateSchedule} has to keep to. Extend it, and say how yours is made. */
public abstract class UpdateScheduleContract {
  private static final int EPOCHS = 400;
  private static final int STEPS = 25;

  /** For subclasses. */
  protected UpdateScheduleContract() {}

  /**
   * Makes the schedule.
   *
   * @return a new one each time, all alike
   */
  protected abstract UpdateSchedule schedule();

  /**
   * Lists arguments that the schedule must refuse.
   *
   * @return calls that have to throw {@link IllegalArgumentException}; none by default
   */
  protected List<Supplier<UpdateSchedule>> illegal() {
    return List.of();
  }

  private static double ask(UpdateSchedule schedule, int epoch, int step, int layer) {
    Moment moment =
        new Moment(
            (long) epoch * STEPS + step,
            epoch,
            epoch + (step + 1.0) / STEPS,
            EPOCHS,
            step == STEPS - 1);
    return schedule.fraction(moment, layer, Trial.STREAMS);
  }

  /** The answer is a fraction. */
  @Test
  public final void answersAFraction() {
    UpdateSchedule schedule = schedule();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(ask(schedule, epoch, step, step % 3))
            .as("fraction at step %d of epoch %d", step, epoch)
            .isBetween(0.0, 1.0);
      }
    }
  }

  /** A run that goes on asks from the middle: nothing depends on what was asked before. */
  @Test
  public final void remembersNothing() {
    UpdateSchedule asked = schedule();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(ask(asked, epoch, step, step % 3))
            .as("fraction at step %d of epoch %d", step, epoch)
            .isEqualTo(ask(schedule(), epoch, step, step % 3));
      }
    }
  }

  /** Who says that nothing happens within an epoch is not asked about it. */
  @Test
  public final void keepsToTheEndsOfEpochsIfItSaysSo() {
    UpdateSchedule schedule = schedule();
    for (int epoch = 0; epoch < EPOCHS && !schedule.withinEpochs(); epoch++) {
      for (int step = 0; step < STEPS - 1; step++) {
        assertThat(ask(schedule, epoch, step, 0))
            .as("fraction at step %d of epoch %d, which is not its last", step, epoch)
            .isZero();
      }
    }
  }

  /** Arguments out of range are refused with a sentence. */
  @Test
  public final void refusesIllegalArguments() {
    Trial.checkRefused(illegal());
  }
}
