package dev.rewire.data.array;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A format whose files hold arrays with names. */
public interface ArrayFormat extends Format {
  /**
   * Opens a file, and closes it after use.
   *
   * @param <T> what is made of the arrays
   * @param path an existing file of this format
   * @param use receives the arrays, which can be read during this call
   * @return what {@code use} returns
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not what it should be
   */
  <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use);

  @Override
  default Samples read(Path path, ReadOptions options, Labelling labels) {
    return open(path, arrays -> SampleArrays.read(path, arrays, options, labels));
  }
}
