package dev.rewire.data.file;

import dev.rewire.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file for readers that jump about in it. If it is gzip, this is an unpacked copy in the folder
 * for temporary files, deleted after use.
 */
public final class Unpacked implements AutoCloseable {
  private final Path path;
  private final @Nullable Path copy;

  private Unpacked(Path path, @Nullable Path copy) {
    this.path = path;
    this.copy = copy;
  }

  /**
   * Opens a file.
   *
   * @param path an existing, readable file
   * @return the file, or an unpacked copy
   * @throws DataException if there is no such file, or it cannot be read or unpacked
   */
  public static Unpacked of(Path path) {
    try (Content content = Content.open(path)) {
      if (!content.packed()) {
        return new Unpacked(path, null);
      }
      Path copy = Files.createTempFile("rewire", ".unpacked");
      Unpacked unpacked = new Unpacked(copy, copy);
      boolean complete = false;
      try {
        Files.copy(content.stream(), copy, StandardCopyOption.REPLACE_EXISTING);
        complete = true;
        return unpacked;
      } finally {
        if (!complete) {
          unpacked.close();
        }
      }
    } catch (IOException e) {
      throw new DataException(
          path
              + " cannot be unpacked into the folder for temporary files ("
              + e.getMessage()
              + "): make room there, or unpack it with gunzip.",
          e);
    }
  }

  /**
   * Returns the file.
   *
   * @return path of a file that is not packed
   */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    if (copy != null) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        copy.toFile().deleteOnExit();
      }
    }
  }
}
