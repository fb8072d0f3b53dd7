package dev.rewire.cli;

import dev.rewire.data.DataException;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.network.Network;
import java.util.HashSet;
import java.util.List;

/** Refuses samples whose features are not those that a network has learned. */
final class FeatureCheck {
  private FeatureCheck() {}

  /**
   * Compares numbers and names. Names are compared only if both sides have them.
   *
   * @param place what messages call the data
   */
  static void refuseOthers(SavedModel saved, LoadedDataset samples, String place) {
    Network network = saved.network();
    if (samples.features() != network.inputs()) {
      throw new DataException(
          "%s has %,d features, but the network in %s has %,d inputs%s."
              .formatted(
                  place,
                  samples.features(),
                  saved.file(),
                  network.inputs(),
                  hint(samples.features() - network.inputs(), network)));
    }
    List<String> names = samples.featureNames();
    List<String> learned = network.featureNames();
    if (names.isEmpty() || learned.isEmpty() || names.equals(learned)) {
      return;
    }
    int at = 0;
    while (names.get(at).equals(learned.get(at))) {
      at++;
    }
    boolean order = new HashSet<>(names).equals(new HashSet<>(learned));
    throw new DataException(
        "%s has \"%s\" as feature %d where the network in %s has learned \"%s\": %s."
            .formatted(
                place,
                names.get(at),
                at + 1,
                saved.file(),
                learned.get(at),
                order
                    ? "put the columns into the same order"
                    : "give the same columns under the same names"));
  }

  /** Targets are often left in the file. */
  private static String hint(int tooMany, Network network) {
    if (tooMany == 1) {
      return ": if one column is the class, name it by --label";
    }
    boolean several = network.head() == Head.MULTI_LABEL || network.head() == Head.REGRESSION;
    return several && tooMany == network.classNames().size()
        ? ": if its labels are columns too, name them by --label "
            + String.join(",", network.classNames())
        : ": give samples like those it was trained on";
  }
}
