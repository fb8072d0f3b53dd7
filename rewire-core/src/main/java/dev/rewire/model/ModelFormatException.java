package dev.rewire.model;

import java.io.IOException;

/** A file that is not a model, or no longer a whole one. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message one sentence with the file and the reason
   */
  public ModelFormatException(String message) {
    super(message);
  }

  /**
   * Says what is wrong and what was noticed first.
   *
   * @param message one sentence with the file and the reason
   * @param cause what was noticed
   */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
