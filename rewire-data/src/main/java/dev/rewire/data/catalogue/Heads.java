package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.Targets;
import org.jspecify.annotations.Nullable;

/** Whether samples have the targets that somebody asked for, whatever reader they come from. */
final class Heads {
  private Heads() {}

  /** Changes two classes to those of one output, and refuses what cannot be had. */
  static LoadedDataset as(LoadedDataset data, @Nullable Head head) {
    Targets targets = data.targets();
    if (head == null || head == targets.head()) {
      return data;
    }
    if (head == Head.BINARY && targets instanceof ClassTargets classes) {
      if (classes.names().size() != 2) {
        throw new DataException(
            "%s has %d classes, but one output (--head binary) tells 2 apart: take --head classes."
                .formatted(data.name(), classes.names().size()));
      }
      return data.withTargets(new ClassTargets(Head.BINARY, classes.values(), classes.names()));
    }
    throw new DataException(
        "%s has %s for each sample, which cannot be learned by --head %s: leave it out."
            .formatted(data.name(), words(targets.head()), head.id()));
  }

  /** The same for all parts. */
  static DatasetPair as(DatasetPair pair, @Nullable Head head) {
    LoadedDataset validation = pair.validation();
    return new DatasetPair(
        as(pair.train(), head),
        as(pair.test(), head),
        validation == null ? null : as(validation, head));
  }

  /** Says what was found, if nobody has said what labels are and they are no classes. */
  static @Nullable String note(LoadedDataset data, @Nullable Head asked) {
    if (asked != null) {
      return null;
    }
    return switch (data.head()) {
      case CLASSES, BINARY -> null;
      case MULTI_LABEL ->
          "%s has several labels a sample, so each gets an output of its own (--head multi-label)"
              .formatted(data.name());
      case REGRESSION ->
          "%s has numbers as labels (%s), too many to be classes, so they are predicted as numbers (--head regression)"
              .formatted(data.name(), String.join(", ", data.classNames()));
    };
  }

  private static String words(Head head) {
    return switch (head) {
      case CLASSES, BINARY -> "a class";
      case MULTI_LABEL -> "a set of labels";
      case REGRESSION -> "numbers";
    };
  }
}
