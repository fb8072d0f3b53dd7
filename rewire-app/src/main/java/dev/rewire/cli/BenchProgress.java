package dev.rewire.cli;

import dev.rewire.bench.Watch;
import java.util.function.BooleanSupplier;

/** One line for what is measured now: written over on a terminal, one after another elsewhere. */
final class BenchProgress implements Watch {
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final boolean quiet;
  private final BooleanSupplier stop;

  BenchProgress(Console console, boolean quiet, BooleanSupplier stop) {
    this.console = console;
    this.quiet = quiet;
    this.stop = stop;
  }

  @Override
  public void at(String what, int done, int of) {
    if (quiet) {
      return;
    }
    String line = "%3d/%d  %s".formatted(done + 1, of, what);
    if (console.live()) {
      console.err().print(CLEAR + line + (done + 1 == of ? "\n" : ""));
      console.err().flush();
    } else {
      console.say("%s", line);
    }
  }

  @Override
  public boolean stop() {
    return stop.getAsBoolean();
  }
}
