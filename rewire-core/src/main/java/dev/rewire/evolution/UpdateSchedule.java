package dev.rewire.evolution;

import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import java.util.List;

/** When a network rewires itself, and which fraction of its connections. */
public interface UpdateSchedule {
  /**
   * Asks after a training step, for one layer.
   *
   * @param moment after the step
   * @param layer number of the layer, from 0
   * @param streams random numbers of the run; streams named by layer and step are the same when
   *     training goes on from a checkpoint
   * @return the fraction to drop, or 0 for no evolution of this layer now
   */
  double fraction(Moment moment, int layer, RandomStreams streams);

  /**
   * Says whether a layer may evolve after a step, even if the fraction is 0: pruning takes place at
   * such times although nothing is replaced.
   *
   * @param moment after the step
   * @param layer number of the layer, from 0
   * @param streams random numbers of the run
   * @return true whenever {@link #fraction} is above 0, and perhaps at other times
   */
  default boolean isDue(Moment moment, int layer, RandomStreams streams) {
    return fraction(moment, layer, streams) > 0;
  }

  /**
   * Says whether layers may evolve within an epoch.
   *
   * @return false if only the last step of an epoch needs to be asked about
   */
  default boolean withinEpochs() {
    return true;
  }

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @return true if the number of epochs is needed to know a fraction
   */
  default boolean followsRunLength() {
    return false;
  }

  /**
   * Returns the same times with another fraction.
   *
   * @param zeta fraction to drop, 0 to 1
   * @return a copy
   * @throws IllegalArgumentException if there is no fraction that could be changed
   */
  default UpdateSchedule withZeta(Schedule zeta) {
    throw new IllegalArgumentException(
        getClass().getSimpleName() + " has no fraction that could differ between layers");
  }

  /**
   * For each layer a schedule of its own.
   *
   * @param each one a layer, in their order
   */
  record ByLayer(List<UpdateSchedule> each) implements UpdateSchedule {
    /** Copies the list. */
    public ByLayer {
      each = List.copyOf(each);
    }

    @Override
    public double fraction(Moment moment, int layer, RandomStreams streams) {
      return each.get(layer).fraction(moment, layer, streams);
    }

    @Override
    public boolean isDue(Moment moment, int layer, RandomStreams streams) {
      return each.get(layer).isDue(moment, layer, streams);
    }

    @Override
    public boolean withinEpochs() {
      return each.stream().anyMatch(UpdateSchedule::withinEpochs);
    }

    @Override
    public boolean followsRunLength() {
      return each.stream().anyMatch(UpdateSchedule::followsRunLength);
    }
  }

  /**
   * After each epoch.
   *
   * @param zeta ζ of SET, 0 to 1; while it is 0 nothing is replaced
   */
  record EveryEpoch(Schedule zeta) implements UpdateSchedule {
    /** Checks ζ. */
    public EveryEpoch {
      zeta.requireWithin("zeta", 0, 1);
    }

    /**
     * After each epoch the same fraction.
     *
     * @param zeta ζ of SET, 0 to 1
     */
    public EveryEpoch(double zeta) {
      this(Schedule.constant(zeta));
    }

    @Override
    public UpdateSchedule withZeta(Schedule changed) {
      return new EveryEpoch(changed);
    }

    @Override
    public double fraction(Moment moment, int layer, RandomStreams streams) {
      return moment.epochEnd() ? zeta.at(moment) : 0;
    }

    @Override
    public boolean isDue(Moment moment, int layer, RandomStreams streams) {
      return moment.epochEnd();
    }

    @Override
    public boolean withinEpochs() {
      return false;
    }

    @Override
    public boolean followsRunLength() {
      return zeta.followsRunLength();
    }
  }

  /**
   * After every so many epochs.
   *
   * @param epochs 1 or more
   * @param zeta fraction to drop, 0 to 1; while it is 0 nothing is replaced
   */
  record EveryEpochs(int epochs, Schedule zeta) implements UpdateSchedule {
    /** Checks the numbers. */
    public EveryEpochs {
      if (epochs < 1) {
        throw new IllegalArgumentException(
            "epochs between evolutions must be 1 or more: " + epochs);
      }
      zeta.requireWithin("zeta", 0, 1);
    }

    @Override
    public UpdateSchedule withZeta(Schedule changed) {
      return new EveryEpochs(epochs, changed);
    }

    @Override
    public double fraction(Moment moment, int layer, RandomStreams streams) {
      return isDue(moment, layer, streams) ? zeta.at(moment) : 0;
    }

    @Override
    public boolean isDue(Moment moment, int layer, RandomStreams streams) {
      return moment.epochEnd() && (moment.epoch() + 1) % epochs == 0;
    }

    @Override
    public boolean withinEpochs() {
      return false;
    }

    @Override
    public boolean followsRunLength() {
      return zeta.followsRunLength();
    }
  }

  /**
   * Every so many steps, wherever in the epoch they end, as RigL and its successors do.
   *
   * @param steps 1 or more
   * @param zeta fraction to drop, 0 to 1; while it is 0 nothing is replaced
   */
  record EverySteps(int steps, Schedule zeta) implements UpdateSchedule {
    /** Checks the numbers. */
    public EverySteps {
      if (steps < 1) {
        throw new IllegalArgumentException("steps between evolutions must be 1 or more: " + steps);
      }
      zeta.requireWithin("zeta", 0, 1);
    }

    @Override
    public UpdateSchedule withZeta(Schedule changed) {
      return new EverySteps(steps, changed);
    }

    @Override
    public double fraction(Moment moment, int layer, RandomStreams streams) {
      return isDue(moment, layer, streams) ? zeta.at(moment) : 0;
    }

    @Override
    public boolean isDue(Moment moment, int layer, RandomStreams streams) {
      return (moment.step() + 1) % steps == 0;
    }

    @Override
    public boolean followsRunLength() {
      return zeta.followsRunLength();
    }
  }

  /**
   * After each step by chance, each layer for itself: the EvolNet of the study of regularisation,
   * which throws its dice before each forward pass. With 469 steps and a probability of 0.1 a layer
   * evolves about 47 times an epoch.
   *
   * @param probability of a layer to evolve after a step, 0 to 1
   * @param zeta fraction to drop, 0 to 1; while it is 0 nothing is replaced
   */
  record ByChance(double probability, Schedule zeta) implements UpdateSchedule {
    /** Checks the numbers. */
    public ByChance {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "the probability of an evolution must be between 0 and 1: " + probability);
      }
      zeta.requireWithin("zeta", 0, 1);
    }

    @Override
    public UpdateSchedule withZeta(Schedule changed) {
      return new ByChance(probability, changed);
    }

    @Override
    public double fraction(Moment moment, int layer, RandomStreams streams) {
      return isDue(moment, layer, streams) ? zeta.at(moment) : 0;
    }

    @Override
    public boolean isDue(Moment moment, int layer, RandomStreams streams) {
      // The upper 53 bits: a number from 0 to below 1.
      double drawn = (streams.key(Purpose.EVOLUTION, layer, moment.step()) >>> 11) * 0x1p-53;
      return drawn < probability;
    }

    @Override
    public boolean followsRunLength() {
      return zeta.followsRunLength();
    }
  }
}
