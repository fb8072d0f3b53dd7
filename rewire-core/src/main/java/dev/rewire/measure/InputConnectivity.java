package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;
import dev.rewire.memory.Ints;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the first layer is connected at one moment: where a sparse network looks. Costs one pass over
 * the connections.
 *
 * @param outgoing connections that leave each input
 * @param incoming connections that reach each neuron of the first layer
 * @param image how the inputs lie in a picture, or null
 */
public record InputConnectivity(int[] outgoing, int[] incoming, @Nullable ImageShape image) {
  /** Checks the picture. */
  public InputConnectivity {
    if (image != null && image.features() != outgoing.length) {
      throw new IllegalArgumentException(
          "a picture of %d x %d x %d has %d features, but there are %d inputs"
              .formatted(
                  image.height(),
                  image.width(),
                  image.channels(),
                  image.features(),
                  outgoing.length));
    }
  }

  /**
   * Counts the connections of the first layer.
   *
   * @param network as it is now
   * @return a copy that later evolution does not change
   */
  public static InputConnectivity of(Network network) {
    return of(network.layers().getFirst().topology(), network.image());
  }

  /**
   * Counts the connections of a layer.
   *
   * @param topology of a first layer
   * @param image how its inputs lie in a picture, or null
   * @return a copy that later evolution does not change
   */
  public static InputConnectivity of(Topology topology, @Nullable ImageShape image) {
    int[] outgoing = new int[topology.inputs()];
    int[] incoming = new int[topology.outputs()];
    // Counted here: fanOut would build a transposed index, which the first layer never needs.
    Ints column = topology.column();
    for (long e = 0; e < column.length(); e++) {
      outgoing[column.get(e)]++;
    }
    Arrays.setAll(incoming, topology::fanIn);
    return new InputConnectivity(outgoing, incoming, image);
  }

  /**
   * Counts the connections of the layer.
   *
   * @return 0 or more
   */
  public long connections() {
    return Arrays.stream(incoming).asLongStream().sum();
  }

  /**
   * Returns the counts as a picture.
   *
   * @param shape of the picture
   * @return one number a pixel, row by row, the colour planes added up
   */
  public int[] pixels(ImageShape shape) {
    int[] pixels = new int[shape.height() * shape.width()];
    for (int i = 0; i < outgoing.length; i++) {
      pixels[i % pixels.length] += outgoing[i];
    }
    return pixels;
  }
}
