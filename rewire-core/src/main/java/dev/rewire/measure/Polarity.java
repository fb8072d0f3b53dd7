package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;
import dev.rewire.network.Network;

/**
 * Whether a first layer has its connections in the centre of the picture or in its margin, as one
 * number with an error bar:
 *
 * <pre>
 * index = (x - y) / (x + y)      x = mean connections of a pixel in the centre
 *                                y = mean connections of a pixel in the margin
 * </pre>
 *
 * <p>The centre is the square of half the side, as in {@link TrendCurve#centerMeanRatio}, the
 * margin everything else. 1 means all connections in the centre, -1 none, 0 the same in both; the
 * index with centre and margin exchanged is its negative, which r = v[6]/v[13] does not have.
 *
 * <p>The interval is a test against a random topology of the same size, turned around. If all
 * choices of m connections among the cells of the layer are equally likely, the number K in the
 * centre is hypergeometric, so the quantiles q of its index are exact. The interval of confidence c
 * is
 *
 * <pre>
 * low  = index - q((1 + c) / 2)     high = index - q((1 - c) / 2)
 * </pre>
 *
 * <p>cut at -1 and 1. Hence low &gt; 0 exactly where a random topology has so many connections in
 * its centre with a probability of at most (1 - c) / 2. This is the spread of a topology that
 * nothing has shaped. It says whether the picture can be chance; it does not say how much another
 * seed of the same training would differ: for that, compare runs. Costs one pass over the pixels
 * and some ten standard deviations of K.
 *
 * @param index -1 to 1
 * @param low lower end of the interval, -1 to {@code index}
 * @param high upper end, {@code index} to 1
 */
public record Polarity(double index, double low, double high) {
  /** The usual confidence. */
  public static final double CONFIDENCE = 0.95;

  /** What the interval allows to say. */
  public enum Sign {
    /** More connections in the centre than chance puts there: positive topology learning. */
    POSITIVE,
    /** Fewer connections in the centre than chance puts there: negative topology learning. */
    NEGATIVE,
    /** No more or fewer than in a random topology. */
    NONE
  }

  /**
   * Measures the first layer, with an interval of 95 %.
   *
   * @param network whose inputs lie in a picture
   * @return the polarity
   * @throws IllegalArgumentException if its inputs are no picture
   */
  public static Polarity of(Network network) {
    ImageShape shape = network.image();
    if (shape == null) {
      throw new IllegalArgumentException(
          "polarity needs inputs that lie in a picture, and those of this network do not");
    }
    return of(InputConnectivity.of(network), shape, CONFIDENCE);
  }

  /**
   * Measures connections.
   *
   * @param connectivity of a first layer
   * @param shape how its inputs lie in a picture
   * @param confidence probability that the interval of a random topology contains 0, above 0 and
   *     below 1
   * @return the polarity; 0 from 0 to 0 where there is no connection or the picture has no margin
   */
  public static Polarity of(InputConnectivity connectivity, ImageShape shape, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("a confidence lies above 0 and below 1: " + confidence);
    }
    if (shape.features() != connectivity.outgoing().length) {
      throw new IllegalArgumentException(
          "a picture of %d features cannot have %d inputs"
              .formatted(shape.features(), connectivity.outgoing().length));
    }
    CentredRectangles rectangles = CentredRectangles.of(shape);
    int[] pixels = connectivity.pixels(shape);
    int half = rectangles.half();
    long centre = rectangles.pixels(half);
    long margin = pixels.length - centre;
    long inCentre = 0;
    long connections = 0;
    for (int p = 0; p < pixels.length; p++) {
      connections += pixels[p];
      inCentre += rectangles.contains(half, p) ? pixels[p] : 0;
    }
    if (connections == 0 || margin == 0) {
      return new Polarity(0, 0, 0);
    }
    long cellsOfPixel = (long) shape.channels() * connectivity.incoming().length;
    var chance =
        new Hypergeometric(pixels.length * cellsOfPixel, centre * cellsOfPixel, connections);
    double index = index(inCentre, connections, centre, margin);
    double most = index(chance.quantile((1 + confidence) / 2), connections, centre, margin);
    // The tails are cut alike: from below, K > k with a probability of at most the same share.
    double least = index(lowest(chance, (1 - confidence) / 2), connections, centre, margin);
    return new Polarity(index, Math.max(-1, index - most), Math.min(1, index - least));
  }

  /** The smallest number that is not in the lower tail. */
  private static long lowest(Hypergeometric chance, double tail) {
    Hypergeometric margin =
        new Hypergeometric(chance.cells(), chance.cells() - chance.marked(), chance.drawn());
    return chance.drawn() - margin.quantile(1 - tail);
  }

  private static double index(long inCentre, long connections, long centre, long margin) {
    double x = (double) inCentre / centre;
    double y = (double) (connections - inCentre) / margin;
    return (x - y) / (x + y);
  }

  /**
   * Says what the interval allows to say.
   *
   * @return positive if all of it lies above 0, negative if all of it lies below
   */
  public Sign sign() {
    if (low > 0) {
      return Sign.POSITIVE;
    }
    return high < 0 ? Sign.NEGATIVE : Sign.NONE;
  }
}
