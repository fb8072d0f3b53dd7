package dev.rewire.evolution;

/** Cuts connections into parts of whole words of marks, by their number alone. */
final class Parts {
  /** Connections of a part, at least. */
  static final int LEAST = 1 << 14;

  static final int MOST = 64;

  private Parts() {}

  static int of(long connections) {
    return Math.clamp(connections / LEAST, 1, MOST);
  }

  /** The first connection of a part; that of the part after the last one is their number. */
  static int from(long connections, int part, int parts) {
    return (int) (part == parts ? connections : connections * part / parts / 64 * 64);
  }
}
