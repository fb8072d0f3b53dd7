package dev.rewire.config;

/** A setting that cannot be used; the message is one sentence with the place and what to do. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message one sentence
   */
  public ConfigException(String message) {
    super(message);
  }
}
