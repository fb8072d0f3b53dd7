package dev.rewire.cli;

import org.jspecify.annotations.Nullable;

/** The values that an option can have, checked before they reach anything else. */
enum Limit {
  POSITIVE("above 0") {
    @Override
    boolean allows(double value) {
      return value > 0 && Double.isFinite(value);
    }
  },
  NOT_NEGATIVE("0 or more") {
    @Override
    boolean allows(double value) {
      return value >= 0 && Double.isFinite(value);
    }
  },
  AT_LEAST_1("1 or more") {
    @Override
    boolean allows(double value) {
      return value >= 1;
    }
  },
  FRACTION("between 0 and 1") {
    @Override
    boolean allows(double value) {
      return value >= 0 && value <= 1;
    }
  },
  DENSITY("above 0 and at most 1") {
    @Override
    boolean allows(double value) {
      return value > 0 && value <= 1;
    }
  },
  BELOW_1("0 or more and below 1") {
    @Override
    boolean allows(double value) {
      return value >= 0 && value < 1;
    }
  },
  INSIDE("above 0 and below 1") {
    @Override
    boolean allows(double value) {
      return value > 0 && value < 1;
    }
  };

  private final String words;

  Limit(String words) {
    this.words = words;
  }

  abstract boolean allows(double value);

  void check(String option, @Nullable Number value) {
    if (value != null && !allows(value.doubleValue())) {
      throw new UsageException("%s must be %s, not %s".formatted(option, words, value));
    }
  }
}
