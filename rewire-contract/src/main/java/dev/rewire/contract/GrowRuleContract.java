package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.GrowSituation;
import dev.rewire.evolution.Removal;
import dev.rewire.evolution.SignedMagnitudeDrop;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Sgd;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What a {@link GrowRule} has to keep to. Extend it, say how your rule is made, and run it. One of
 * its tests has a layer of 10<sup>12</sup> cells: a rule that looks at every cell never ends there.
 */
public abstract class GrowRuleContract {
  /** How much of the room is asked for: nothing, one connection, or a share of it. */
  private static final double[] SHARES = {0, Double.MIN_VALUE, 0.4, 1};

  private static final DropRule EVERY_THIRD =
      (situation, fraction) -> {
        for (int e = 0; e < situation.connections(); e += 3) {
          situation.marks().set(e);
        }
      };

  /** For subclasses. */
  protected GrowRuleContract() {}

  /**
   * Makes the rule.
   *
   * @return a new one each time, all alike
   */
  protected abstract GrowRule rule();

  /**
   * Says how many connections grow at least.
   *
   * @param count how many are asked for; never are there more
   * @return by default all of them
   */
  protected int fewest(int count) {
    return count;
  }

  /**
   * Lists arguments that the rule must refuse.
   *
   * @return calls that have to throw {@link IllegalArgumentException}; none by default
   */
  protected List<Supplier<GrowRule>> illegal() {
    return List.of();
  }

  /** A rule that is watched while it chooses, and what it chose. */
  private final class Watched implements GrowRule {
    private final GrowRule rule;
    private final SparseLayer layer;
    private long[] grown = {};

    Watched(GrowRule rule, SparseLayer layer) {
      this.rule = rule;
      this.layer = layer;
    }

    @Override
    public void choose(GrowSituation situation, int count) {
      Snapshot before = Snapshot.of(layer);
      BitSet dropped = Trial.set(situation.dropped());
      rule.choose(situation, count);
      before.checkSame(layer);
      assertThat(Trial.set(situation.dropped()))
          .as("dropped connections, which a rule of growth must not change")
          .isEqualTo(dropped);
      grown = situation.grown().toArray();
      assertThat(grown.length)
          .as("connections that grow when %d are asked for", count)
          .isBetween(fewest(count), count);
      long last = -1;
      for (long cell : grown) {
        // Not one assertion a cell: there are many cells.
        if (cell <= last || cell >= layer.topology().cells() || !situation.isFree(cell)) {
          fail(
              "cell %d after cell %d: cells must ascend, be free, and lie below %d",
              cell, last, layer.topology().cells());
        }
        last = cell;
      }
    }
  }

  /** Grows after a third of the connections has gone. */
  private long[] grown(
      GrowRule rule,
      SparseLayer layer,
      double share,
      boolean mayReturn,
      EvolutionWorkspace workspace) {
    Watched watched = new Watched(rule, layer);
    evolution(watched, share, mayReturn)
        .evolve(layer, 0.3, Moment.START, 0, Trial.STREAMS, workspace);
    return watched.grown;
  }

  private static Evolution evolution(GrowRule rule, double share, boolean mayReturn) {
    ConnectionTarget target =
        (layer, moment) -> {
          int connections = layer.topology().connections();
          int survivors = connections - (connections + 2) / 3;
          long free = layer.topology().cells() - (mayReturn ? survivors : connections);
          return (int) (survivors + Math.ceil(share * free));
        };
    return Trial.evolution(EVERY_THIRD, rule, target, mayReturn);
  }

  private long[] grown(Specimen specimen, double share, boolean mayReturn, int threads) {
    return Trial.with(
        threads, workspace -> grown(rule(), specimen.layer(), share, mayReturn, workspace));
  }

  /** As many free cells as asked for, ascending, distinct; the layer is left alone. */
  @Test
  public final void choosesFreeCellsInOrder() {
    for (Specimen specimen : Specimen.ALL) {
      for (double share : SHARES) {
        grown(specimen, share, true, 2);
      }
    }
  }

