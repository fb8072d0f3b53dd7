package dev.rewire.cli;

import java.util.concurrent.TimeUnit;

/** Says what is being done, but only to those who have waited for two seconds. */
final class Patience {
  private static final long SHORT = TimeUnit.SECONDS.toNanos(2);
  private static final long OFTEN = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SELDOM = TimeUnit.SECONDS.toNanos(5);

  private final Console console;
  private final boolean quiet;
  private long next = System.nanoTime() + SHORT;
  private boolean written;

  Patience(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  /** To be called before each part of the work, as often as one likes. */
  void at(String doing) {
    long now = System.nanoTime();
    if (quiet || now - next < 0) {
      return;
    }
    if (console.live()) {
      console.err().print("\r\u001b[K" + doing);
      console.err().flush();
      written = true;
      next = now + OFTEN;
    } else {
      console.say("%s", doing);
      next = now + SELDOM;
    }
  }

  /** Takes the line away. */
  void done() {
    if (written) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      written = false;
    }
  }
}
