package dev.rewire.evolution;

/** Where new connections of a layer come. */
public interface GrowRule {
  /**
   * Chooses free cells and adds them to {@link GrowSituation#grown}, ascending and distinct. The
   * choice must not depend on the number of threads.
   *
   * @param situation the layer between removal and growth, and what helps to choose
   * @param count how many, at most {@link GrowSituation#free}; the list has room for them
   */
  void choose(GrowSituation situation, int count);
}
