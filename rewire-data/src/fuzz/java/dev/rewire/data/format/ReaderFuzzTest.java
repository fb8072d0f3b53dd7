package dev.rewire.data.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rewire.data.DataException;
import dev.rewire.data.catalogue.Formats;
import dev.rewire.dataset.LoadedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whatever bytes a file has, every reader answers with samples or with a {@link DataException}. The
 * profile {@code fuzz} compiles this; it begins with the files in {@code ReaderFuzzTestInputs}, and
 * with {@code JAZZER_FUZZ=1} in the environment it searches for a minute for others.
 */
final class ReaderFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void everyReader(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzz", ".bin");
    try {
      Files.write(file, bytes);
      for (Format format : Formats.all()) {
        for (SamplesIn way : SamplesIn.values()) {
          attempt(format, file, ReadOptions.DEFAULT.withSamplesIn(way));
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void attempt(Format format, Path file, ReadOptions options) {
    try {
      LoadedDataset data = format.read(file, options, new Labelling.Found(false, null)).data();
      if (data.size() < 1 || data.features() < 1) {
        throw new AssertionError(format.name() + " read nothing");
      }
    } catch (DataException expected) {
      // The answer to nearly all bytes.
    }
  }
}
