package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.layer.Compute;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.saliency.InitialPruning;
import dev.rewire.saliency.Start;
import java.util.concurrent.TimeUnit;

/** Chooses the connections that a network begins with, and says how far it is and what it chose. */
final class ChosenStart {
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final Start start;
  private final long begin = System.nanoTime();
  private long next = begin + TimeUnit.SECONDS.toNanos(2);
  private boolean shown;

  private ChosenStart(Console console, Start start) {
    this.console = console;
    this.start = start;
  }

  /**
   * Gives a network its connections and weights.
   *
   * @throws UsageException if the network cannot be looked at in the way that is asked for
   */
  static void apply(
      RunSettings settings,
      NetworkBuilder builder,
      LoadedDataset training,
      Console console,
      boolean quiet) {
    Start start = settings.beginning().start();
    Long limit = settings.beginning().startCells();
    long most = limit == null ? start.cells() : limit;
    ChosenStart said = new ChosenStart(console, start);
    try (Compute compute = new Compute(settings.recipe().plan().threads())) {
      InitialPruning pruning =
          new InitialPruning(start, most, compute, share -> said.progress(share, quiet));
      InitialPruning.Outcome outcome = pruning.apply(builder, training);
      if (!quiet) {
        said.outcome(outcome, most);
      }
    } catch (IllegalArgumentException refused) {
      throw new UsageException("--start %s: %s".formatted(start.id(), refused.getMessage()));
    }
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void progress(double share, boolean quiet) {
    long now = System.nanoTime();
    if (quiet || now - next < 0 || share >= 1) {
      return;
    }
    next = now + TimeUnit.MILLISECONDS.toNanos(console.live() ? 200 : 5000);
    shown = true;
    String line =
        "%s: %.0f%% of the choice, %s left"
            .formatted(start.id(), 100 * share, Say.duration(seconds() * (1 - share) / share));
    if (console.live()) {
      console.err().print(CLEAR + line);
      console.err().flush();
    } else {
      console.say("%s", line);
    }
  }

  private void outcome(InitialPruning.Outcome outcome, long most) {
    console.say(
        "%s%s chose %s of %s possible connections in %s",
        shown && console.live() ? CLEAR : "",
        start.id(),
        Say.count(outcome.connections()),
        Say.count(outcome.cells()),
        Say.duration(seconds()));
    if (outcome.sampled()) {
      console.say(
          "these are ten times as many as stay, drawn at random, because the network has more than"
              + " %s cells; a larger network.start_cells looks at all of them",
          Say.count(most));
    }
    if (outcome.reconnected() > 0) {
      console.say(
          "%s of them only so that no layer is cut off from the inputs: more connections, or"
              + " --start synflow, would leave that to the network",
          Say.count(outcome.reconnected()));
    }
  }
}
