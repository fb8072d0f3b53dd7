package dev.rewire.cli;

import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.NeuronUpdate;
import dev.rewire.train.TrainingListener;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A table that grows by one line an epoch. On a terminal the line of the running epoch is written
 * over ten times a second; elsewhere long epochs get a line every few seconds.
 */
final class ProgressDisplay implements TrainingListener {
  private static final long LIVE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PLAIN = TimeUnit.SECONDS.toNanos(5);
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final int epochs;

  /** Epochs that were done before. */
  private final int before;

  /** How a line is written. */
  private final String format;

  private final long interval;
  private final long begin = System.nanoTime();
  private long epochBegin = begin;
  private long next;
  private int finished;
  private double testLoss = Double.NaN;
  private double accuracy = Double.NaN;
  private long rewired;
  private int samples;
  private int of = 1;

  /**
   * Begins a table.
   *
   * @param epochs of the whole run
   * @param before epochs that were done before
   * @param metrics say which samples are looked at after each epoch
   */
  ProgressDisplay(Console console, int epochs, int before, Metrics metrics) {
    this.console = console;
    this.epochs = epochs;
    this.before = before;
    interval = console.live() ? LIVE : PLAIN;
    next = begin + interval;
    String watched = metrics.watched() + " loss";
    format = "%8s %4.0f%% %,10.0f %8s %" + (watched.length() + 1) + "s %9s %,10d %7s";
    console.say("   epoch  done  samples/s     loss  %s  accuracy    rewired    left", watched);
  }

  // Called after every training step: nothing is allocated until it is time for a line.
  @Override
  public void onStep(int epoch, int samples, int of, double meanLoss) {
    this.samples = samples;
    this.of = of;
    long now = System.nanoTime();
    if (now - next < 0 || samples == of) {
      return;
    }
    next = now + interval;
    double done = (double) samples / of;
    String line = line(epoch, done, samples, now - epochBegin, meanLoss, now);
    if (console.live()) {
      console.err().print(CLEAR + line);
      console.err().flush();
    } else {
      console.say("%s", line);
    }
  }

  @Override
  public void onReconnection(Network network, int layer) {
    console.say(
        "%slayer %d was cut off from the inputs: a connection was added to it; removal takes too"
            + " much, a smaller --zeta or a larger --target leaves more",
        console.live() ? CLEAR : "", layer);
  }

  @Override
  public void onSparing(Network network, int layer) {
    console.say(
        "%sthe removal would have cut layer %d off from the inputs: its strongest connection stays;"
            + " a smaller --zeta leaves more",
        console.live() ? CLEAR : "", layer);
  }

  @Override
  public void onNeuronUpdate(Network network, NeuronUpdate update) {
    console.say(
        "%sneurons: %s of %s hidden ones were taken out, %s connections are left",
        console.live() ? CLEAR : "",
        Say.count(update.removed()),
        Say.count(update.hidden()),
        Say.count(network.connections()));
  }

  @Override
  public void onEpoch(Network network, EpochReport report) {
    finished = report.epoch();
    testLoss = report.test().loss();
    accuracy = report.test().accuracy();
    rewired = report.rewired();
    long now = System.nanoTime();
    String line =
        line(
            report.epoch(),
            (double) samples / of,
            samples,
            report.trainingNanos(),
            report.trainLoss(),
            now);
    console.say("%s%s", console.live() ? CLEAR : "", line);
    epochBegin = System.nanoTime();
    next = epochBegin + interval;
  }

  private String line(int epoch, double done, int samples, long nanos, double loss, long now) {
    double total = finished == epoch ? epoch : epoch - 1 + done;
    double left = (now - begin) / 1e9 / (total - before) * (epochs - total);
    return String.format(
        Locale.ROOT,
        format,
        epoch + "/" + epochs,
        100 * done,
        samples / (nanos / 1e9),
        Say.loss(loss),
        Say.loss(testLoss),
        Say.percent(accuracy),
        rewired,
        Say.duration(left));
  }
}
