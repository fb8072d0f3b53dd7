package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import org.jspecify.annotations.Nullable;

/**
 * Survivors of a layer to be drawn in proportion to a power of their absolute weight: one sum for
 * each block of connections, found by halving, and a walk through the block.
 */
final class Parents {
  private static final int BLOCK = 64;

  private final Floats weight;
  private final Bits dropped;
  private final double power;
  private final float largest;

  /** Sum of all blocks before each one, and of all of them. */
  private final double[] before;

  private Parents(GrowSituation situation, double power, float largest) {
    this.weight = situation.layer().weight();
    this.dropped = situation.dropped();
    this.power = power;
    this.largest = largest;
    int blocks = (int) ((weight.length() + BLOCK - 1) / BLOCK);
    before = new double[blocks + 1];
    int parts = Parts.of(weight.length());
    situation
        .team()
        .run(
            parts,
            (part, worker) -> {
              int to = blocks(part + 1, parts, blocks);
              for (int block = blocks(part, parts, blocks); block < to; block++) {
                before[block + 1] = sum(block);
              }
            });
    for (int block = 0; block < blocks; block++) {
      before[block + 1] += before[block];
    }
  }

  private static int blocks(int part, int parts, int blocks) {
    return (int) ((long) blocks * part / parts);
  }

  /** Returns null if no survivor has a weight to go by. */
  static @Nullable Parents of(GrowSituation situation, double power) {
    Floats weight = situation.layer().weight();
    Bits dropped = situation.dropped();
    float largest = 0;
    for (long e = 0; e < weight.length(); e++) {
      largest = dropped.get(e) ? largest : Math.max(largest, Math.abs(weight.get(e)));
    }
    return largest > 0 && Float.isFinite(largest) ? new Parents(situation, power, largest) : null;
  }

  /** The upper 53 bits as a number from 0 to below 1. */
  static double share(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  private double sum(int block) {
    double sum = 0;
    long to = Math.min((block + 1L) * BLOCK, weight.length());
    for (long e = (long) block * BLOCK; e < to; e++) {
      sum += chance(e);
    }
    return sum;
  }

  /** Relative to the largest weight, so that no power is too large to be added. */
  private double chance(long connection) {
    if (dropped.get(connection)) {
      return 0;
    }
    double magnitude = Math.abs(weight.get(connection)) / (double) largest;
    return power == 1 ? magnitude : StrictMath.pow(magnitude, power);
  }

  /** Returns the connection that lies at a share of the whole sum. */
  int draw(double share) {
    double place = share * before[before.length - 1];
    int low = 0;
    int high = before.length - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (before[middle] <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    double sum = before[low];
    long found = -1;
    long to = Math.min((low + 1L) * BLOCK, weight.length());
    for (long e = (long) low * BLOCK; e < to && (found < 0 || sum <= place); e++) {
      double chance = chance(e);
      sum += chance;
      found = chance > 0 ? e : found;
    }
    return (int) found;
  }
}
