package dev.rewire.saliency;

/** Is told how far something is that may take minutes. */
final class Steps {
  private final InitialPruning.Progress progress;
  private final int total;
  private int done;

  /**
   * Begins.
   *
   * @param total steps in all
   */
  Steps(InitialPruning.Progress progress, int total) {
    this.progress = progress;
    this.total = total;
  }

  /** One more is done. */
  void done() {
    done++;
    progress.at(Math.min(1.0, (double) done / total));
  }
}
