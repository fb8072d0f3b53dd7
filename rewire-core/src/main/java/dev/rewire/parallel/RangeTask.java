package dev.rewire.parallel;

/** Work on one part of a layer. */
@FunctionalInterface
public interface RangeTask {
  /**
   * Does the work of one part.
   *
   * @param part number of the part, 0 to {@code parts - 1}
   * @param worker number of the thread that does it, 0 to {@code threads - 1}: the index of its
   *     scratch memory, and nothing that a result may depend on
   */
  void run(int part, int worker);
}
