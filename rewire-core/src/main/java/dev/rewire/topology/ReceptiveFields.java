package dev.rewire.topology;

import dev.rewire.memory.Longs;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import java.util.Arrays;

/**
 * Cells of a layer whose outputs look at inputs near them: inputs and outputs lie around the same
 * ring, and an input at distance {@code d} is drawn with weight {@code (1 + d)^(-(1 - r) / r)},
 * without replacement. Where draws have become too rare to be worth it, the nearest free inputs
 * follow.
 */
final class ReceptiveFields {
  /** Randomness r: the paper finds 0.25 best. */
  private static final double EXPONENT = -(1 - 0.25) / 0.25;

  /** Draws for each connection, at the most. */
  private static final int PATIENCE = 16;

  private static final int ROWS = 64;

  private final int inputs;
  private final int outputs;
  private final int fanIn;
  private final long key;

  /** Of each distance, the weight of all inputs up to it. */
  private final double[] cumulated;

  ReceptiveFields(int inputs, int outputs, double probability, long key) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.key = key;
    fanIn = Math.clamp(Math.round(probability * inputs), probability > 0 ? 1 : 0, inputs);
    cumulated = new double[inputs / 2 + 1];
    double sum = 0;
    for (int d = 0; d < cumulated.length; d++) {
      boolean alone = d == 0 || 2 * d == inputs;
      sum += (alone ? 1 : 2) * StrictMath.pow(1 + d, EXPONENT);
      cumulated[d] = sum;
    }
  }

  /** Fills a list, ascending. */
  void draw(WorkerTeam team, CellList into) {
    long all = (long) fanIn * outputs;
    into.clear(all);
    into.size(all);
    Longs cells = into.values();
    int parts = Math.ceilDiv(outputs, ROWS);
    team.run(
        parts,
        (part, worker) -> {
          int[] row = new int[fanIn];
          int to = Math.min(outputs, (part + 1) * ROWS);
          for (int j = part * ROWS; j < to; j++) {
            draw(j, row);
            for (int k = 0; k < fanIn; k++) {
              cells.set((long) j * fanIn + k, (long) j * inputs + row[k]);
            }
          }
        });
  }

  private void draw(int output, int[] row) {
    int centre = (int) ((long) output * inputs / outputs);
    int found = 0;
    long bits = RandomStreams.mix(key + output);
    for (int attempt = 0; attempt < PATIENCE * fanIn && found < fanIn; attempt++) {
      bits = RandomStreams.mix(bits);
      double place = (bits >>> 11) * 0x1p-53 * cumulated[cumulated.length - 1];
      int at = Arrays.binarySearch(cumulated, place);
      int distance = Math.min(at < 0 ? -at - 1 : at + 1, cumulated.length - 1);
      int turn = (bits & 1) == 0 ? distance : -distance;
      found = insert(row, found, Math.floorMod(centre + turn, inputs));
    }
    for (int distance = 0; found < fanIn; distance++) {
      found = insert(row, found, Math.floorMod(centre + distance, inputs));
      if (found < fanIn) {
        found = insert(row, found, Math.floorMod(centre - distance, inputs));
      }
    }
  }

  /** Puts an input where it belongs, unless it is there. */
  private static int insert(int[] row, int count, int input) {
    int place = Arrays.binarySearch(row, 0, count, input);
    if (place >= 0) {
      return count;
    }
    int at = -place - 1;
    System.arraycopy(row, at, row, at + 1, count - at);
    row[at] = input;
    return count + 1;
  }
}
