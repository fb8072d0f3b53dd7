package dev.rewire.cli;

import dev.rewire.config.Range;
import org.jspecify.annotations.Nullable;

/** The values that an option can have, checked before they reach anything else. */
enum Limit {
  POSITIVE(Range.POSITIVE),
  NOT_NEGATIVE(Range.NOT_NEGATIVE),
  AT_LEAST_1(Range.AT_LEAST_1),
  FRACTION(Range.FRACTION),
  DENSITY(Range.DENSITY),
  BELOW_1(Range.BELOW_1),
  INSIDE(Range.INSIDE);

  private final Range range;

  Limit(Range range) {
    this.range = range;
  }

  void check(String option, @Nullable Number value) {
    if (value != null && !range.contains(value.doubleValue())) {
      throw new UsageException("%s must be %s, not %s".formatted(option, range.words(), value));
    }
  }
}
