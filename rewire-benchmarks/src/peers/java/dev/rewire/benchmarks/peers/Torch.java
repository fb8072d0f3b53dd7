package dev.rewire.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** Starts PyTorch. */
final class Torch {
  private Torch() {}

  /**
   * Starts it with a fixed number of threads.
   *
   * @param threads of one operation
   * @return owns what is created
   */
  static NDManager start(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    return Engine.getEngine("PyTorch").newBaseManager();
  }
}
