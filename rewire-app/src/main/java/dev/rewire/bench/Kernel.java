package dev.rewire.bench;

/** The three loops of a training step, and all of them. */
public enum Kernel {
  /** Weighted sums of a batch. */
  FORWARD("forward", 0.8) {
    @Override
    void run(LayerAtWork layer) {
      layer.forward();
    }
  },
  /** From the gradient of the outputs to that of the inputs. */
  INPUT_GRADIENT("input gradient", 0.65) {
    @Override
    void run(LayerAtWork layer) {
      layer.backward();
    }
  },
  /** The gradient of each weight, and the step of the optimizer. */
  WEIGHT_GRADIENT("weight gradient and update", 0.65) {
    @Override
    void run(LayerAtWork layer) {
      layer.update();
    }
  },
  /** One after another. */
  STEP("whole step", 0) {
    @Override
    void run(LayerAtWork layer) {
      layer.step();
    }
  };

  private final String title;
  private final double target;

  Kernel(String title, double target) {
    this.title = title;
    this.target = target;
  }

  abstract void run(LayerAtWork layer);

  /**
   * Names the loop for people.
   *
   * @return for example {@code forward}
   */
  public String title() {
    return title;
  }

  /**
   * Returns the fraction of the ceiling that this loop should reach.
   *
   * @return 0 to 1; 0 if there is no such number
   */
  public double target() {
    return target;
  }
}
