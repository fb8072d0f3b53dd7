package dev.rewire.cli;

/** Something that was typed cannot be done; the message is one sentence. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
