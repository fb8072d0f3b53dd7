package dev.rewire.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints why a test was skipped: a build that is green because nothing ran must not look so. */
public final class SkippedTests implements TestWatcher {
  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    print(context, String.valueOf(cause.getMessage()));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    print(context, reason.orElse("no reason given"));
  }

  private static void print(ExtensionContext context, String reason) {
    String test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
    System.out.println("SKIPPED " + test + ": " + reason);
  }
}
