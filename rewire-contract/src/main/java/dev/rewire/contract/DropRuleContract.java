package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.layer.SparseLayer;
import dev.rewire.schedule.Moment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What a {@link DropRule} has to keep to. Extend it, say how your rule is made and how many
 * connections it drops, and run it.
 */
public abstract class DropRuleContract {
  private static final double[] FRACTIONS = {0, 0.01, 0.3, 0.5, 1};

  /** For subclasses. */
  protected DropRuleContract() {}

  /**
   * Makes the rule.
   *
   * @return a new one each time, all alike
   */
  protected abstract DropRule rule();

  /**
   * Says how many connections go at least.
   *
   * @param layer before the removal
   * @param fraction how much to drop, 0 to 1
   * @return by default {@code floor(fraction * connections)}
   */
  protected int fewest(SparseLayer layer, double fraction) {
    return (int) (fraction * layer.topology().connections());
  }

  /**
   * Says how many connections go at most.
   *
   * @param layer before the removal
   * @param fraction how much to drop, 0 to 1
   * @return by default as many as at least
   */
  protected int most(SparseLayer layer, double fraction) {
    return fewest(layer, fraction);
  }

  /**
   * Lists arguments that the rule must refuse.
   *
   * @return calls that have to throw {@link IllegalArgumentException}; none by default
   */
  protected List<Supplier<DropRule>> illegal() {
    return List.of();
  }

  /** What a rule chooses; on the way, whether it leaves the layer alone. */
  private static BitSet dropped(
      DropRule rule, SparseLayer layer, double fraction, EvolutionWorkspace workspace) {
    BitSet[] chosen = new BitSet[1];
    DropRule watched =
        (situation, asked) -> {
          Snapshot before = Snapshot.of(layer);
          rule.choose(situation, asked);
          before.checkSame(layer);
          assertThat(situation.marks().length())
              .as("marks belong to the evolution: set them, nothing else")
              .isEqualTo(layer.topology().connections());
          chosen[0] = Trial.set(situation.marks());
        };
    Trial.evolution(watched, (situation, count) -> {}, new ConnectionTarget.Current(), true)
        .evolve(layer, fraction, Moment.START, 0, Trial.STREAMS, workspace);
    return chosen[0];
  }

  private BitSet dropped(Specimen specimen, double fraction, int threads) {
    return Trial.with(threads, workspace -> dropped(rule(), specimen.layer(), fraction, workspace));
  }

  /** As many connections go as the rule promises. */
  @Test
  public final void dropsAsManyAsItPromises() {
    for (Specimen specimen : Specimen.ALL) {
      for (double fraction : FRACTIONS) {
        SparseLayer layer = specimen.layer();
        assertThat(dropped(specimen, fraction, 1).cardinality())
            .as("dropped from %s at fraction %s", specimen, fraction)
            .isBetween(fewest(layer, fraction), most(layer, fraction));
      }
    }
  }

  /** The layer is the evolution's to change. */
  @Test
  public final void leavesTheLayerAlone() {
    for (Specimen specimen : Specimen.ALL) {
      dropped(specimen, 0.3, 2);
    }
  }

  /** The same connections go on any number of threads. */
  @Test
  public final void choosesTheSameOnAnyNumberOfThreads() {
    for (Specimen specimen : Specimen.LARGE) {
      BitSet expected = dropped(specimen, 0.3, 1);
      for (int threads : Trial.THREADS) {
        assertThat(dropped(specimen, 0.3, threads).equals(expected))
            .as("the same connections of %s go on %d threads as on 1", specimen, threads)
            .isTrue();
      }
    }
  }

  /** A rule remembers nothing from one evolution to the next, and finds no clean memory. */
  @Test
  public final void choosesTheSameWhateverCameBefore() {
    DropRule used = rule();
    List<BitSet> found =
        Trial.with(
            1,
            workspace -> {
              for (Specimen other : Specimen.ALL) {
                dropped(used, other.layer(), 0.7, workspace);
              }
              List<BitSet> after = new ArrayList<>();
              for (Specimen specimen : Specimen.ALL) {
                after.add(dropped(used, specimen.layer(), 0.3, workspace));
              }
              return after;
            });
    for (int s = 0; s < found.size(); s++) {
      Specimen specimen = Specimen.ALL.get(s);
      assertThat(found.get(s).equals(dropped(specimen, 0.3, 1)))
          .as("the same connections of %s go after other layers as without them", specimen)
          .isTrue();
    }
  }

  /** In a whole evolution connections are conserved, and weight and state follow them. */
  @Test
  public final void survivorsKeepTheirWeightAndState() {
    for (Specimen specimen : Specimen.ALL) {
      for (double fraction : FRACTIONS) {
        SparseLayer layer = specimen.layer();
        int connections = layer.topology().connections();
        Trial.checkEvolution(
            Trial.evolution(rule(), new RandomGrow(), new ConnectionTarget.Current(), true),
            fraction,
            layer);
        assertThat(layer.topology().connections())
            .as("connections of %s after an evolution", specimen)
            .isEqualTo(connections);
      }
    }
  }

  /** A whole training has the same bits on any number of threads. */
  @Test
  public final void trainsToTheSameBitsOnAnyNumberOfThreads() {
    SmallTraining.checkThreads(
        SmallTraining.plan()
            .withEvolution(
                Trial.evolution(rule(), new RandomGrow(), new ConnectionTarget.Initial(), true)));
  }

  /** Arguments out of range are refused with a sentence. */
  @Test
  public final void refusesIllegalArguments() {
    Trial.checkRefused(illegal());
  }
}
