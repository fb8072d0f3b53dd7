package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.memory.Ints;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.io.IOException;
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
    // Counted here: fanOut would build a transposed index, which the first layer never needs.
    Ints column = topology.column();
    for (long e = 0; e < column.length(); e++) {
      outgoing[column.get(e)]++;
    }
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

  /**
   * Draws the counts: the colours of the report, the brightest for the largest count.
   *
   * @param shape of the picture
   * @return a PNG file of one pixel a count
   * @throws IOException if it cannot be packed
   */
  public byte[] png(ImageShape shape) throws IOException {
    HeatMap map = HeatMap.of(shape, this, this);
    return HeatMap.png(map.image(map.end()));
  }
}
