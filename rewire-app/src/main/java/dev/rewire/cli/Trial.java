package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import dev.rewire.config.RunSettings;
import dev.rewire.study.Arm;
import dev.rewire.sweep.Outcome;
import dev.rewire.sweep.Setting;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of a sweep before it is done.
 *
 * @param setting what is special about it
 * @param seed of all its random numbers
 * @param configuration where its settings come from
 * @param settings of the run
 * @param length whether a run of more epochs serves as well
 * @param folder name of its folder
 */
record Trial(
    Setting setting,
    long seed,
    Configuration configuration,
    RunSettings settings,
    Length length,
    String folder) {
  /** A run whose folder is named by what is special about it. */
  Trial(
      Setting setting,
      long seed,
      Configuration configuration,
      RunSettings settings,
      Length length) {
    this(setting, seed, configuration, settings, length, setting.folder(seed));
  }

  /** How many epochs an earlier run must have to serve. */
  enum Length {
    /** As many as asked for. */
    EXACT,
    /** As many or more: only its first epochs are looked at. */
    AT_LEAST
  }

  int epochs() {
    return settings.recipe().plan().epochs();
  }

  /** Says whether a finished run has enough epochs; a shorter one can be made longer. */
  boolean isServedBy(Outcome outcome) {
    return length == Length.EXACT || outcome.diverged() || outcome.metric("epochs") >= epochs();
  }

  String label() {
    boolean plain = setting.values().isEmpty() && setting.name().isEmpty();
    return plain ? "seed=" + seed : setting.label() + " seed=" + seed;
  }

  /**
   * Names a setting in which an earlier run differs from this one, or nothing. Threads change no
   * result; a scaling that nobody chose may have been chosen by the data; the run of a study that
   * another one begins with lies beside it, wherever both have been moved together.
   */
  String difference(RunSettings earlier) {
    RunSettings own = RunConfig.absolute(settings);
    for (Key<?> key : Keys.ALL) {
      boolean free =
          key.path().equals("training.threads")
              || (length == Length.AT_LEAST && key.path().equals("training.epochs"))
              || (key.path().equals("network.scaling") && !configuration.choosesScaling());
      Object before = placed(key, key.print(earlier));
      Object now = placed(key, key.print(own));
      if (!free && !Objects.equals(before, now)) {
        return "%s %s instead of %s".formatted(key, before, now);
      }
    }
    return "";
  }

  /** Without the folder of the study, where a setting names another run of it. */
  private @Nullable Object placed(Key<?> key, @Nullable Object value) {
    boolean beside = key.path().equals(Arm.WIRING) && setting.values().containsKey(Arm.WIRING);
    return beside && length == Length.AT_LEAST && value instanceof String path
        ? Objects.requireNonNull(Path.of(path).getFileName()).toString()
        : value;
  }
}
