package dev.rewire.microscope;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import org.jspecify.annotations.Nullable;

/**
 * How a layer is connected at one moment.
 *
 * @param point when that is, and the numbers
 * @param connectivity connections of each input and of each neuron
 * @param trend the trend curve, or null if the inputs are no picture
 */
public record Moment(Point point, InputConnectivity connectivity, @Nullable TrendCurve trend) {
  /**
   * A moment in a few numbers.
   *
   * @param epoch epochs that were over: 0 at the start
   * @param step training steps until then
   * @param connections how many there are
   * @param dropped how many went since the point before
   * @param grown how many came since then
   * @param ratio connections of a pixel in the centre against those of any pixel, NaN if the inputs
   *     are no picture
   * @param polarity the same with an error bar, or null if the inputs are no picture
   */
  public record Point(
      int epoch,
      long step,
      int connections,
      long dropped,
      long grown,
      double ratio,
      @Nullable Polarity polarity) {
    /**
     * Returns how much of the layer is new.
     *
     * @return connections that came since the point before, as a share of all; NaN without any
     */
    public double churn() {
      return connections == 0 ? Double.NaN : (double) grown / connections;
    }
  }

  /**
   * Measures a moment.
   *
   * @param connectivity of a layer
   * @param epoch epochs that were over
   * @param step training steps until then
   * @param dropped connections that went since the point before
   * @param grown connections that came since then
   * @return the moment with its curve and polarity
   */
  public static Moment of(
      InputConnectivity connectivity, int epoch, long step, long dropped, long grown) {
    ImageShape image = connectivity.image();
    int connections = Math.toIntExact(connectivity.connections());
    if (image == null) {
      Point point = new Point(epoch, step, connections, dropped, grown, Double.NaN, null);
      return new Moment(point, connectivity, null);
    }
    TrendCurve trend = TrendCurve.of(connectivity.pixels(image), image);
    Polarity polarity = Polarity.of(connectivity, image, Polarity.CONFIDENCE);
    Point point =
        new Point(epoch, step, connections, dropped, grown, trend.centerMeanRatio(), polarity);
    return new Moment(point, connectivity, trend);
  }

  /**
   * Returns the connections of each pixel, or of each input where they are no picture.
   *
   * @return one number a pixel, row by row, the colour planes added up
   */
  public int[] counts() {
    ImageShape image = connectivity.image();
    return image == null ? connectivity.outgoing() : connectivity.pixels(image);
  }

  /**
   * Returns what a random topology of the same size would have.
   *
   * @return connections of a pixel or input in the mean
   */
  public double expected() {
    return (double) point.connections() / counts().length;
  }
}
