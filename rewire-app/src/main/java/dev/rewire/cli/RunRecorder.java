package dev.rewire.cli;

import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down each epoch, and keeps the model on the disk nearly as new as the one in memory. */
final class RunRecorder implements TrainingListener {
  /** Writing may take this share of the time: 1/20. */
  private static final long RATIO = 20;

  private final RunFolder folder;
  private int samples;
  private int savedEpoch;
  private long saved;
  private long cost;

  /** Begins with the model as it is, so that there is one whatever happens. */
  RunRecorder(RunFolder folder, Network network) throws IOException {
    this.folder = folder;
    save(network, 0);
  }

  @Override
  public void onStep(int epoch, int samples, int of, double meanLoss) {
    this.samples = samples;
  }

  @Override
  public void onEpoch(Network network, EpochReport report) {
    folder.addMetrics(line(report, samples));
    if (System.nanoTime() - saved >= RATIO * cost) {
      try {
        save(network, report.epoch());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private void save(Network network, int epoch) throws IOException {
    long begin = System.nanoTime();
    ModelFile.write(network, folder.model());
    savedEpoch = epoch;
    saved = System.nanoTime();
    cost = saved - begin;
  }

  /** Says which state the file holds, for the message when training has gone wrong. */
  String savedState() {
    return savedEpoch == 0 ? "as it was before training" : "after epoch " + savedEpoch;
  }

  private static Map<String, @Nullable Object> line(EpochReport report, int samples) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("epoch", report.epoch());
    line.put("samples", samples);
    line.put("train_loss", Json.number(report.trainLoss()));
    line.put("train_accuracy", Json.number(report.trainAccuracy()));
    line.put("test_loss", Json.number(report.test().loss()));
    line.put("test_accuracy", Json.number(report.test().accuracy()));
    line.put("connections", report.connections());
    line.put("rewired", report.rewired());
    line.put("seconds_training", report.trainingNanos() / 1e9);
    line.put("seconds_evolution", report.evolutionNanos() / 1e9);
    line.put("seconds_test", report.testNanos() / 1e9);
    return line;
  }
}
