package dev.rewire.cli;

/** What the process says to the shell. */
final class ExitCode {
  static final int OK = 0;
  static final int SOFTWARE = 1;
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int DIVERGED = 4;
  static final int INTERRUPTED = 5;
  static final int DIFFERENT = 6;

  private ExitCode() {}
}
