package dev.rewire.cli;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Say {
  private Say() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String percent(double fraction) {
    return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  static String loss(double loss) {
    return Double.isNaN(loss) ? "-" : String.format(Locale.ROOT, "%.4f", loss);
  }

  static String bytes(double bytes) {
    String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    int unit = 0;
    while (bytes >= 1000 && unit < units.length - 1) {
      bytes /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
  }

  static String duration(double seconds) {
    if (!(seconds < 3_600_000)) {
      return "-";
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** A duration that may be short. */
  static String time(double seconds) {
    return seconds > 0 && seconds < 0.0995
        ? String.format(Locale.ROOT, "%.3g ms", 1000 * seconds)
        : duration(seconds);
  }

  static String plural(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }
}
