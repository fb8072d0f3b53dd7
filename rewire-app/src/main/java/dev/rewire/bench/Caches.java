package dev.rewire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The caches of the first processor, as Linux tells about them; elsewhere those of a common
 * machine.
 *
 * @param l2 bytes of the second level
 * @param l3 bytes of the third level
 */
public record Caches(long l2, long l3) {
  private static final Caches COMMON = new Caches(1 << 20, 32 << 20);
  private static final Path FOLDER = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /**
   * Asks.
   *
   * @return bytes of each level
   */
  public static Caches ofMachine() {
    return new Caches(level(2, COMMON.l2), level(3, COMMON.l3));
  }

  private static long level(int level, long otherwise) {
    for (int index = 0; index < 8; index++) {
      try {
        Path cache = FOLDER.resolve("index" + index);
        if (Files.readString(cache.resolve("level")).strip().equals(String.valueOf(level))) {
          return bytes(Files.readString(cache.resolve("size")).strip());
        }
      } catch (IOException | NumberFormatException unknown) {
        return otherwise;
      }
    }
    return otherwise;
  }

  private static long bytes(String size) {
    return size.endsWith("K")
        ? Long.parseLong(size.substring(0, size.length() - 1)) << 10
        : size.endsWith("M")
            ? Long.parseLong(size.substring(0, size.length() - 1)) << 20
            : Long.parseLong(size);
  }
}
