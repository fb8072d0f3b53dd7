package dev.rewire.data.digits;

/**
 * The random numbers of one picture: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
 *
 * <p>Written out here because the pictures must be the same on every machine and JDK, and because a
 * stream starts in no time: every sample has its own, so samples can be drawn in any order.
 */
final class Chance {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Chance(long state) {
    this.state = state;
  }

  /**
   * Starts the stream of one sample.
   *
   * @param seed of the data set
   * @param part which part of the data set, so that training and test samples differ
   * @param sample index in the part
   * @return a stream that depends on nothing else
   */
  static Chance of(long seed, int part, int sample) {
    return new Chance(mix(mix(mix(seed + GAMMA) + part) + GAMMA * sample));
  }

  /**
   * Draws evenly.
   *
   * @param low smallest value
   * @param high above every value
   * @return a number in between
   */
  double between(double low, double high) {
    return low + (high - low) * next();
  }

  /**
   * Draws around zero, small values more often (triangular).
   *
   * @param reach largest distance from zero
   * @return a number between {@code -reach} and {@code reach}
   */
  double around(double reach) {
    double first = next();
    return reach * (first - next());
  }

  /**
   * Draws an index.
   *
   * @param bound 1 to 1000, so that the bias of a remainder does not matter
   * @return 0 to {@code bound - 1}
   */
  int index(int bound) {
    return (int) (next() * bound);
  }

  private double next() {
    state += GAMMA;
    return (mix(state) >>> 11) * 0x1.0p-53;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
