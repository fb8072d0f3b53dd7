package dev.rewire.checkpoint;

import dev.rewire.train.SafePoint;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a checkpoint is due. The moment at which training ends or is left always is. */
public sealed interface CheckpointSchedule {
  /**
   * Asks at a safe point. Called after every step: allocates nothing.
   *
   * @param point the moment
   * @param last when the last checkpoint was written
   * @param now the time, as {@link System#nanoTime}
   * @return true if a checkpoint is due
   */
  boolean due(SafePoint point, Last last, long now);

  /**
   * The last checkpoint.
   *
   * @param step steps of the network then
   * @param epoch epoch then, from 0
   * @param nanos when it was written, as {@link System#nanoTime}
   * @param cost nanoseconds that writing took
   */
  record Last(long step, int epoch, long nanos, long cost) {}

  /** After each epoch, unless writing would take more than a twentieth of the time. */
  record Auto() implements CheckpointSchedule {
    private static final long RATIO = 20;

    @Override
    public boolean due(SafePoint point, Last last, long now) {
      return point.epochEnd() && now - last.nanos() >= RATIO * last.cost();
    }

    @Override
    public String toString() {
      return "auto";
    }
  }

  /**
   * After so many epochs.
   *
   * @param epochs 1 or more
   */
  record Epochs(int epochs) implements CheckpointSchedule {
    /** Checks the number. */
    public Epochs {
      positive(epochs);
    }

    @Override
    public boolean due(SafePoint point, Last last, long now) {
      return point.epochEnd() && point.epoch() - last.epoch() >= epochs;
    }

    @Override
    public String toString() {
      return epochs + "epochs";
    }
  }

  /**
   * After so many steps; the last step of an epoch counts, and is due when the epoch has ended.
   *
   * @param steps 1 or more
   */
  record Steps(long steps) implements CheckpointSchedule {
    /** Checks the number. */
    public Steps {
      positive(steps);
    }

    @Override
    public boolean due(SafePoint point, Last last, long now) {
      return point.network().steps() - last.step() >= steps;
    }

    @Override
    public String toString() {
      return steps + "steps";
    }
  }

  /**
   * After so much time.
   *
   * @param time above 0
   */
  record Time(Duration time) implements CheckpointSchedule {
    /** Checks the time. */
    public Time {
      positive(time.toNanos());
    }

    @Override
    public boolean due(SafePoint point, Last last, long now) {
      return now - last.nanos() >= time.toNanos();
    }

    @Override
    public String toString() {
      long seconds = time.toSeconds();
      return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
  }

  /** Only at the end of training, or where it is left before. */
  record Never() implements CheckpointSchedule {
    @Override
    public boolean due(SafePoint point, Last last, long now) {
      return false;
    }

    @Override
    public String toString() {
      return "never";
    }
  }

  /**
   * Reads a schedule.
   *
   * @param text {@code auto}, {@code never}, or a number with {@code s}, {@code m}, {@code h},
   *     {@code steps} or {@code epochs}
   * @return the schedule; {@code toString} writes it back
   * @throws IllegalArgumentException if it is none
   */
  static CheckpointSchedule of(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    switch (word) {
      case "auto":
        return new Auto();
      case "never":
        return new Never();
      default:
    }
    Matcher matcher = Text.NUMBER_AND_UNIT.matcher(word);
    if (!matcher.matches()) {
      throw unreadable(text);
    }
    try {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> new Time(Duration.ofSeconds(number));
        case "m", "min" -> new Time(Duration.ofMinutes(number));
        case "h" -> new Time(Duration.ofHours(number));
        case "step", "steps" -> new Steps(number);
        default -> new Epochs(Math.toIntExact(number));
      };
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "must be auto, never, or a number with s, m, h, steps or epochs, as in 10m or 500steps,"
            + " not '"
            + text
            + "'");
  }

  private static void positive(long number) {
    if (number < 1) {
      throw new IllegalArgumentException("must be 1 or more: " + number);
    }
  }

  /** How schedules are written. */
  final class Text {
    private static final Pattern NUMBER_AND_UNIT =
        Pattern.compile("(\\d+) ?(s|m|min|h|steps?|epochs?)");

    private Text() {}
  }
}
