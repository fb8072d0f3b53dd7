package dev.rewire.evolution;

import dev.rewire.dataset.ImageShape;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Longs;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.util.Arrays;

/**
 * Growth near connections that have proved themselves: each newcomer has a parent among the
 * survivors, drawn in proportion to a power of its absolute weight, and begins one step beside it.
 * The input moves to a neighbouring pixel in the first layer of a network for pictures; elsewhere
 * to a neuron that shares another target with it. Where that cell is taken, parent and place are
 * drawn anew; where hardly any of them is free, the rest grows anywhere. This is the proposal at
 * the end of the study of regularisation in intrinsically sparse networks (2019).
 *
 * <p>Time and memory are proportional to the connections, but for sorting the newcomers. Outside
 * the first layer of pictures the transposed index is built if it is not there.
 *
 * @param power of the absolute weight, 0 or more: 0 treats all parents alike, with 1 one of twice
 *     the weight has twice the children
 * @param randomShare probability of a newcomer to grow anywhere, without a parent, 0 to 1
 */
public record ParentGrow(double power, double randomShare) implements GrowRule {
  /** Draws of all that is missing, at most, before the rest grows anywhere. */
  private static final int ROUNDS = 32;

  /** No cell. */
  private static final long NONE = -1;

  /** In proportion to the weight, and one newcomer in ten anywhere. */
  public static final ParentGrow DEFAULT = new ParentGrow(1, 0.1);

  /** Checks the numbers. */
  public ParentGrow {
    if (!(power >= 0 && Double.isFinite(power))) {
      throw new IllegalArgumentException(
          "the power of a parent's weight must be 0 or more: " + power);
    }
    if (!(randomShare >= 0 && randomShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of random growth must be between 0 and 1: " + randomShare);
    }
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    Parents parents = count == 0 ? null : Parents.of(situation, power);
    if (parents == null || randomShare == 1) {
      situation.growAnywhere(count);
      return;
    }
    if (situation.image() == null) {
      situation.layer().topology().index(situation.team());
    }
    CellList grown = situation.grown();
    try (CellList drawn = new CellList();
        CellList both = new CellList()) {
      long attempt = 0;
      for (int round = 0; round < ROUNDS && grown.size() < count; round++) {
        int missing = (int) (count - grown.size());
        draw(situation, parents, attempt, missing, drawn);
        attempt += missing;
        keepNew(drawn, grown);
        both.union(grown, drawn);
        grown.copy(both);
        if (drawn.size() < missing / 32) {
          break;
        }
      }
    }
    situation.growAlso((int) (count - grown.size()));
  }

  /** Draws cells, sorted, or {@link #NONE} where one is taken. */
  private void draw(
      GrowSituation situation, Parents parents, long attempt, int count, CellList drawn) {
    drawn.clear(count);
    drawn.size(count);
    Longs cells = drawn.values();
    long key = situation.key();
    int parts = Parts.of(count);
    situation
        .team()
        .run(
            parts,
            (part, worker) -> {
              int to = Parts.from(count, part + 1, parts);
              for (int i = Parts.from(count, part, parts); i < to; i++) {
                long cell = cell(situation, parents, RandomStreams.mix(key + attempt + i));
                cells.set(i, cell != NONE && situation.isFree(cell) ? cell : NONE);
              }
            });
    long[] sorted = drawn.toArray();
    Arrays.sort(sorted);
    for (int i = 0; i < count; i++) {
      cells.set(i, sorted[i]);
    }
  }

  /** Keeps what is a cell, stands there once, and is not in the other list. */
  private static void keepNew(CellList drawn, CellList others) {
    Longs cells = drawn.values();
    long last = NONE;
    long kept = 0;
    long other = 0;
    for (long i = 0; i < drawn.size(); i++) {
      long cell = cells.get(i);
      while (other < others.size() && others.get(other) < cell) {
        other++;
      }
      boolean there = other < others.size() && others.get(other) == cell;
      if (cell != last && !there) {
        cells.set(kept++, cell);
      }
      last = cell;
    }
    drawn.size(kept);
  }

  private long cell(GrowSituation situation, Parents parents, long bits) {
    Topology topology = situation.layer().topology();
    long more = RandomStreams.mix(bits);
    if (Parents.share(bits) < randomShare) {
      return Math.unsignedMultiplyHigh(more, topology.cells());
    }
    int parent = parents.draw(Parents.share(more));
    long input = topology.column().get(parent);
    long turn = RandomStreams.mix(more);
    ImageShape image = situation.image();
    long moved =
        image == null
            ? sharesTarget(topology, situation.dropped(), (int) input, turn)
            : beside(image, input, turn);
    return moved == NONE
        ? NONE
        : (long) Topology.row(topology.rowStart(), parent) * topology.inputs() + moved;
  }

  /** The pixel above, below, on the left or on the right, in the same colour plane. */
  private static long beside(ImageShape image, long pixel, long bits) {
    int direction = (int) (bits >>> 62);
    long x = pixel % image.width();
    long y = pixel / image.width() % image.height();
    long step = (direction & 1) == 0 ? -1 : 1;
    if (direction < 2) {
      return x + step < 0 || x + step >= image.width() ? NONE : pixel + step;
    }
    return y + step < 0 || y + step >= image.height() ? NONE : pixel + step * image.width();
  }

  /** An input of another target of this input, over two connections that stay. */
  private static long sharesTarget(Topology topology, Bits dropped, int input, long bits) {
    int first = topology.inputStart().get(input);
    int targets = topology.inputStart().get(input + 1L) - first;
    long there = first + Math.unsignedMultiplyHigh(bits, targets);
    int target = topology.target().get(there);
    int row = topology.rowStart().get(target);
    int inputs = topology.rowStart().get(target + 1L) - row;
    long back = row + Math.unsignedMultiplyHigh(RandomStreams.mix(bits), inputs);
    boolean stay = !dropped.get(topology.edge().get(there)) && !dropped.get(back);
    return stay ? topology.column().get(back) : NONE;
  }
}
