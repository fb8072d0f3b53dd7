package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import java.util.BitSet;

/**
 * The removal of SET (Mocanu et al. 2018): the smallest positive weights and the largest negative
 * ones, {@code floor(fraction * P)} of the {@code P} positive and {@code floor(fraction * Q)} of
 * the {@code Q} negative.
 *
 * @param zeros whether weights that are exactly 0 go too, as in the authors' Keras code. They have
 *     no sign, so without this a newborn connection that never got a gradient would stay for ever.
 */
public record SignedMagnitudeDrop(boolean zeros) implements DropRule {
  @Override
  public BitSet choose(SparseLayer layer, double fraction) {
    float[] weights = layer.weight().toArray();
    BitSet dropped = new BitSet(weights.length);
    Smallest positive = new Smallest(weights.length);
    Smallest negative = new Smallest(weights.length);
    for (int e = 0; e < weights.length; e++) {
      if (weights[e] > 0) {
        positive.add(weights[e], e);
      } else if (weights[e] < 0) {
        negative.add(-weights[e], e);
      } else if (zeros) {
        dropped.set(e);
      }
    }
    positive.mark((int) (fraction * positive.size()), dropped);
    negative.mark((int) (fraction * negative.size()), dropped);
    return dropped;
  }
}
