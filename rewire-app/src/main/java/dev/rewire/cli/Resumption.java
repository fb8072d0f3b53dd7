package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.model.AtomicFile;
import dev.rewire.model.Checkpoint;
import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to go on, and the moment from which on it does. Whoever makes one holds the lock of
 * the folder. Nothing of the run is changed until everything is known to fit.
 *
 * @param console where progress goes
 * @param folder of the run
 * @param record what it was begun with
 * @param recorded its settings
 * @param checkpoint the newest one that is whole
 * @param before epochs that were complete then
 */
record Resumption(
    Console console,
    RunFolder folder,
    RunRecord record,
    RunSettings recorded,
    Checkpoint checkpoint,
    List<EpochReport> before) {

  /**
   * Looks for the moment to go on from.
   *
   * @throws UsageException if there is no whole checkpoint
   * @throws IOException if the files of the run do not belong together
   */
  static Resumption of(Console console, RunFolder folder) throws IOException {
    RunRecord record = RunRecord.read(folder.record());
    RunSettings recorded = RunConfig.settings(folder.config());
    Checkpoint checkpoint =
        folder
            .checkpoints()
            .newest(damaged ->
                console.say(
                    "%s; the checkpoint before it is used", String.valueOf(damaged.getMessage())));
    if (checkpoint == null) {
      throw new UsageException(
          "there is no whole checkpoint in %s to go on from: begin again by 'rewire reproduce'"
              .formatted(folder.checkpoints().folder()));
    }
    return new Resumption(
        console, folder, record, recorded, checkpoint, folder.metricsUntil(checkpoint));
  }

  /** Epochs that are complete or under way. */
  int begun() {
    return checkpoint.state().epoch() + (checkpoint.state().samples() > 0 ? 1 : 0);
  }

  /** Changes the number of epochs. */
  static RunSettings longer(RunSettings settings, int epochs) {
    Recipe recipe = settings.recipe();
    return settings.withRecipe(recipe.withPlan(recipe.plan().withEpochs(epochs)));
  }

  /**
   * Trains on.
   *
   * @param settings of the run, perhaps with more epochs
   * @param threads to compute with, or null for those of the settings
   * @param pair the data of the run
   * @param policy what it keeps of itself from now on
   * @param quiet whether there is no progress
   * @param events folder for event files of TensorBoard, or null
   * @param listeners hear of each step and epoch
   * @param interruption asked after each step whether to stop
   * @throws UsageException if the data are not those of the run
   */
  TrainingResult run(
      RunSettings settings,
      @Nullable Integer threads,
      DatasetPair pair,
      CheckpointPolicy policy,
      boolean quiet,
      @Nullable Path events,
      List<? extends TrainingListener> listeners,
      Interruption interruption)
      throws IOException {
    record.checkData(pair, folder.path());
    InputConnectivity start = start();
    RunConfig config = RunConfig.read(folder.config()).with(settings);
    if (!settings.equals(recorded)) {
      AtomicFile.write(folder.config(), config.yaml());
    }
    Files.deleteIfExists(folder.result());
    record
        .resumedAt(checkpoint.network().steps(), policy, recorded, settings)
        .write(folder.record());
    folder.cutMetrics(checkpoint);
    RunExecution execution =
        new RunExecution(
            console,
            quiet,
            settings.onThreads(threads),
            pair,
            folder,
            config,
            policy,
            events,
            listeners);
    return execution.resume(checkpoint, before, start, interruption);
  }

  /** How the network was connected before training: the history begins with it. */
  private InputConnectivity start() throws IOException {
    Network network = checkpoint.network();
    if (!Files.exists(folder.history())) {
      return InputConnectivity.of(network);
    }
    int inputs = network.inputs();
    int[] outgoing = new int[inputs];
    int[] incoming;
    try (HistoryReader reader = HistoryReader.open(folder.history())) {
      incoming = new int[reader.layers().getFirst().outputs()];
      TopologyChange first = reader.next();
      if (first != null && first.layer() == 0 && first.epoch() == TopologyChange.START) {
        for (long i = 0; i < first.grown().size(); i++) {
          outgoing[(int) (first.grown().get(i) % inputs)]++;
          incoming[(int) (first.grown().get(i) / inputs)]++;
        }
      }
    }
    return new InputConnectivity(outgoing, incoming, network.image());
  }
}
