package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;

/**
 * What an evolution does to one layer.
 *
 * @param layer before the removal
 * @param fraction how much to drop, 0 to 1
 * @param connections how many there are to be afterwards, 0 or more
 */
public record LayerShare(SparseLayer layer, double fraction, int connections) {
  /**
   * A share whose removal is counted: rules that drop {@code floor(fraction * connections)} drop
   * exactly as many.
   *
   * @param layer before the removal
   * @param dropped how many go, 0 to all
   * @param connections how many there are to be afterwards, 0 or more
   * @return the share
   */
  public static LayerShare counted(SparseLayer layer, long dropped, long connections) {
    int before = layer.topology().connections();
    // Half a connection more, because rules round down.
    double fraction = dropped >= before ? 1 : dropped == 0 ? 0 : (dropped + 0.5) / before;
    return new LayerShare(layer, fraction, Math.toIntExact(connections));
  }

  /** How many a rule drops that rounds down. */
  int dropped() {
    return (int) (fraction * layer.topology().connections());
  }

  /** How many there are now. */
  int before() {
    return layer.topology().connections();
  }
}
