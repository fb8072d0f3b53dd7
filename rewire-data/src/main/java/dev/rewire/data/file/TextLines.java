package dev.rewire.data.file;

import dev.rewire.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a text file in UTF-8, plain or packed, with their numbers. */
public final class TextLines implements AutoCloseable {
  private final Path path;
  private final Content content;
  private final BufferedReader reader;
  private long number;

  /**
   * Opens a file.
   *
   * @param path an existing, readable file
   * @throws DataException if there is no such file, or it cannot be read
   */
  public TextLines(Path path) {
    this.path = path;
    content = Content.open(path);
    reader = new BufferedReader(new InputStreamReader(content.stream(), StandardCharsets.UTF_8));
  }

  /**
   * Reads a line.
   *
   * @return without its end, or null at the end of the file
   */
  public @Nullable String next() {
    try {
      String line = reader.readLine();
      number += line == null ? 0 : 1;
      return line;
    } catch (IOException e) {
      throw new DataException(path + " cannot be read: check the file and its disk.", e);
    }
  }

  /**
   * Returns where reading is.
   *
   * @return number of the line that {@link #next} returned last, from 1
   */
  public long number() {
    return number;
  }

  /**
   * Describes something wrong in the current line.
   *
   * @param what follows the place, for example {@code has no number}
   * @param remedy what to do
   * @return an exception to throw
   */
  public DataException wrong(String what, String remedy) {
    return new DataException(path + ":" + number + " " + what + ": " + remedy + ".");
  }

  @Override
  public void close() {
    content.close();
  }
}
