package dev.rewire.measure;

import java.util.random.RandomGenerator;

/** Draws degrees of a power law, exact up to the rounding of its distribution function. */
final class PowerLawDraws {
  private static final int TABLE = 1024;

  /** The largest degree that is drawn: degrees are ints. */
  private static final double LARGEST = 1e9;

  private final DiscretePowerLaw law;

  /** P(K &ge; least + i). */
  private final double[] survival = new double[TABLE + 1];

  PowerLawDraws(DiscretePowerLaw law) {
    this.law = law;
    for (int i = 0; i <= TABLE; i++) {
      survival[i] = law.survival((double) law.least() + i);
    }
  }

  int draw(RandomGenerator random) {
    double u = 1 - random.nextDouble();
    return survival[TABLE] < u ? inTable(u) : beyond(u);
  }

  /** The last entry that is not below u. */
  private int inTable(double u) {
    int low = 0;
    int high = TABLE;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (survival[middle] >= u) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return law.least() + low;
  }

  private int beyond(double u) {
    double low = (double) law.least() + TABLE;
    double high = 2 * low;
    while (high < LARGEST && law.survival(high) >= u) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      double middle = Math.floor((low + high) / 2);
      if (law.survival(middle) >= u) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (int) Math.min(low, LARGEST);
  }
}
