package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens files for reading in place. */
final class Mapping {
  private Mapping() {}

  /**
   * Maps a whole file. The mapping goes when nobody can reach it any more; until then the file must
   * not be made shorter.
   *
   * @param path an existing file
   * @return its bytes, read only
   */
  static MemorySegment of(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    } catch (NoSuchFileException missing) {
      throw new DataException(path + " does not exist: check the path.", missing);
    } catch (IOException failure) {
      throw new DataException(
          path + " cannot be mapped (" + failure.getMessage() + "): check the file and its disk.",
          failure);
    }
  }

  /** Refuses what cannot be read in place. */
  static void refusePacked(Path path, boolean packed) {
    if (packed) {
      throw new DataException(
          path
              + " is packed, so that it cannot be read in place: unpack it first (gunzip -k "
              + path
              + "), or leave out --stream.");
    }
  }
}
