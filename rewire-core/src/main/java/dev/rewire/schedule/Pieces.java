package dev.rewire.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schedules one after the other, each over its own part of the run. Before the first one its first
 * value holds, and what a piece has come to holds until the next one begins.
 *
 * @param list one or more
 */
public record Pieces(List<Piece> list) implements Schedule {
  /**
   * A part of a run.
   *
   * @param what its schedule; the part is the run that it sees
   * @param from when it begins, or null for where the one before it ends, which is the beginning of
   *     the run for the first one
   * @param until when it ends, or null for where the next one begins, which is the end of the run
   *     for the last one
   */
  public record Piece(Schedule what, @Nullable Time from, @Nullable Time until) {
    /** Checks the order. */
    public Piece {
      if (what instanceof Pieces) {
        throw new IllegalArgumentException("a piece of a schedule cannot consist of pieces");
      }
      if (from != null && until != null && !from.mayPrecede(until)) {
        throw new IllegalArgumentException(
            "'from %s until %s' ends before it begins".formatted(from, until));
      }
    }

    private String text() {
      return what
          + (from == null ? "" : " from " + from)
          + (until == null ? "" : " until " + until);
    }
  }

  /**
   * A time of a run.
   *
   * @param value epochs that are done, or percent of the run, 0 or more
   * @param percent which of the two
   */
  public record Time(double value, boolean percent) {
    /** Checks the value. */
    public Time {
      if (!(value >= 0 && Double.isFinite(value) && (!percent || value <= 100))) {
        throw new IllegalArgumentException(
            (percent ? "a share of the run must be 0% to 100%: " : "an epoch must be 0 or more: ")
                + ScheduleText.number(value));
      }
    }

    double of(double epochs) {
      return percent ? epochs * value / 100 : value;
    }

    /** Whether nothing is known against this time being before the other. */
    boolean mayPrecede(Time later) {
      return percent != later.percent || value < later.value;
    }

    @Override
    public String toString() {
      return ScheduleText.number(value) + (percent ? "%" : "");
    }
  }

  /** Checks that each piece knows where it begins. */
  public Pieces {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("a schedule needs at least one piece");
    }
    Time before = null;
    for (int p = 0; p < list.size(); p++) {
      Piece piece = list.get(p);
      Time begin = piece.from() != null || p == 0 ? piece.from() : list.get(p - 1).until();
      if (p > 0 && begin == null) {
        throw new IllegalArgumentException(
            "it is not said when '%s' begins: write 'until' before 'then', or 'from' after it, as in"
                    .formatted(piece.what())
                + " '0.3 until 100 then 0'");
      }
      Time end = p > 0 ? list.get(p - 1).until() : null;
      boolean overlaps =
          begin != null && end != null && !begin.equals(end) && !end.mayPrecede(begin);
      if (overlaps || (before != null && begin != null && !before.mayPrecede(begin))) {
        throw new IllegalArgumentException(
            "'%s' begins before what is written before it has ended".formatted(piece.text()));
      }
      before = begin;
    }
  }

  @Override
  public double at(double time, double epochs) {
    int last = 0;
    for (int p = 1; p < list.size(); p++) {
      last = begin(p, epochs) <= time ? p : last;
    }
    Piece piece = list.get(last);
    double begin = begin(last, epochs);
    double length = Math.max(0, end(last, epochs) - begin);
    return piece.what().at(Math.clamp(time - begin, 0, length), length);
  }

  private double begin(int p, double epochs) {
    Time from = list.get(p).from();
    Time before = from == null && p > 0 ? list.get(p - 1).until() : from;
    return before == null ? 0 : before.of(epochs);
  }

  private double end(int p, double epochs) {
    Time until = list.get(p).until();
    if (until != null) {
      return until.of(epochs);
    }
    return p + 1 < list.size() ? begin(p + 1, epochs) : epochs;
  }

  @Override
  public double least() {
    return list.stream().mapToDouble(piece -> piece.what().least()).min().orElseThrow();
  }

  @Override
  public double most() {
    return list.stream().mapToDouble(piece -> piece.what().most()).max().orElseThrow();
  }

  @Override
  public boolean followsRunLength() {
    Piece last = list.getLast();
    return (last.until() == null && last.what().followsRunLength())
        || list.stream().anyMatch(piece -> percent(piece.from()) || percent(piece.until()));
  }

  private static boolean percent(@Nullable Time time) {
    return time != null && time.percent();
  }

  @Override
  public String toString() {
    return String.join(" then ", list.stream().map(Piece::text).toList());
  }
}
