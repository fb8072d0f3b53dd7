package dev.rewire.benchmarks;

import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains one big network in a JVM of its own and tells how long that took and how much it needed.
 */
final class ScaleRun implements TrainingListener {
  private final int epochs;
  private final List<Long> steps = new ArrayList<>();
  private final List<EpochReport> reports = new ArrayList<>();
  private long last;

  private ScaleRun(int epochs) {
    this.epochs = epochs;
  }

  /**
   * Trains.
   *
   * @param args name, epochs (0 for those of the network), threads
   */
  public static void main(String[] args) {
    dieFirst();
    ScaleNetwork scale = ScaleNetwork.of(args[0]);
    int given = Integer.parseInt(args[1]);
    int epochs = given > 0 ? given : scale.epochs();
    long before = kibibytes("VmRSS");
    long start = System.nanoTime();
    Network network = scale.builder().build();
    Child.report("draw", Stopwatch.seconds(start));
    Child.report("connections", network.connections());

    ScaleRun run = new ScaleRun(epochs);
    HashedDataset training = new HashedDataset(scale.samples(), scale.features(), scale.classes());
    HashedDataset test = new HashedDataset(1, scale.features(), scale.classes());
    new Trainer(scale.plan(epochs, Integer.parseInt(args[2])))
        .listen(run)
        .train(network, training, test);
    run.report(scale);
    Child.report("peak", peak());
    Child.report("before", 1024.0 * before);
  }

  @Override
  public void onStep(int epoch, int samples, int of, double meanLoss) {
    long now = System.nanoTime();
    if (last != 0) {
      steps.add(now - last);
    }
    last = now;
  }

  @Override
  public void onEpoch(Network network, EpochReport report) {
    reports.add(report);
  }

  @Override
  public boolean stop() {
    return reports.size() >= epochs;
  }

  /** Medians without the first epoch; of one epoch alone, of its steps without the first. */
  private void report(ScaleNetwork scale) {
    Child.report("loss", reports.getLast().trainLoss());
    if (epochs == 1) {
      Child.report("step", median(steps) * 1e-9);
      return;
    }
    List<EpochReport> warm = reports.subList(1, reports.size());
    double training = median(warm.stream().map(EpochReport::trainingNanos).toList()) * 1e-9;
    Child.report("training", training);
    Child.report("step", training / scale.steps());
    Child.report(
        "evolution", median(warm.stream().map(EpochReport::evolutionNanos).toList()) * 1e-9);
  }

  private static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2.0;
  }

  /** Where memory runs out, this process is the one to end. */
  private static void dieFirst() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
    } catch (IOException e) {
      System.err.println("not on Linux, running out of memory may hit other programs: " + e);
    }
  }

  /** The most memory that this process has had, in bytes. */
  static double peak() {
    return 1024.0 * kibibytes("VmHWM");
  }

  private static long kibibytes(String key) {
    String value = Report.machine("/proc/self/status", key).replace(" kB", "");
    return value.isEmpty() ? 0 : Long.parseLong(value);
  }
}
