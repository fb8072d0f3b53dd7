package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;

/** Which connections of a layer go. */
public interface DropRule {
  /**
   * Marks the connections to drop. The choice must not depend on the number of threads: ties are
   * broken by the number of the connection.
   *
   * @param situation the layer, the marks to set, and what helps to choose
   * @param fraction how much to drop, 0 to 1; of what, the rule says
   */
  void choose(DropSituation situation, double fraction);

  /**
   * Sets right what the rule decides about connections that stay: called before the first step of a
   * training and after each evolution. The choice must not depend on the number of threads.
   *
   * @param layer as it is now, changed in place
   * @param team threads to work on
   */
  default void settle(SparseLayer layer, WorkerTeam team) {}

  /**
   * Says how many of the last training batches the rule has to see again.
   *
   * @return 0 for rules that ask for no {@link DropSituation#signals}
   */
  default int batches() {
    return 0;
  }

  /**
   * Says whether the rule asks for nothing but {@link dev.rewire.layer.Signals#ofConnections}. Then
   * one number a connection is kept of all these batches.
   *
   * @return false if it may ask for anything
   */
  default boolean sums() {
    return false;
  }

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @return true if the number of epochs decides what goes
   */
  default boolean followsRunLength() {
    return false;
  }
}
