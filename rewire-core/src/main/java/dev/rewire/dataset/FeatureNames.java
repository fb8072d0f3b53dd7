package dev.rewire.dataset;

import java.util.List;

/** The names of the features, if they have names. */
final class FeatureNames {
  private FeatureNames() {}

  /** Checks that there are none, or one for each feature. */
  static List<String> of(String data, List<String> names, int features) {
    if (!names.isEmpty() && names.size() != features) {
      throw new IllegalArgumentException(
          data + ": " + names.size() + " names for " + features + " features");
    }
    return List.copyOf(names);
  }
}
