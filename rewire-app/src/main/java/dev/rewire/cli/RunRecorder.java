package dev.rewire.cli;

import dev.rewire.checkpoint.Checkpointer;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.history.HistoryWriter;
import dev.rewire.model.AtomicFile;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.pruning.Compaction;
import dev.rewire.train.EarlyStopping;
import dev.rewire.train.EpochReport;
import dev.rewire.train.NeuronUpdate;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingState;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run down while it trains: a line an epoch, the changes of the topology, the best model;
 * and with each checkpoint the model that other commands read.
 */
final class RunRecorder implements TrainingListener, Checkpointer.Journal, Closeable {
  private final RunFolder folder;
  private final Metrics metrics;
  private final EarlyStopping watched;
  private final boolean best;
  private final @Nullable HistoryWriter history;
  private final RemovedNeurons removed;
  private int samples;
  private long recording;

  /** Steps of the network in the model file; -1 if there is none. */
  private long saved = -1;

  private RunRecorder(
      RunFolder folder,
      Metrics metrics,
      EarlyStopping watched,
      CheckpointPolicy policy,
      @Nullable HistoryWriter history,
      RemovedNeurons removed) {
    this.folder = folder;
    this.metrics = metrics;
    this.watched = watched;
    this.history = history;
    this.removed = removed;
    best = policy.best();
  }

  /** Begins the files of a new run. */
  static RunRecorder begin(
      RunFolder folder,
      Metrics metrics,
      EarlyStopping watched,
      CheckpointPolicy policy,
      Network network)
      throws IOException {
    HistoryWriter history =
        policy.history() ? HistoryWriter.create(folder.history(), network) : null;
    RemovedNeurons removed = RemovedNeurons.begin(folder.neurons(), network);
    return new RunRecorder(folder, metrics, watched, policy, history, removed);
  }

  /** Goes on in the files of a run, whatever was written to them after the checkpoint. */
  static RunRecorder resume(
      RunFolder folder,
      Metrics metrics,
      EarlyStopping watched,
      CheckpointPolicy policy,
      Checkpoint checkpoint)
      throws IOException {
    Network network = checkpoint.network();
    RemovedNeurons removed =
        RemovedNeurons.resume(
            folder.neurons(), network, checkpoint.lengths().getOrDefault(RunFolder.NEURONS, 0L));
    Long length = checkpoint.lengths().get(RunFolder.HISTORY);
    HistoryWriter history =
        policy.history() && length != null
            ? HistoryWriter.append(
                folder.history(), length, RemovedNeurons.numbers(folder.neurons(), network))
            : null;
    RunRecorder recorder = new RunRecorder(folder, metrics, watched, policy, history, removed);
    recorder.saved = checkpoint.network().steps();
    return recorder;
  }

  @Override
  public void onStep(int epoch, int samples, int of, double meanLoss) {
    this.samples = samples;
  }

  @Override
  public void onTopologyUpdate(Network network, TopologyUpdate update) {
    if (history != null) {
      long before = System.nanoTime();
      history.onTopologyUpdate(network, update);
      recording += System.nanoTime() - before;
    }
  }

  @Override
  public void onNeuronUpdate(Network network, NeuronUpdate update) {
    long before = System.nanoTime();
    try {
      removed.add(network, update);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (history != null) {
      history.onNeuronUpdate(network, update);
    }
    recording += System.nanoTime() - before;
  }

  /** How long writing evolutions down has taken. */
  double recordingSeconds() {
    return recording / 1e9;
  }

  @Override
  public void onTest(Network network, int epoch, Evaluation test) {
    if (best && watched.improved()) {
      try {
        ModelFile.write(network, folder.best());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @Override
  public void onEpoch(Network network, EpochReport report) {
    Map<String, @Nullable Object> line = metrics.line(report, network.steps(), samples);
    line.put("neurons", network.neurons());
    folder.addMetrics(line);
  }

  @Override
  public Map<String, Long> settle() throws IOException {
    Map<String, Long> lengths = new LinkedHashMap<>();
    lengths.put(RunFolder.METRICS, folder.settleMetrics());
    if (history != null) {
      lengths.put(RunFolder.HISTORY, history.settle());
    }
    long neurons = removed.settle();
    if (neurons > 0) {
      lengths.put(RunFolder.NEURONS, neurons);
    }
    return lengths;
  }

  /** The checkpoint is the model, under a second name. */
  @Override
  public void written(Path file, Network network, TrainingState state) throws IOException {
    AtomicFile.link(folder.model(), file);
    saved =
        state.pending().stream().allMatch(TrainingState.PendingGrowth::held) ? network.steps() : -1;
  }

  /** Writes the model as it is, unless the last checkpoint is it. */
  void finish(Network network) throws IOException {
    if (saved != network.steps()) {
      ModelFile.write(network, folder.model());
      saved = network.steps();
    }
  }

  /** Writes the model without the neurons that do nothing, in place of that of a checkpoint. */
  void compact(Network network) throws IOException {
    network.narrow(Compaction.of(network).network().layers());
    ModelFile.write(network, folder.model());
    saved = network.steps();
  }

  /** Says which state the file holds, for the message when training has gone wrong. */
  String savedState() {
    return saved == 0 ? "as it was before training" : "of the last checkpoint";
  }

  @Override
  public void close() throws IOException {
    if (history != null) {
      history.close();
    }
  }
}
