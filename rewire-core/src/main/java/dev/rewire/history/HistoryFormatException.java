package dev.rewire.history;

import java.io.IOException;

/** A file that is no topology history, or no longer a whole one. */
public final class HistoryFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message one sentence with the file, the offset and the reason
   */
  public HistoryFormatException(String message) {
    super(message);
  }
}
