package dev.rewire.measure;

import dev.rewire.parallel.Partition;
import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;

/**
 * How far the output neurons of two layers are from each other by their inputs: the Jaccard
 * distance |S &Delta; T| / |S &cup; T| of the sets of inputs S and T.
 *
 * <p>Inputs that two neurons share are counted along the connections: for each input of a neuron of
 * the first layer, all neurons of the second one that have it too. That costs &Sigma;<sub>r</sub>
 * deg<sub>A</sub>(r) &middot; deg<sub>B</sub>(r); pairs that share nothing have distance 1 and are
 * never looked at.
 */
final class NeuronDistances {
  private final Wiring first;
  private final Wiring second;

  /** Input of the second layer that each input of the first one is. */
  private final int[] inputs;

  NeuronDistances(Wiring first, Wiring second, int[] inputs) {
    this.first = first;
    this.second = second;
    this.inputs = inputs;
  }

  /** Distance of two neurons with fan-in {@code s} and {@code t} that share some inputs. */
  static double jaccard(int s, int t, int shared) {
    int union = s + t - shared;
    return union == 0 ? 0 : 1 - (double) shared / union;
  }

  /** Which neurons of the first layer have no input. */
  boolean[] emptyRows() {
    return empty(first);
  }

  /** Which neurons of the second layer have no input. */
  boolean[] emptyColumns() {
    return empty(second);
  }

  private static boolean[] empty(Wiring wiring) {
    boolean[] empty = new boolean[wiring.outputs()];
    for (int j = 0; j < empty.length; j++) {
      empty[j] = wiring.fanIn(j) == 0;
    }
    return empty;
  }

  /** The distance of each neuron to its partner. */
  double[] toPartners(int[] partner) {
    double[] distance = new double[first.outputs()];
    int[] mark = new int[second.inputs()];
    Arrays.fill(mark, -1);
    for (int i = 0; i < distance.length; i++) {
      for (int e = first.inStart()[i]; e < first.inStart()[i + 1]; e++) {
        mark[inputs[first.in()[e]]] = i;
      }
      int j = partner[i];
      int shared = 0;
      for (int e = second.inStart()[j]; e < second.inStart()[j + 1]; e++) {
        shared += mark[second.in()[e]] == i ? 1 : 0;
      }
      distance[i] = jaccard(first.fanIn(i), second.fanIn(j), shared);
    }
    return distance;
  }

  /**
   * Lists the pairs that share an input.
   *
   * @param freeRows neurons of the first layer that are looked at
   * @param freeColumns neurons of the second layer that are looked at
   * @param most pairs of each neuron of the first layer, the nearest ones
   * @param team threads to work on; they change nothing
   */
  PairList pairs(boolean[] freeRows, boolean[] freeColumns, int most, WorkerTeam team) {
    Partition parts = Partition.equal(first.outputs(), 1 + first.connections() / 64L);
    PairList[] lists = new PairList[parts.parts()];
    team.run(
        lists.length,
        (part, worker) ->
            lists[part] =
                new Rows(freeColumns, most).list(freeRows, parts.from(part), parts.to(part)));
    return PairList.concatenated(lists);
  }

  /** One thread's counters. */
  private final class Rows {
    private final boolean[] freeColumns;
    private final int[] shared = new int[second.outputs()];
    private final int[] touched = new int[second.outputs()];
    private final NearestPairs nearest;

    Rows(boolean[] freeColumns, int most) {
      this.freeColumns = freeColumns;
      nearest = new NearestPairs(Math.min(most, second.outputs()));
    }

    PairList list(boolean[] freeRows, int from, int to) {
      var list = new PairList.Builder(to - from, second.outputs());
      for (int i = from; i < to; i++) {
        if (freeRows[i]) {
          add(i, list);
        }
        list.endRow();
      }
      return list.build();
    }

    private void add(int i, PairList.Builder list) {
      int count = 0;
      for (int e = first.inStart()[i]; e < first.inStart()[i + 1]; e++) {
        int input = inputs[first.in()[e]];
        for (int k = second.outStart()[input]; k < second.outStart()[input + 1]; k++) {
          int j = second.out()[k];
          if (shared[j]++ == 0) {
            touched[count++] = j;
          }
        }
      }
      nearest.clear();
      for (int t = 0; t < count; t++) {
        int j = touched[t];
        if (freeColumns[j]) {
          nearest.add(j, jaccard(first.fanIn(i), second.fanIn(j), shared[j]), j == i);
        }
        shared[j] = 0;
      }
      nearest.into(list);
    }
  }
}
