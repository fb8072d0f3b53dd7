package dev.rewire.layer;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;

/**
 * What a network runs on: the kernels, the team of threads, and a little scratch memory for each of
 * them. Used by one caller at a time; close it to end the threads.
 */
public final class Compute implements AutoCloseable {
  /** Gradients that are computed before the optimizer uses them: few enough to stay in L2. */
  static final int CHUNK = 16_384;

  private final Kernels kernels;
  private final WorkerTeam team;
  private final Floats[] chunks;
  private final Floats[] scratch;
  private Floats common = new Floats(0);

  /**
   * Starts a team.
   *
   * @param threads 1 or more, the caller included
   */
  public Compute(int threads) {
    this(threads, KernelProvider.get());
  }

  /**
   * Starts a team with given kernels.
   *
   * @param threads 1 or more, the caller included
   * @param kernels the loops to use
   */
  public Compute(int threads, Kernels kernels) {
    this.kernels = kernels;
    team = new WorkerTeam(threads);
    chunks = new Floats[threads];
    scratch = new Floats[threads];
    for (int i = 0; i < threads; i++) {
      chunks[i] = new Floats(CHUNK);
      scratch[i] = new Floats(Kernels.SCRATCH);
    }
  }

  /**
   * Returns the number of threads to use when nobody says.
   *
   * @return the processors that the machine or its container offers
   */
  public static int defaultThreads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Returns the loops.
   *
   * @return the same for the whole life of this object
   */
  public Kernels kernels() {
    return kernels;
  }

  /**
   * Returns the threads.
   *
   * @return the same for the whole life of this object
   */
  public WorkerTeam team() {
    return team;
  }

  /**
   * Scratch memory of a thread: gradients on their way to the optimizer, or weights in another
   * order. Grows where one row needs more than {@link #CHUNK}.
   */
  Floats chunk(int worker, int length) {
    if (chunks[worker].length() < length) {
      chunks[worker] = new Floats(Math.max(length, 2 * chunks[worker].length()));
    }
    return chunks[worker];
  }

  /** What kernels scribble on. */
  Floats scratch(int worker) {
    return scratch[worker];
  }

  /** Memory that one layer uses after the other: what is in it is lost when a call has ended. */
  Floats common(long length) {
    if (common.length() < length) {
      common = new Floats(length);
    }
    return common;
  }

  @Override
  public void close() {
    team.close();
  }
}
