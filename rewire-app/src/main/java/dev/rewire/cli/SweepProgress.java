package dev.rewire.cli;

import dev.rewire.network.Network;
import dev.rewire.sweep.Outcome;
import dev.rewire.train.EpochReport;
import dev.rewire.train.TrainingListener;
import java.util.concurrent.TimeUnit;

/**
 * A line for each run that is finished, and between them, every few seconds, how far the sweep is.
 * The time left follows from the epochs that are done; runs may report from several threads.
 */
final class SweepProgress implements TrainingListener {
  private static final long LIVE = TimeUnit.SECONDS.toNanos(1);
  private static final long PLAIN = TimeUnit.SECONDS.toNanos(15);
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final boolean quiet;
  private final int runs;
  private final long epochs;
  private final String metric;
  private final long begin = System.nanoTime();
  private final long interval;
  private long next;
  private int finished;
  private long done;

  /**
   * Begins to count.
   *
   * @param runs of the sweep
   * @param finished of them before
   * @param epochs of all runs that are left
   */
  SweepProgress(
      Console console, boolean quiet, int runs, int finished, long epochs, String metric) {
    this.console = console;
    this.quiet = quiet;
    this.runs = runs;
    this.finished = finished;
    this.epochs = epochs;
    this.metric = metric;
    interval = console.live() ? LIVE : PLAIN;
    next = begin + interval;
  }

  @Override
  public synchronized void onEpoch(Network network, EpochReport report) {
    done++;
    long now = System.nanoTime();
    if (quiet || now - next < 0) {
      return;
    }
    next = now + interval;
    String line =
        "%d of %d runs, epoch %,d of %,d, about %s left"
            .formatted(finished, runs, done, epochs, left());
    if (console.live()) {
      console.err().print(CLEAR + line);
      console.err().flush();
    } else {
      console.say("%s", line);
    }
  }

  synchronized void onRun(Trial trial, Outcome outcome) {
    finished++;
    if (quiet) {
      return;
    }
    console.say(
        "%s[%d/%d] %s: %s%s",
        console.live() ? CLEAR : "",
        finished,
        runs,
        trial.label(),
        outcome.diverged() ? "diverged" : metric + " " + outcome.metric(metric),
        finished == runs ? "" : ", about " + left() + " left");
  }

  /** Epochs of a run that diverged are never done, so this errs on the long side. */
  private String left() {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return done == 0 ? "-" : Say.duration(seconds / done * Math.max(0, epochs - done));
  }
}
