package dev.rewire.dataset;

/** What stands in for missing values. */
final class Substitutes {
  private Substitutes() {}

  /** Checks and copies them. */
  static float[] of(String name, float[] values, int features) {
    if (values.length > 1 && values.length != features) {
      throw new IllegalArgumentException(
          "%s: %d values stand in for those that are missing, where 1 or %d must be"
              .formatted(name, values.length, features));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            name + ": what stands in for missing values must be finite: " + value);
      }
    }
    return values.clone();
  }

  /** Returns the value if it is there, or what stands in for it, if anything does. */
  static float present(float value, float[] substitutes, int feature) {
    return Float.isNaN(value) && substitutes.length > 0
        ? substitutes[substitutes.length == 1 ? 0 : feature]
        : value;
  }
}
