package dev.rewire.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives a part of a picture at most 256 colours: all its own if they are few enough, or else the
 * most frequent one of those that are alike.
 */
final class Colours {
  private static final int MOST = 256;

  private Colours() {}

  static BufferedImage few(BufferedImage picture, Rectangle part) {
    int[] pixels = picture.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < pixels.length; ) {
      int from = i; // most pixels are like their neighbours
      while (i < pixels.length && pixels[i] == pixels[from]) {
        i++;
      }
      counts.merge(pixels[from] & 0xffffff, i - from, Integer::sum);
    }
    int dropped = 0;
    while (buckets(counts, dropped).size() > MOST) {
      dropped++;
    }
    byte[] red = new byte[MOST];
    byte[] green = new byte[MOST];
    byte[] blue = new byte[MOST];
    Map<Integer, Integer> place = new HashMap<>();
    for (int colour : buckets(counts, dropped).values()) {
      int index = place.size();
      red[index] = (byte) (colour >> 16);
      green[index] = (byte) (colour >> 8);
      blue[index] = (byte) colour;
      place.put(bucket(colour, dropped), index);
    }
    BufferedImage few =
        new BufferedImage(
            part.width,
            part.height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(Byte.SIZE, Math.max(2, place.size()), red, green, blue));
    WritableRaster raster = few.getRaster();
    DataBuffer data = raster.getDataBuffer();
    int index = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (i == 0 || pixels[i] != pixels[i - 1]) {
        index = place.getOrDefault(bucket(pixels[i], dropped), 0);
      }
      data.setElem(i, index);
    }
    return few;
  }

  /** The most frequent colour of all that agree but for some low bits of red, green and blue. */
  private static Map<Integer, Integer> buckets(Map<Integer, Integer> counts, int dropped) {
    Map<Integer, Integer> most = new TreeMap<>();
    new TreeMap<>(counts)
        .forEach((colour, count) ->
            most.merge(
                bucket(colour, dropped),
                colour,
                (one, other) ->
                    counts.getOrDefault(other, 0) > counts.getOrDefault(one, 0) ? other : one));
    return most;
  }

  private static int bucket(int colour, int dropped) {
    int low = 0x010101 * ((1 << dropped) - 1);
    return colour & 0xffffff & ~low;
  }
}
