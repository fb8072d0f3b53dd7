package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.layer.SparseLayer;
import dev.rewire.schedule.Moment;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a {@link ConnectionTarget} has to keep to. Extend it, and say how yours is made. */
public abstract class ConnectionTargetContract {
  private static final int EPOCHS = 400;

  /** For subclasses. */
  protected ConnectionTargetContract() {}

  /**
   * Makes the target.
   *
   * @return a new one each time, all alike
   */
  protected abstract ConnectionTarget target();

  /**
   * Lists arguments that the target must refuse.
   *
   * @return calls that have to throw {@link IllegalArgumentException}; none by default
   */
  protected List<Supplier<ConnectionTarget>> illegal() {
    return List.of();
  }

  private static Moment moment(int epoch) {
    return Moment.endOfEpoch(10L * epoch + 9, epoch, EPOCHS);
  }

  /** As many connections as a layer can have. */
  @Test
  public final void liesWithinTheLayer() {
    for (Specimen specimen : Specimen.ALL) {
      SparseLayer layer = specimen.layer();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        assertThat((long) target().connections(layer, moment(epoch)))
            .as("target of %s in epoch %d", specimen, epoch)
            .isBetween(0L, layer.topology().cells());
      }
    }
  }

  /** The layer is not changed by asking, and nothing depends on what was asked before. */
  @Test
  public final void remembersNothing() {
    ConnectionTarget asked = target();
    for (Specimen specimen : Specimen.ALL) {
      SparseLayer layer = specimen.layer();
      Snapshot before = Snapshot.of(layer);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        assertThat(asked.connections(layer, moment(epoch)))
            .as("target of %s in epoch %d", specimen, epoch)
            .isEqualTo(target().connections(layer, moment(epoch)));
      }
      before.checkSame(layer);
    }
  }

  /** The layer has as many connections as that, unless more survive and may stay. */
  @Test
  public final void isReached() {
    for (Specimen specimen : Specimen.ALL) {
      SparseLayer layer = specimen.layer();
      int wanted = target().connections(layer, Moment.START);
      int connections = layer.topology().connections();
      int survivors = connections - connections / 2;
      Trial.checkEvolution(
          Trial.evolution(new MagnitudeDrop(), new RandomGrow(), target(), true), 0.5, layer);
      assertThat(layer.topology().connections())
          .as("connections of %s", specimen)
          .isEqualTo(target().dropsMore() ? wanted : Math.max(wanted, survivors));
    }
  }

  /** Arguments out of range are refused with a sentence. */
  @Test
  public final void refusesIllegalArguments() {
    Trial.checkRefused(illegal());
  }
}
