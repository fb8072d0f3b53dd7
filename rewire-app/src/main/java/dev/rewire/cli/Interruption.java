package dev.rewire.cli;

import dev.rewire.train.TrainingListener;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM during long work: the JVM begins to shut down and waits for its hooks, the
 * hook made here waits until the working thread has finished its step and written everything, then
 * ends the process with the right code.
 */
final class Interruption implements TrainingListener, AutoCloseable {
  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook;
  private final Console console;
  private final String answer;
  private volatile boolean asked;

  /**
   * Waits for a signal.
   *
   * @param console where to answer it
   * @param answer what is being done about it
   */
  Interruption(Console console, String answer) {
    this.console = console;
    this.answer = answer;
    hook = new Thread(this::hold, "rewire-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void hold() {
    asked = true;
    console.say("%sinterrupted: %s", console.live() ? "\n" : "", answer);
    boolean waiting = true;
    while (waiting) {
      try {
        written.await();
        waiting = false;
      } catch (InterruptedException again) {
        // nothing may end this wait but the training thread
      }
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  @Override
  public boolean stop() {
    return asked;
  }

  /** To be called when everything is written. If the process is ending, this ends it. */
  @Override
  public void close() {
    console.out().flush();
    console.err().flush();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      written.countDown();
    }
  }
}
