package dev.rewire.data.format;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A kind of file, and its reader. Formats that are not part of Rewire are found by {@link
 * java.util.ServiceLoader} and asked first.
 *
 * <p>A reader packs out gzip (see {@link dev.rewire.data.file.Content}), believes no size of a
 * header before it has compared it with the length of the file, and answers whatever is wrong with
 * a {@link DataException} that names the file and the line or offset. The abstract test {@code
 * ReaderContract} in the test artefact of this module checks all that.
 */
public interface Format {
  /**
   * Returns what the format is called.
   *
   * @return a few words, for example {@code MATLAB Level 5}
   */
  String name();

  /**
   * Says whether a file is of this kind, by its content; its name only decides what the content
   * leaves open.
   *
   * @param beginning the first bytes of the file
   * @return true if this is the format to read it
   */
  boolean recognises(Beginning beginning);

  /**
   * Reads samples.
   *
   * @param path an existing file of this format
   * @param options what the file does not say about itself
   * @param labels where the classes come from
   * @return one or more samples; missing values are {@code NaN} unless they are refused
   * @throws DataException if the file is missing, damaged, or not what it should be
   */
  Samples read(Path path, ReadOptions options, Labelling labels);

  /**
   * Reads training and test samples if the file, or what its authors put beside it, has both, or if
   * two files of this format are better read together.
   *
   * @param path an existing file of this format
   * @param test the file of test samples that was asked for, or null
   * @param options what the file does not say about itself
   * @return both, or null if they are to be read one by one, or if there is only one kind
   * @throws DataException if a file is damaged, or not what it should be
   */
  default @Nullable DatasetPair readPair(Path path, @Nullable Path test, ReadOptions options) {
    return null;
  }
}
