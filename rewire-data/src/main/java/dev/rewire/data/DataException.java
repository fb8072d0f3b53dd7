package dev.rewire.data;

import java.io.Serial;

/**
 * Data that cannot be used as it is, and that whoever has it can mend.
 *
 * <p>The message is one sentence that says what is wrong, in which file and where, and what to do.
 */
public final class DataException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Describes a problem.
   *
   * @param message one sentence
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Describes a problem that another exception has revealed.
   *
   * @param message one sentence
   * @param cause the other exception
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
