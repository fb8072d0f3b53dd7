package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import java.util.BitSet;

/**
 * The {@code floor(fraction * connections)} weights nearest to zero, whatever their sign: what
 * RigL, ITOP and jaxpruner mean by the removal of SET.
 */
public record MagnitudeDrop() implements DropRule {
  @Override
  public BitSet choose(SparseLayer layer, double fraction) {
    float[] weights = layer.weight().toArray();
    Smallest smallest = new Smallest(weights.length);
    for (int e = 0; e < weights.length; e++) {
      smallest.add(Math.abs(weights[e]), e);
    }
    BitSet dropped = new BitSet(weights.length);
    smallest.mark((int) (fraction * weights.length), dropped);
    return dropped;
  }
}
