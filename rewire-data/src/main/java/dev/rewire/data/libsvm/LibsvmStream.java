package dev.rewire.data.libsvm;

import dev.rewire.data.csv.Classes;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.SparseRows;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of sparse samples that is read once from its beginning to its end and not kept: only where
 * its rows begin and what their classes are, at 12 bytes a row.
 *
 * @param width features of a sample
 * @param first the index of the first feature in the file, 0 or 1
 * @param classes the labels
 */
public record LibsvmStream(int width, int first, Classes classes) {
  /**
   * Reads a file.
   *
   * @param path plain or gzip
   * @param options how
   * @param head what labels are, or null to find out
   * @param rows takes the samples, their features as the file numbers them
   * @return everything else
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not of this kind
   */
  public static LibsvmStream read(
      Path path, LibsvmOptions options, @Nullable Head head, SparseRows rows) {
    LibsvmTable table = LibsvmTable.read(path, options, head, rows);
    return new LibsvmStream(table.width(), table.first(), table.classes());
  }
}
