package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import java.util.BitSet;

/** Which connections of a layer go. */
public interface DropRule {
  /**
   * Chooses connections. The choice must not depend on anything but the layer: ties are broken by
   * the number of the connection.
   *
   * @param layer the layer, not changed
   * @param fraction how much to drop, 0 to 1; of what, the rule says
   * @return the numbers of the connections to drop
   */
  BitSet choose(SparseLayer layer, double fraction);
}
