package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import dev.rewire.config.RunSettings;
import dev.rewire.sweep.Setting;
import java.util.Objects;

/**
 * A run of a sweep before it is done.
 *
 * @param setting what is special about it
 * @param seed of all its random numbers
 * @param configuration where its settings come from
 * @param settings of the run
 */
record Trial(Setting setting, long seed, Configuration configuration, RunSettings settings) {
  String folder() {
    return setting.folder(seed);
  }

  String label() {
    return setting.values().isEmpty() ? "seed=" + seed : setting.label() + " seed=" + seed;
  }

  /**
   * Names a setting in which an earlier run differs from this one, or nothing. Threads change no
   * result; a scaling that nobody chose may have been chosen by the data.
   */
  String difference(RunSettings earlier) {
    RunSettings own = RunConfig.absolute(settings);
    for (Key<?> key : Keys.ALL) {
      boolean free =
          key.path().equals("training.threads")
              || (key.path().equals("network.scaling") && !configuration.choosesScaling());
      Object before = key.print(earlier);
      Object now = key.print(own);
      if (!free && !Objects.equals(before, now)) {
        return "%s %s instead of %s".formatted(key, before, now);
      }
    }
    return "";
  }
}
