package dev.rewire.train;

/** Training has left the realm of finite numbers. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where.
   *
   * @param message layer, step and what to do
   */
  public DivergedException(String message) {
    super(message);
  }
}
