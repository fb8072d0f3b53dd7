package dev.rewire.evolution;

import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Scratch;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A layer before removal, and what helps a {@link DropRule} to choose. The memory is the
 * evolution's and used again.
 */
public final class DropSituation {
  private final WorkerTeam team;
  private final Scratch scratch;
  private final RadixSelection selection;
  private final Bits marks;
  private Floats scores = new Floats(0);
  private SparseLayer layer;
  private RandomStreams streams = new RandomStreams(0);
  private Moment moment = Moment.START;
  private long update;
  private @Nullable Signals signals;

  DropSituation(WorkerTeam team, Bits marks, Scratch scratch, SparseLayer layer) {
    this.team = team;
    this.marks = marks;
    this.scratch = scratch;
    this.layer = layer;
    selection = new RadixSelection(team);
  }

  /** Begins with a layer of which nothing is marked. */
  void begin(
      SparseLayer layer,
      @Nullable Signals signals,
      Moment moment,
      long update,
      RandomStreams streams) {
    this.signals = signals;
    this.moment = moment;
    this.layer = layer;
    this.update = update;
    this.streams = streams;
    int connections = layer.topology().connections();
    marks.reset(connections);
    // All that the merge will need too, so that it is taken once.
    scores =
        Floats.view(
            scratch
                .reserve(Rewiring.bytes(connections, layer.outputs()))
                .asSlice(0, (long) connections * Float.BYTES));
  }

  /**
   * Returns the layer.
   *
   * @return with all its connections; not to be changed
   */
  public SparseLayer layer() {
    return layer;
  }

  /**
   * Says when this is.
   *
   * @return the time in the training
   */
  public Moment moment() {
    return moment;
  }

  /**
   * Returns the number of connections that may go.
   *
   * @return 0 or more
   */
  public int connections() {
    return layer.topology().connections();
  }

  /**
   * Returns what the layer has seen in the last training batches, as many of them as there were, at
   * most {@link DropRule#batches}: the network, as it is now, has looked at them again with the
   * dropout of then.
   *
   * @return inputs and gradients, the newest batch first
   */
  public Signals signals() {
    return EvolutionWorkspace.required(signals);
  }

  /**
   * Returns the threads to work on.
   *
   * @return the team of the training
   */
  public WorkerTeam team() {
    return team;
  }

  /**
   * Returns the set of connections to drop.
   *
   * @return empty at first; for the rule to fill
   */
  public Bits marks() {
    return marks;
  }

  /**
   * Returns room for a score of each connection.
   *
   * @return one number a connection, not cleared; valid until the rule returns
   */
  public Floats scores() {
    return scores;
  }

  /**
   * Returns the seed of this removal's random numbers, for those that are counted: {@code
   * RandomStreams.mix(key + connection)}.
   *
   * @return 64 well mixed bits
   */
  public long key() {
    return streams.key(Purpose.REMOVAL, layer.index(), update);
  }

  /**
   * Opens this removal's stream of random numbers, for one thread.
   *
   * @return always from its beginning
   */
  public RandomGenerator random() {
    return streams.stream(Purpose.REMOVAL, layer.index(), update);
  }

  /**
   * Goes through all connections on all threads.
   *
   * @param range what to do with some of them
   */
  public void inParts(ConnectionRange range) {
    int connections = connections();
    int parts = Parts.of(connections);
    team.run(
        parts,
        (part, worker) ->
            range.run(
                Parts.from(connections, part, parts), Parts.from(connections, part + 1, parts)));
  }

  /**
   * Marks the connections with the smallest values, in linear time; ties go to the lowest number.
   *
   * @param values one number a connection, for example {@link #scores}; NaN counts as largest
   * @param count how many, 0 to their number
   */
  public void markSmallest(Floats values, int count) {
    selection.scan(values, RadixSelection.Order.VALUE);
    selection.markSmallest(count, marks);
  }

  /**
   * Marks the connections whose values are nearest to zero, in linear time; ties go to the lowest
   * number.
   *
   * @param values one number a connection, for example the weights
   * @param count how many, 0 to their number
   */
  public void markNearestToZero(Floats values, int count) {
    selection.scan(values, RadixSelection.Order.MAGNITUDE);
    selection.markSmallest(count, marks);
  }

  /**
   * Marks {@code floor(fraction * connections)}; those that stay are drawn without replacement, in
   * proportion to a power of their strength.
   *
   * @param strength one number a connection, of which only the size counts; may be {@link #scores},
   *     which are overwritten
   * @param power of the strength, 0 or more
   * @param fraction what goes, 0 to 1
   */
  public void drawSurvivors(Floats strength, double power, double fraction) {
    long key = key();
    inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        double uniform = (RandomStreams.mix(key + e) >>> 11) * 0x1p-53 + 0x1p-54;
        // The logarithm of strength^power / exponential: the largest of them are the draw.
        double log = power == 0 ? 0 : power * StrictMath.log(Math.abs(strength.get(e)));
        scores.set(e, (float) (log - StrictMath.log(-StrictMath.log(uniform))));
      }
    });
    markSmallest(scores, (int) (fraction * connections()));
  }

  RadixSelection selection() {
    return selection;
  }
}
