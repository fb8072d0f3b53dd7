package dev.rewire.testing;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Distribution;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.SignedMagnitudeDrop;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.UpdateSchedule;

/** An {@link Evolution} in the making: SET without surprises, to be changed in one point. */
public final class Rules {
  /** What goes. */
  public DropRule drop = new SignedMagnitudeDrop(false);

  /** What comes. */
  public GrowRule grow = new RandomGrow();

  /** When. */
  public UpdateSchedule when = new UpdateSchedule.EveryEpoch(0.3);

  /** How many there are afterwards. */
  public ConnectionTarget target = new ConnectionTarget.Current();

  /** Whether a connection may come back at once. */
  public boolean mayReturn = true;

  /** First weights. */
  public NewbornWeight newbornWeight = new NewbornWeight.Zero();

  /** First states. */
  public NewbornState newbornState = NewbornState.ZERO;

  /** At the end of training. */
  public LastUpdate last = LastUpdate.FULL;

  /** Before or after the test. */
  public Timing timing = Timing.AFTER_TEST;

  /** Whether the output layer takes part. */
  public boolean evolveOutput;

  /** Denser layers do not take part. */
  public double maxDensity = 1;

  /** How layers share. */
  public Distribution distribution = new Distribution.PerLayer();

  /**
   * Puts all of it together.
   *
   * @return the evolution
   */
  public Evolution evolution() {
    return new Evolution(
        drop,
        grow,
        when,
        target,
        mayReturn,
        newbornWeight,
        newbornState,
        last,
        timing,
        evolveOutput,
        maxDensity,
        distribution);
  }
}
