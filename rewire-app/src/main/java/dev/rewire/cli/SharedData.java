package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import java.util.HashMap;
import java.util.Map;

/** The data of many runs: read once for all that ask for the same. */
final class SharedData {
  private final Console console;
  private final boolean quiet;
  private final Map<DatasetRequest, DatasetPair> open = new HashMap<>();

  SharedData(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  synchronized DatasetPair of(RunSettings settings) {
    DatasetPair known = open.get(settings.request());
    if (known == null) {
      if (!quiet) {
        console.say("reading %s", Named.of(settings.request().data()));
      }
      known = DataSource.open(settings.dataDir(), console, quiet).open(settings.request());
      open.put(settings.request(), known);
    }
    return known;
  }

  /** Memory of all that has been read. */
  synchronized long bytes() {
    return open.values().stream().mapToLong(p -> p.train().bytes() + p.test().bytes()).sum();
  }
}
