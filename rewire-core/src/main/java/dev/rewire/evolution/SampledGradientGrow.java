package dev.rewire.evolution;

import dev.rewire.layer.Signals;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Scratch;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.CellList;
import java.util.Arrays;

/**
 * Guided stochastic exploration (Heddes et al. 2024): as RigL, but only a sample of the free cells
 * is looked at, and the largest gradients among them grow. Time and memory are proportional to the
 * connections, whatever the size of the layer.
 *
 * @param candidates cells to look at, as a multiple of the connections, above 0; at least as many
 *     as are to grow
 * @param source how they are drawn
 */
public record SampledGradientGrow(double candidates, Source source) implements GrowRule {
  /** As many candidates as connections, all free cells alike. */
  public static final SampledGradientGrow DEFAULT = new SampledGradientGrow(1, Source.UNIFORM);

  /** Candidates that are looked at together. */
  private static final int PIECE = 1 << 22;

  /** Where candidates come from. */
  public enum Source {
    /** All free cells alike. */
    UNIFORM,
    /** In proportion to the sums of absolute inputs and of absolute gradients of the batch. */
    GRABO,
    /**
     * In proportion to an unbiased estimate of the gradient itself: absolute sums of inputs and of
     * gradients, each sample with a random sign.
     */
    GRAEST
  }

  /** Checks the number. */
  public SampledGradientGrow {
    if (!(candidates > 0 && Double.isFinite(candidates))) {
      throw new IllegalArgumentException(
          "candidates of a connection must be above 0: " + candidates);
    }
  }

  @Override
  public int batches() {
    return 1;
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    if (count == 0) {
      return;
    }
    double asked = Math.ceil(candidates * situation.layer().topology().connections());
    long total = (long) Math.min(Math.max(asked, count), situation.free());
    total = Math.min(total, Integer.MAX_VALUE - 8);
    try (TopCells best = new TopCells(count, situation.team().threads());
        CellList drawn = new CellList();
        Scratch memory = new Scratch()) {
      if (source == Source.UNIFORM) {
        uniform(situation, total, drawn, memory, best);
      } else {
        product(situation, (int) total, drawn);
        offer(situation, drawn, memory, best);
      }
      best.finish(situation.grown());
    }
    situation.growAlso((int) (count - situation.grown().size()));
  }

  /** Free cells are cut into ranges of ranks, and each of them gives its share. */
  private static void uniform(
      GrowSituation situation, long total, CellList drawn, Scratch memory, TopCells best) {
    int pieces = (int) Math.ceilDiv(total, (long) PIECE);
    long free = situation.free();
    for (int piece = 0; piece < pieces; piece++) {
      long from = share(free, piece, pieces);
      long to = share(free, piece + 1, pieces);
      long here = share(total, piece + 1, pieces) - share(total, piece, pieces);
      int count = (int) Math.min(here, to - from);
      situation.draw(from, to, count, RandomStreams.mix(situation.key() + piece), drawn);
      offer(situation, drawn, memory, best);
    }
  }

  private static long share(long whole, int piece, int pieces) {
    // Not whole * piece / pieces, which may have more than 63 bits.
    return whole / pieces * piece + whole % pieces * piece / pieces;
  }

  /** Draws with replacement; what is drawn twice or is not free is left out. */
  private void product(GrowSituation situation, int total, CellList drawn) {
    Signals signals = situation.signals();
    Long signs = source == Source.GRAEST ? RandomStreams.mix(~situation.key()) : null;
    double[] inputs = cumulated(signals.inputStrength(signs));
    double[] outputs = cumulated(signals.outputStrength(signs));
    long[] cells = new long[total];
    long key = situation.key();
    long width = inputs.length;
    int parts = Parts.of(total);
    situation
        .team()
        .run(
            parts,
            (part, worker) -> {
              int to = Parts.from(total, part + 1, parts);
              for (int k = Parts.from(total, part, parts); k < to; k++) {
                long bits = RandomStreams.mix(key + k);
                int input = draw(inputs, Parents.share(bits));
                int output = draw(outputs, Parents.share(RandomStreams.mix(bits)));
                long cell = output * width + input;
                cells[k] = situation.isFree(cell) ? cell : -1;
              }
            });
    Arrays.parallelSort(cells);
    drawn.clear(total);
    long last = -1;
    for (long cell : cells) {
      if (cell != last) {
        drawn.add(cell);
        last = cell;
      }
    }
  }

  /** Sums up to each element, the last one 1; all alike where there is nothing to go by. */
  private static double[] cumulated(double[] strength) {
    double sum = Arrays.stream(strength).sum();
    boolean usable = sum > 0 && sum < Double.POSITIVE_INFINITY;
    double before = 0;
    double[] cumulated = new double[strength.length];
    for (int i = 0; i < strength.length; i++) {
      before += usable ? strength[i] / sum : 1.0 / strength.length;
      cumulated[i] = before;
    }
    return cumulated;
  }

  private static int draw(double[] cumulated, double share) {
    int place = Arrays.binarySearch(cumulated, share * cumulated[cumulated.length - 1]);
    int next = place < 0 ? -place - 1 : place + 1;
    return Math.min(next, cumulated.length - 1);
  }

  private static void offer(
      GrowSituation situation, CellList cells, Scratch memory, TopCells best) {
    int count = (int) cells.size();
    long bytes = (long) count * Float.BYTES;
    Floats gradient = Floats.view(memory.reserve(bytes).asSlice(0, bytes));
    situation.signals().ofCells(cells, gradient);
    int parts = Parts.of(count);
    situation
        .team()
        .run(
            parts,
            (part, worker) -> {
              int to = Parts.from(count, part + 1, parts);
              for (int k = Parts.from(count, part, parts); k < to; k++) {
                int bits = Float.floatToRawIntBits(Math.abs(gradient.get(k)));
                if (bits >= best.bound() && !Float.isNaN(gradient.get(k))) {
                  best.offer(worker, cells.get(k), bits);
                }
              }
            });
  }
}
