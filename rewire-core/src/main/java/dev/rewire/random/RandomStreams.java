package dev.rewire.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Independent streams of random numbers, each named by what it is for: same seed and same name,
 * same numbers, whoever asks and in whatever order. So a result depends neither on the number of
 * threads nor on where a run was stopped and resumed.
 *
 * @param seed the seed of the run
 */
public record RandomStreams(long seed) {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /**
   * Opens a stream at its beginning.
   *
   * @param purpose what it is for
   * @param layer number of the layer, 0 where there is none
   * @param round number of the epoch, update or step, 0 where there is none
   * @return a generator with a period of about 2<sup>192</sup>
   */
  public RandomGenerator stream(Purpose purpose, int layer, long round) {
    return FACTORY.create(key(purpose, layer, round));
  }

  /**
   * Returns the seed of a stream, for generators that count instead of keeping a state.
   *
   * @param purpose what it is for
   * @param layer number of the layer, 0 where there is none
   * @param round number of the epoch, update or step, 0 where there is none
   * @return 64 well mixed bits
   */
  public long key(Purpose purpose, int layer, long round) {
    return mix(mix(mix(mix(seed) + purpose.ordinal()) + layer) + round);
  }

  /**
   * Mixes 64 bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014), after one step of its
   * counter.
   *
   * @param bits any value
   * @return a permutation of all 64-bit values
   */
  public static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
