package dev.rewire.schedule;

/**
 * A number that follows the course of a training: a learning rate, a weight decay, ζ, a density.
 * Time is counted in epochs that are done, so a run that goes on from any point finds the same
 * values. As a text:
 *
 * <pre>
 * 0.001                                        always the same
 * 0.001..0.01 linear                           from the beginning to the end of the run
 * 0.3..0 cosine until 100                      0 when 100 epochs are done, and from then on
 * 1..0.2 cubic from 10 until 75%               shares of the run instead of epochs
 * 0.1 step 0.5 every 30                        halved every 30 epochs
 * 0.3 until 100 then 0                         one after the other
 * 0..0.1 linear until 5 then 0.1..0 cosine     a warm-up
 * </pre>
 *
 * <p>Shapes are those of {@link Shape}.
 */
public sealed interface Schedule permits Constant, Ramp, Steps, Pieces {
  /**
   * Returns the value at a time.
   *
   * @param time epochs that are done, 0 or more, fractions allowed
   * @param epochs epochs of the whole run, 0 or more
   * @return the value, between {@link #least} and {@link #most}
   */
  double at(double time, double epochs);

  /**
   * Returns the value at a moment of a training.
   *
   * @param moment the moment
   * @return the value, between {@link #least} and {@link #most}
   */
  default double at(Moment moment) {
    return at(moment.time(), moment.epochs());
  }

  /**
   * Returns a number that no value is below.
   *
   * @return the lower bound
   */
  double least();

  /**
   * Returns a number that no value is above.
   *
   * @return the upper bound
   */
  double most();

  /**
   * Says whether a longer run would have had other values from its beginning on.
   *
   * @return true if the end of the run is needed to know a value
   */
  boolean followsRunLength();

  /**
   * Says whether the value is always the same.
   *
   * @return true for a {@link Constant}
   */
  default boolean isConstant() {
    return this instanceof Constant;
  }

  /**
   * Checks all values at once.
   *
   * @param name what the number is, for the message
   * @param least the smallest that is allowed
   * @param most the largest, {@link Double#MAX_VALUE} for none
   * @throws IllegalArgumentException if a value may lie outside
   */
  default void requireWithin(String name, double least, double most) {
    if (!(least() >= least && most() <= most)) {
      String from = ScheduleText.number(least);
      String limit =
          most == Double.MAX_VALUE
              ? from + " or more"
              : "between " + from + " and " + ScheduleText.number(most);
      throw new IllegalArgumentException(name + " must be " + limit + ": " + this);
    }
  }

  /**
   * Makes a schedule that is none.
   *
   * @param value any number
   * @return always this number
   */
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /**
   * Reads a schedule.
   *
   * @param text as {@code toString} writes it
   * @return what it says
   * @throws IllegalArgumentException if it is none; the message says what is missing
   */
  static Schedule of(String text) {
    return ScheduleText.read(text);
  }
}
