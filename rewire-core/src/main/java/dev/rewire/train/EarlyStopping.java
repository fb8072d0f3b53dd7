package dev.rewire.train;

import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import java.util.List;

/**
 * Watches the test of each epoch: which one was the best, and whether training should end because
 * there has been no better one for a while. Add it before whoever asks {@link #improved}.
 */
public final class EarlyStopping implements TrainingListener {
  private final Monitor monitor;
  private final int patience;
  private double best = Double.NaN;
  private int bestEpoch;
  private int epoch;

  /** Whether an epoch has begun and not yet been tested. */
  private boolean within;

  /** What is compared from epoch to epoch. */
  public enum Monitor {
    /** The share of test samples that are right; higher is better. */
    ACCURACY {
      @Override
      double value(Evaluation test) {
        return test.accuracy();
      }

      @Override
      boolean better(double value, double than) {
        return value > than;
      }
    },
    /** The mean loss of the test samples; lower is better. */
    LOSS {
      @Override
      double value(Evaluation test) {
        return test.loss();
      }

      @Override
      boolean better(double value, double than) {
        return value < than;
      }
    };

    abstract double value(Evaluation test);

    abstract boolean better(double value, double than);
  }

  /**
   * Begins to watch.
   *
   * @param monitor what is compared
   * @param patience epochs without a better one after which training ends, 1 or more; 0 for never
   */
  public EarlyStopping(Monitor monitor, int patience) {
    if (patience < 0) {
      throw new IllegalArgumentException("patience must be 0 or more: " + patience);
    }
    this.monitor = monitor;
    this.patience = patience;
  }

  /**
   * Catches up with epochs of an earlier part of the run.
   *
   * @param reports in their order
   * @return this
   */
  public EarlyStopping after(List<EpochReport> reports) {
    reports.forEach(report -> look(report.epoch(), report.test()));
    return this;
  }

  /**
   * Says that the run goes on in the middle of an epoch.
   *
   * @return this
   */
  public EarlyStopping withinEpoch() {
    within = true;
    return this;
  }

  @Override
  public void onStep(int epoch, int samples, int of, double meanLoss) {
    within = samples < of;
  }

  @Override
  public void onTest(Network network, int epoch, Evaluation test) {
    look(epoch, test);
  }

  private void look(int epoch, Evaluation test) {
    this.epoch = epoch;
    double value = monitor.value(test);
    if (bestEpoch == 0 || monitor.better(value, best)) {
      best = value;
      bestEpoch = epoch;
    }
  }

  /**
   * Says whether the last epoch was better than all before it.
   *
   * @return true also for the first one
   */
  public boolean improved() {
    return epoch > 0 && epoch == bestEpoch;
  }

  /**
   * Returns the best epoch so far, the earliest one on a tie.
   *
   * @return its number from 1, or 0 if there was none
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * Returns what the best epoch came to.
   *
   * @return accuracy, 0 to 1, or mean loss; NaN if there was no epoch
   */
  public double best() {
    return best;
  }

  /** Training ends with an epoch, also where a run goes on with less patience within one. */
  @Override
  public boolean stop() {
    return patience > 0 && !within && epoch - bestEpoch >= patience;
  }
}
