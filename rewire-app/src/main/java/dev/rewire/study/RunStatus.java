package dev.rewire.study;

/**
 * How far a run of a study is.
 *
 * @param arm name of its arm
 * @param seed of the run
 * @param folder where it is, below the folder of the study
 * @param epochs that are done
 * @param planned epochs of the run
 * @param diverged why it ended early, or empty
 * @param seconds that its epochs took: training, evolution and test
 */
public record RunStatus(
    String arm,
    long seed,
    String folder,
    int epochs,
    int planned,
    String diverged,
    double seconds) {
  /**
   * Says whether nothing is left to be done.
   *
   * @return true as well if the run diverged
   */
  public boolean finished() {
    return epochs >= planned || !diverged.isEmpty();
  }
}
