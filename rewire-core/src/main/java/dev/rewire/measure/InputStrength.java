package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * The strength of each input: s<sub>i</sub> = &Sigma;<sub>j</sub> |w<sub>ij</sub>| over the
 * connections that leave it. QuickSelection takes it for the importance of a feature (Atashgahi et
 * al., Machine Learning 2021). Costs one pass over the connections.
 *
 * @param values one sum of absolute weights an input, 0 or more
 * @param image how the inputs lie in a picture, or null
 */
public record InputStrength(double[] values, @Nullable ImageShape image) {
  /**
   * Measures the first layer.
   *
   * @param network as it is now
   * @return a copy that later training does not change
   */
  public static InputStrength of(Network network) {
    return of(network.layers().getFirst(), network.image());
  }

  /**
   * Measures a layer.
   *
   * @param layer any
   * @param image how its inputs lie in a picture, or null
   * @return a copy that later training does not change
   */
  public static InputStrength of(SparseLayer layer, @Nullable ImageShape image) {
    double[] values = new double[layer.inputs()];
    Ints column = layer.topology().column();
    Floats weight = layer.weight();
    for (long e = 0; e < column.length(); e++) {
      values[column.get(e)] += Math.abs(weight.get(e));
    }
    return new InputStrength(values, image);
  }

  /**
   * Returns the strengths as a picture.
   *
   * @param shape of the picture
   * @return one number a pixel, row by row, the colour planes added up
   */
  public double[] pixels(ImageShape shape) {
    double[] pixels = new double[shape.height() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      pixels[i % pixels.length] += values[i];
    }
    return pixels;
  }
}
