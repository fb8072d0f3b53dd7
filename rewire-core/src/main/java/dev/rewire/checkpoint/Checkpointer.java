package dev.rewire.checkpoint;

import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Checkpoint;
import dev.rewire.network.Network;
import dev.rewire.train.SafePoint;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes checkpoints while a network trains. Between two of them it costs a comparison a step.
 *
 * <pre>{@code
 * var checkpoints = new Checkpoints(Path.of("checkpoints"));
 * new Trainer(plan)
 *     .listen(new Checkpointer(checkpoints, new CheckpointSchedule.Epochs(1), 2))
 *     .train(network, training, test);
 *
 * Checkpoint last = checkpoints.newest(damaged -> {});    // later, in another process
 * new Trainer(plan).train(last.network(), last.state(), training, test);
 * }</pre>
 */
public final class Checkpointer implements TrainingListener {
  private final Checkpoints checkpoints;
  private final CheckpointSchedule schedule;
  private final int keep;
  private final Journal journal;
  private CheckpointSchedule.Last last = new CheckpointSchedule.Last(0, 0, System.nanoTime(), 0);

  /** The files that grow along with a training, and whoever wants to hear of checkpoints. */
  public interface Journal {
    /** Nothing beside the checkpoints. */
    Journal NONE =
        new Journal() {
          @Override
          public Map<String, Long> settle() {
            return Map.of();
          }

          @Override
          public void written(Path file, Network network, TrainingState state) {}
        };

    /**
     * Makes sure that what was written so far is on the disk, before a checkpoint says so.
     *
     * @return length of each file in bytes, by name
     * @throws IOException if it cannot be made sure of
     */
    Map<String, Long> settle() throws IOException;

    /**
     * Called when a checkpoint has been written.
     *
     * @param file where it is
     * @param network the network in it
     * @param state the rest of it
     * @throws IOException if something that follows it cannot be written
     */
    void written(Path file, Network network, TrainingState state) throws IOException;
  }

  /**
   * Writes checkpoints of a training without anything beside them.
   *
   * @param checkpoints where to
   * @param schedule when
   * @param keep how many of the last ones to keep, 1 or more
   */
  public Checkpointer(Checkpoints checkpoints, CheckpointSchedule schedule, int keep) {
    this(checkpoints, schedule, keep, Journal.NONE);
  }

  /**
   * Writes checkpoints of a training.
   *
   * @param checkpoints where to
   * @param schedule when
   * @param keep how many of the last ones to keep, 1 or more
   * @param journal what grows beside them
   */
  public Checkpointer(
      Checkpoints checkpoints, CheckpointSchedule schedule, int keep, Journal journal) {
    if (keep < 1) {
      throw new IllegalArgumentException("1 checkpoint or more must be kept: " + keep);
    }
    this.checkpoints = checkpoints;
    this.schedule = schedule;
    this.keep = keep;
    this.journal = journal;
  }

  /**
   * Counts steps and epochs from here on, and not from the beginning of training.
   *
   * @param step steps of the network at the last checkpoint
   * @param epoch epoch then, from 0
   * @return this
   */
  public Checkpointer after(long step, int epoch) {
    last = new CheckpointSchedule.Last(step, epoch, System.nanoTime(), 0);
    return this;
  }

  @Override
  public void onSafePoint(SafePoint point) {
    boolean due = point.leaving() || schedule.due(point, last, System.nanoTime());
    if (due && finite(point.network())) {
      try {
        write(point.network(), point.state());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** A network that has diverged is about to be found out, and must not replace a good one. */
  private static boolean finite(Network network) {
    for (SparseLayer layer : network.layers()) {
      if (!layer.weight().finite() || !layer.bias().finite()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a checkpoint now.
   *
   * @param network as training will go on with it
   * @param state the rest of the moment
   * @throws IOException if it cannot be written; older ones are then as they were
   */
  public void write(Network network, TrainingState state) throws IOException {
    long begin = System.nanoTime();
    Map<String, Long> lengths = journal.settle();
    Path file = checkpoints.write(new Checkpoint(network, state, lengths), keep);
    journal.written(file, network, state);
    long end = System.nanoTime();
    last = new CheckpointSchedule.Last(network.steps(), state.epoch(), end, end - begin);
  }
}
