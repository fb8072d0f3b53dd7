package dev.rewire.schedule;

/**
 * A moment of a training, as those are told who decide by it. Everything is known from where the
 * training is and how long it is to be, so a training that goes on asks the same questions.
 *
 * @param step number of the training step just done, from 0; of the coming one where a step is
 *     asked for before it is done
 * @param epoch number of the epoch, from 0
 * @param time epochs that are done, with the fraction of the one under way; after the last step of
 *     epoch 0 it is 1
 * @param epochs epochs of the whole training, 0 or more
 * @param epochEnd whether the step was the last one of its epoch
 */
public record Moment(long step, int epoch, double time, int epochs, boolean epochEnd) {
  /** Before the first step of a training of one epoch. */
  public static final Moment START = new Moment(0, 0, 0, 1, false);

  /** Checks the time. */
  public Moment {
    if (!(time >= 0) || epochs < 0 || epoch < 0 || step < 0) {
      throw new IllegalArgumentException(
          "a moment needs numbers of 0 or more: step %d, epoch %d, time %s of %d epochs"
              .formatted(step, epoch, time, epochs));
    }
  }

  /**
   * The end of an epoch.
   *
   * @param step number of its last step, from 0
   * @param epoch its number, from 0
   * @param epochs epochs of the whole training
   * @return the moment
   */
  public static Moment endOfEpoch(long step, int epoch, int epochs) {
    return new Moment(step, epoch, epoch + 1.0, epochs, true);
  }
}
