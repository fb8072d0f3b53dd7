package dev.rewire.cli;

import dev.rewire.config.ConfigText;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.PublishedRule;
import org.jspecify.annotations.Nullable;

/** Things of the program in the words of its output. */
final class Descriptions {
  private Descriptions() {}

  static String word(Enum<?> constant) {
    return ConfigText.word(constant);
  }

  static String rule(@Nullable Evolution evolution) {
    return evolution == null ? "static" : PublishedRule.nearest(evolution).id();
  }
}
