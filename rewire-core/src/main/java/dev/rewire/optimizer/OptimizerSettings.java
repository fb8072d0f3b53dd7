package dev.rewire.optimizer;

/** All numbers of one of our optimizers. */
public sealed interface OptimizerSettings
    permits Adagrad.Settings,
        Adam.Settings,
        DeepR.Settings,
        Lion.Settings,
        RmsProp.Settings,
        Sgd.Settings,
        TopKast.Settings {
  /**
   * Returns what all optimizers have.
   *
   * @return learning rate and penalties
   */
  Common common();

  /**
   * Sets what all optimizers have.
   *
   * @param changed learning rate and penalties
   * @return a copy
   */
  OptimizerSettings with(Common changed);

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @return true if a schedule ends with the run
   */
  default boolean followsRunLength() {
    return common().followsRunLength();
  }

  /**
   * Makes the optimizer.
   *
   * @return with these settings
   */
  ScheduledOptimizer<?> optimizer();
}
