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

  /**
   * Says how many of the last training batches the rule has to see again.
   *
   * @return 0 for rules that ask for no {@link GrowSituation#signals}
   */
  default int batches() {
    return 0;
  }

  /**
   * Says whether the rule asks for the gradients in these batches. Without them the network goes
   * forward only.
   *
   * @return false for rules that ask for {@link dev.rewire.layer.Signals#cosine} alone
   */
  default boolean gradients() {
    return batches() > 0;
  }

  /**
   * Says whether the rule asks for the outputs of the layer in all of these batches.
   *
   * @return true for rules that ask for {@link dev.rewire.layer.Signals#cosine}
   */
  default boolean outputs() {
    return false;
  }
}
