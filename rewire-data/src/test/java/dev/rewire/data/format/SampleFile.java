package dev.rewire.data.format;

import dev.rewire.data.format.ReaderContract.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Small files that NumPy, SciPy and h5py wrote: six samples of four features, half of them 0, with
 * the classes 1, 2, 3, 1, 2, 3.
 */
public final class SampleFile {
  /** The features. */
  public static final float[][] VALUES = {
    {0, 1, 0, -2.5f}, {3, 0, 0, 0}, {0, 0, 4, 0}, {1.5f, 0, 0, 7}, {0, 2, 0, 0}, {0, 0, -1, 8}
  };

  /** What is in the files with numbers as labels. */
  public static final Facts NUMBERS =
      new Facts(VALUES, List.of("1", "2", "3", "1", "2", "3"), List.of("1", "2", "3"));

  /** What is in the files with words as labels. */
  public static final Facts WORDS =
      new Facts(VALUES, List.of("a", "bb", "c", "a", "bb", "c"), List.of("a", "bb", "c"));

  private SampleFile() {}

  /** Reads a file. */
  public static byte[] bytes(String name) throws IOException {
    try (InputStream stream =
        SampleFile.class.getResourceAsStream("ReaderFuzzTestInputs/" + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    }
  }

  /** Copies a file into a folder. */
  public static Path copy(String name, Path folder) throws IOException {
    return Files.write(folder.resolve(name), bytes(name));
  }
}
