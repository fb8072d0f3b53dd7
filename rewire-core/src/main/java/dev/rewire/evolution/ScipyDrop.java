package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The removal of the SciPy implementation of SET, which is that of the paper up to one connection a
 * sign. It sorts the weights, finds the one nearest to zero and cuts at
 *
 * <pre>
 * sorted[int((1 - fraction) * first)]  and  sorted[int(last + fraction * (m - last))]
 * </pre>
 *
 * where {@code first} is the position of the weight nearest to zero and {@code last} the position
 * after it; only what lies strictly outside the two cuts survives.
 */
public record ScipyDrop() implements DropRule {
  @Override
  public BitSet choose(SparseLayer layer, double fraction) {
    float[] weights = layer.weight().toArray();
    int count = weights.length;
    BitSet dropped = new BitSet(count);
    if (count == 0) {
      return dropped;
    }
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    int first = 0;
    int last = 0;
    for (int i = 1; i < count; i++) {
      if (Math.abs(sorted[i]) < Math.abs(sorted[first])) {
        first = i;
      }
      if (Math.abs(sorted[i]) <= Math.abs(sorted[last])) {
        last = i;
      }
    }
    last++;
    float negativeCut = sorted[(int) ((1 - fraction) * first)];
    float positiveCut = sorted[(int) Math.min(count - 1, last + fraction * (count - last))];
    for (int e = 0; e < count; e++) {
      dropped.set(e, !(weights[e] > positiveCut || weights[e] < negativeCut));
    }
    return dropped;
  }
}
