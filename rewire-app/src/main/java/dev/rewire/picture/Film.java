package dev.rewire.picture;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;

/** A file of pictures that are shown one after the other, for ever. */
public sealed interface Film extends Closeable permits Gif, Apng {
  /**
   * Adds a picture; only what differs from the one before is written.
   *
   * @param picture as large as all others
   * @param hundredths how long it is shown, in hundredths of a second, 1 to 65,535
   * @throws IOException if it cannot be written
   */
  void add(BufferedImage picture, int hundredths) throws IOException;
}
