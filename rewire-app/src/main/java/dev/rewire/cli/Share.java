package dev.rewire.cli;

import dev.rewire.config.Range;
import org.jspecify.annotations.Nullable;

/** A share as people type it: {@code 0.2} or {@code 20%}. */
final class Share {
  private Share() {}

  /**
   * Understands a share.
   *
   * @param option what messages name
   * @param text what was typed, or null
   * @param range of the share
   * @return the share, or null if nothing was typed
   */
  static @Nullable Double of(String option, @Nullable String text, Range range) {
    if (text == null) {
      return null;
    }
    String plain = text.strip();
    boolean percent = plain.endsWith("%");
    double share;
    try {
      share = Double.parseDouble(percent ? plain.substring(0, plain.length() - 1) : plain);
    } catch (NumberFormatException bad) {
      throw new UsageException(
          "%s must be a share such as 0.2 or 20%%, not %s".formatted(option, text));
    }
    double value = percent ? share / 100 : share;
    if (!range.contains(value)) {
      throw new UsageException("%s must be %s, not %s".formatted(option, range.words(), text));
    }
    return value;
  }
}
