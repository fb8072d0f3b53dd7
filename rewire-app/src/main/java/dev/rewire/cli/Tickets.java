package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.pruning.MagnitudePruning;
import dev.rewire.pruning.PruningBudget;
import dev.rewire.pruning.Rewinding;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import dev.rewire.train.SafePoint;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The networks that the rounds of a lottery begin with, each in a file. A file that is there is
 * right: it was written whole, from what is the same every time.
 *
 * @param folder where they are
 * @param budget how many connections a round leaves
 * @param step to go back to; if it is not 0 the files are checkpoints, whose training goes on there
 */
record Tickets(Path folder, PruningBudget budget, long step) {

  /** Values to go back to. */
  Path initial() {
    return folder.resolve("initial.safetensors");
  }

  /** The network of a round, from 1. */
  Path ticket(int round) {
    return folder.resolve("round-%d.safetensors".formatted(round));
  }

  /** As many connections as in the ticket of a round, elsewhere. */
  Path elsewhere(int round) {
    return folder.resolve("random-%d.safetensors".formatted(round));
  }

  /**
   * Draws the first network, which need not be kept while it is trained, because it can be drawn
   * again; and trains it for some steps, to the same bits as its run did.
   *
   * @param builder of the first network
   * @param settings of the first round
   * @param pair its data
   * @param interruption asked after each step whether to stop; then nothing is written
   */
  void writeInitial(
      NetworkBuilder builder, RunSettings settings, DatasetPair pair, Interruption interruption)
      throws IOException {
    if (Files.exists(initial())) {
      return;
    }
    Network network = builder.build();
    Files.createDirectories(folder);
    if (step > 0) {
      UntilStep until = new UntilStep(step);
      new Trainer(settings.recipe().plan())
          .listen(until)
          .listen(interruption)
          .train(network, RunExecution.learned(settings.request(), pair), pair.watched());
      if (interruption.stop()) {
        return;
      }
      TrainingState state = until.state;
      if (network.steps() < step || state.epoch() == settings.recipe().plan().epochs()) {
        throw new UsageException(
            "--rewind-to %d leaves nothing of a round, which has %s"
                .formatted(step, Say.plural(network.steps(), "step")));
      }
      new Checkpoint(network, state, Map.of()).write(initial());
    } else {
      ModelFile.write(network, initial());
    }
  }

  /** Ends training at a step. */
  private static final class UntilStep implements TrainingListener {
    private final long last;
    private long steps;
    private TrainingState state = TrainingState.BEGINNING;

    UntilStep(long last) {
      this.last = last;
    }

    @Override
    public void onStep(int epoch, int samples, int of, double meanLoss) {
      steps++;
    }

    @Override
    public void onSafePoint(SafePoint point) {
      if (point.leaving()) {
        state = point.state();
      }
    }

    @Override
    public boolean stop() {
      return steps >= last;
    }
  }

  /**
   * Prunes what a round came to, and gives the rest its first values.
   *
   * @param trained the model of the round before
   * @param round the next one
   */
  void writeTicket(Path trained, int round) throws IOException {
    if (Files.exists(ticket(round))) {
      return;
    }
    Network pruned = new MagnitudePruning(budget, true).prune(ModelFile.read(trained)).network();
    if (step > 0) {
      Checkpoint moment = Checkpoint.read(initial());
      new Checkpoint(Rewinding.rewind(pruned, moment.network()), moment.state(), moment.lengths())
          .write(ticket(round));
    } else {
      ModelFile.write(Rewinding.rewind(pruned, ModelFile.read(initial())), ticket(round));
    }
  }

  /**
   * Draws as many connections in each layer as a ticket has.
   *
   * @param builder of networks for the data
   * @param seed of the drawing
   */
  void writeElsewhere(NetworkBuilder builder, int round, long seed) throws IOException {
    if (Files.exists(elsewhere(round))) {
      return;
    }
    RandomStreams streams = new RandomStreams(seed);
    List<Topology> topologies = new ArrayList<>();
    for (SparseLayer layer : ModelFile.read(ticket(round)).layers()) {
      topologies.add(
          Sampler.EXACT.draw(
              layer.inputs(),
              layer.outputs(),
              layer.topology().density(),
              streams.stream(Purpose.TOPOLOGY, layer.index(), round)));
    }
    ModelFile.write(builder.topologies(topologies).build(), elsewhere(round));
  }
}
