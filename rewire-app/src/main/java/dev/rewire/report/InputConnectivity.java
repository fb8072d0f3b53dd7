package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the first layer is connected at one moment: where a sparse network looks.
 *
 * @param outgoing connections that leave each input
 * @param incoming connections that reach each neuron of the first layer
 * @param image how the inputs lie in a picture, or null
 */
public record InputConnectivity(int[] outgoing, int[] incoming, @Nullable ImageShape image) {
  /**
   * Counts.
   *
   * @param network as it is now
   * @return a copy that later evolution does not change
   */
  public static InputConnectivity of(Network network) {
    Topology topology = network.layers().getFirst().topology();
    int[] outgoing = new int[topology.inputs()];
    int[] incoming = new int[topology.outputs()];
    Arrays.setAll(outgoing, topology::fanOut);
    Arrays.setAll(incoming, topology::fanIn);
    return new InputConnectivity(outgoing, incoming, network.image());
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
