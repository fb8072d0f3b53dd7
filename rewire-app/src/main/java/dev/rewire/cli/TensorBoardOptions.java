package dev.rewire.cli;

import dev.rewire.network.Network;
import dev.rewire.optimizer.ScheduledOptimizer;
import dev.rewire.schedule.Schedule;
import dev.rewire.tensorboard.TensorBoardListener;
import dev.rewire.train.Recipe;
import dev.rewire.train.SafePoint;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Event files for TensorBoard. */
final class TensorBoardOptions {
  /** The folder of the run for them. */
  static final String IN_RUN = "tensorboard";

  private static final String NO_NAME = "";

  @Option(
      names = "--tensorboard",
      arity = "0..1",
      paramLabel = "DIR",
      preprocessor = OnlyAttached.class,
      description =
          "Write event files for TensorBoard, into the folder 'tensorboard' of the run or another"
              + " one: curves, histograms of the weights that exist, and for pictures a map of"
              + " where the network looks. To look at them: tensorboard --logdir runs")
  @Nullable String folder;

  /** What follows a blank is the next argument, for example the data set; a folder follows "=". */
  static final class OnlyAttached implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        args.push(NO_NAME);
      }
      return false;
    }
  }

  /** The folder for event files, or null if nobody asked for them. */
  @Nullable Path place(RunFolder run) {
    if (folder == null) {
      return null;
    }
    return folder.equals(NO_NAME) ? run.path().resolve(IN_RUN) : Path.of(folder);
  }

  /** The same for one of several runs: a folder of all of them has one for each. */
  TensorBoardOptions inFolder(String name) {
    TensorBoardOptions one = new TensorBoardOptions();
    String all = folder;
    one.folder = all == null || all.equals(NO_NAME) ? all : Path.of(all, name).toString();
    return one;
  }

  /**
   * Adds the listener, if there is a folder for it.
   *
   * @param state where the training goes on
   * @param metrics say which samples are looked at after each epoch
   */
  static void listen(
      Trainer trainer,
      @Nullable Path place,
      Network network,
      TrainingState state,
      Recipe recipe,
      Metrics metrics)
      throws IOException {
    if (place != null) {
      Schedule rate =
          ((ScheduledOptimizer<?>) recipe.plan().optimizer()).settings().common().rate();
      int all = recipe.plan().epochs();
      double[] scale = {state.plateau().scale()};
      trainer
          .listen(
              new TensorBoardListener(
                  place,
                  network,
                  state.epoch(),
                  epoch -> scale[0] * rate.at(epoch - 1, all),
                  metrics.watched()))
          .listen(
              new TrainingListener() {
                @Override
                public void onSafePoint(SafePoint point) {
                  if (point.epochEnd()) {
                    scale[0] = point.state().plateau().scale();
                  }
                }
              });
    }
  }
}