  /** Nothing grows where a connection was just dropped, if the evolution says so. */
  @Test
  public final void growsNowhereThatIsForbidden() {
    for (Specimen specimen : Specimen.ALL) {
      for (double share : SHARES) {
        grown(specimen, share, false, 2);
        grownAfterTheTest(specimen, share);
      }
    }
  }

  /** The same where removal and growth are two evolutions. */
  private void grownAfterTheTest(Specimen specimen, double share) {
    SparseLayer layer = specimen.layer();
    Watched watched = new Watched(rule(), layer);
    Evolution evolution = evolution(watched, share, false);
    Trial.with(
        2,
        workspace -> {
          try (Removal removal = new Removal()) {
            evolution.remove(layer, 0.3, Moment.START, 0, Trial.STREAMS, workspace, removal);
            evolution.regrow(layer, removal, 0, Trial.STREAMS, workspace);
          }
          return watched.grown.length;
        });
  }

  /** The same cells on any number of threads. */
  @Test
  public final void choosesTheSameOnAnyNumberOfThreads() {
    for (Specimen specimen : Specimen.LARGE) {
      long[] expected = grown(specimen, 0.4, true, 1);
      for (int threads : Trial.THREADS) {
        assertThat(Arrays.equals(grown(specimen, 0.4, true, threads), expected))
            .as("the same cells of %s grow on %d threads as on 1", specimen, threads)
            .isTrue();
      }
    }
  }

  /** A rule remembers nothing from one evolution to the next, and finds no clean memory. */
  @Test
  public final void choosesTheSameWhateverCameBefore() {
    GrowRule used = rule();
    List<long[]> found =
        Trial.with(
            1,
            workspace -> {
              for (Specimen other : Specimen.ALL) {
                grown(used, other.layer(), 0.9, true, workspace);
              }
              List<long[]> after = new ArrayList<>();
              for (Specimen specimen : Specimen.ALL) {
                after.add(grown(used, specimen.layer(), 0.4, true, workspace));
              }
              return after;
            });
    for (int s = 0; s < found.size(); s++) {
      Specimen specimen = Specimen.ALL.get(s);
      assertThat(Arrays.equals(found.get(s), grown(specimen, 0.4, true, 1)))
          .as("the same cells of %s grow after other layers as without them", specimen)
          .isTrue();
    }
  }

  /** Time and memory depend on the connections, not on the cells: here there are 10^12. */
  @Test
  public final void needsNoRoomForCells() {
    Topology topology = Topology.ofCells(1_000_000, 1_000_000, new long[] {0, 5, 999_999_999_999L});
    SparseLayer layer =
        new SparseLayer(
            1,
            topology,
            Floats.of(1, 2, 3),
            new Floats(topology.outputs()),
            new Activation.Identity(),
            Dropout.NONE,
            new Initializer.Normal(0.1));
    layer.prepare(Sgd.rate(0.1).momentum(0.9));
    int wanted = 1000;
    Watched watched = new Watched(rule(), layer);
    ConnectionTarget target = (any, moment) -> wanted;
    Trial.with(
        2,
        workspace ->
            Trial.evolution((situation, fraction) -> {}, watched, target, true)
                .evolve(layer, 0.3, Moment.START, 0, Trial.STREAMS, workspace));
    assertThat(watched.grown.length).isBetween(fewest(wanted - 3), wanted - 3);
  }

  /** In a whole evolution survivors keep weight and state, and newcomers begin with 0. */
  @Test
  public final void survivorsKeepTheirWeightAndState() {
    for (Specimen specimen : Specimen.ALL) {
      Trial.checkEvolution(evolution(rule(), 0.1, true), 0.3, specimen.layer());
    }
  }

  /** A whole training has the same bits on any number of threads. */
  @Test
  public final void trainsToTheSameBitsOnAnyNumberOfThreads() {
    SmallTraining.checkThreads(
        SmallTraining.plan()
            .withEvolution(
                Trial.evolution(
                    new SignedMagnitudeDrop(true), rule(), new ConnectionTarget.Initial(), true)));
  }

  /** Arguments out of range are refused with a sentence. */
  @Test
  public final void refusesIllegalArguments() {
    Trial.checkRefused(illegal());
  }
}
