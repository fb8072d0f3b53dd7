package dev.rewire.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values by hand and from publications, and texts that come back. */
class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "0.001, 7, 20, 0.001",
    "1..3 linear, 0, 20, 1",
    "1..3 linear, 5, 20, 1.5",
    "1..3 linear, 20, 20, 3",
    // RigL's fraction
    "0.3..0 cosine, 25, 100, 0.256066",
    "0.3..0 cosine, 50, 100, 0.15",
    "0.3..0 cosine, 75, 100, 0.043934",
    // Zhu and Gupta's sparsity, and GraNet's density
    "0..0.9 cubic, 1, 10, 0.2439",
    "0..0.9 cubic, 2.5, 10, 0.520313",
    "0..0.9 cubic, 7.5, 10, 0.885938",
    "0.5..0.1 cubic, 0.25, 1, 0.26875",
    "0.5..0.1 power:3, 0.25, 1, 0.26875",
    "0.5..0.1 power:1, 0.25, 1, 0.4",
    "1e-3..1e-1 exponential, 5, 10, 0.01",
    "8 step 0.5 every 30, 29.9, 100, 8",
    "8 step 0.5 every 30, 30, 100, 4",
    "8 step 0.5 every 30, 95, 100, 1",
    // stops, begins later, and holds
    "1..3 linear until 10, 5, 20, 2",
    "1..3 linear until 10, 15, 20, 3",
    "1..3 linear from 10, 5, 20, 1",
    "1..3 linear from 10, 15, 20, 2",
    "1..3 linear from 10 until 12, 11, 99, 2",
    "1..3 linear from 25% until 75%, 10, 20, 2",
    "0.3 until 100 then 0, 99.9, 200, 0.3",
    "0.3 until 100 then 0, 100, 200, 0",
    "0..1 linear until 5 then 1..0 cosine, 2.5, 25, 0.5",
    "0..1 linear until 5 then 1..0 cosine, 5, 25, 1",
    "0..1 linear until 5 then 1..0 cosine, 15, 25, 0.5",
    "1 then 2 from 10 then 3 from 20, 9, 99, 1",
    "1 then 2 from 10 then 3 from 20, 10, 99, 2",
    "1 then 2 from 10 then 3 from 20, 50, 99, 3",
    // what a piece has come to holds until the next begins
    "1..2 linear until 4 then 9 from 8, 6, 99, 2",
    "4 step 0.5 every 2 from 3, 7, 99, 1",
    "1..3 linear, 0, 0, 3"
  })
  void values(String text, double time, double epochs, double expected) {
    assertThat(Schedule.of(text).at(time, epochs)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.001",
        "1e-5..0.01 linear",
        "0.3..0 cosine until 100",
        "1..0.2 cubic from 10 until 75%",
        "0.1..1e-300 exponential",
        "0.5..0 power:2.5 from 3",
        "0.1 step 0.5 every 30",
        "0.3 until 100 then 0",
        "0..0.1 linear until 5 then 0.1..0 cosine",
        "1 then 2 from 10 then 3..4 linear from 20 until 30"
      })
  void textsComeBack(String text) {
    Schedule schedule = Schedule.of(text);
    assertThat(schedule).hasToString(text);
    assertThat(Schedule.of(schedule.toString())).isEqualTo(schedule);
    assertThat(Schedule.of("  " + text.toUpperCase(java.util.Locale.ROOT).replace(" ", "  ")))
        .isEqualTo(schedule);
    for (double time = 0; time < 120; time += 0.5) {
      assertThat(schedule.at(time, 110)).isBetween(schedule.least(), schedule.most());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, false",
    "1..2 linear, true",
    "1..1 linear, false",
    "1..2 linear from 3, true",
    "1..2 linear until 3, false",
    "1..2 linear until 30%, true",
    "1..2 linear then 7 from 4, false",
    "7 until 4 then 1..2 linear, true",
    "7 until 50% then 1, true",
    "0.1 step 0.5 every 30, false"
  })
  void knowsWhetherALongerRunWouldHaveBeenAnother(String text, boolean follows) {
    Schedule schedule = Schedule.of(text);
    assertThat(schedule.followsRunLength()).isEqualTo(follows);
    boolean differs = false;
    for (double time = 0; time <= 10; time += 0.25) {
      differs |= schedule.at(time, 10) != schedule.at(time, 20);
    }
    assertThat(differs).isEqualTo(follows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^ | must not be empty",
        "many | a schedule must be a number, not 'many'",
        "1..2 | '1..2' needs a shape, one of linear, cosine, exponential, cubic or power:NUMBER",
        "1..2 quick | the shape after '1..2' must be linear, cosine, exponential, cubic or",
        "1..x linear | the second end of a range must be a number, not 'x'",
        "..2 linear | the first end of a range must be a number, not ''",
        "0..2 exponential | two ends of the same sign",
        "1..2 power:0 | the exponent of power must be above 0",
        "1..2 power:x | the exponent of power must be a number, not 'x'",
        "1 step 0.5 | 'step' needs its epochs, as in '1 step 0.5 every 30'",
        "1 step 2 every 3 | the factor after 'step' must be above 0 and below 1: 2",
        "1 step 0.5 every 0 | the epochs after 'every' must be above 0: 0",
        "1 step | a schedule ends where it needs a factor after 'step'",
        "1 until | needs an epoch or a share of the run after 'until', as in 100 or 75%",
        "1 until soon | the epoch after 'until' must be a number, not 'soon'",
        "1 until 120% | a share of the run must be 0% to 100%: 120",
        "1 until -3 | an epoch must be 0 or more: -3",
        "1 from 5 until 3 | 'from 5 until 3' ends before it begins",
        "1 then 2 | it is not said when '2' begins: write 'until' before 'then', or 'from' after",
        "1 then 2 from 9 then 3 from 5 | '3 from 5' begins before what is written before it",
        "1 until 9 then 2 from 5 | '2 from 5' begins before what is written before it has ended",
        "1 linear | 'linear' is out of place in '1 linear'",
        "1..2 linear 3 | '3' is out of place",
        "NaN | a schedule must be a number, not 'nan'",
        "1..Infinity linear | the second end of a range must be a number"
      })
  void whatIsNoScheduleSaysWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> Schedule.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void allValuesAreChecked() {
    Schedule.of("0.1..0.9 linear").requireWithin("it", 0, 1);
    assertThatThrownBy(() -> Schedule.of("0.1..1.5 linear").requireWithin("it", 0, 1))
        .hasMessage("it must be between 0 and 1: 0.1..1.5 linear");
    assertThatThrownBy(
            () -> Schedule.of("-1 until 3 then 2").requireWithin("it", 0, Double.MAX_VALUE))
        .hasMessage("it must be 0 or more: -1 until 3 then 2");
  }

  @Test
  void momentsAreOfATraining() {
    assertThat(Schedule.of("0..1 linear").at(Moment.endOfEpoch(99, 0, 4))).isEqualTo(0.25);
    assertThatThrownBy(() -> new Moment(0, 0, Double.NaN, 1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
