package dev.rewire.data.csv;

import dev.rewire.dataset.Head;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that is read once from its beginning to its end and not kept: only the classes of its
 * rows are, at 4 bytes a row.
 *
 * @param featureNames names of the features, or nothing without a header
 * @param classes the labels, empty if there is no label column
 * @param rows how many rows went by, 1 or more
 */
public record CsvStream(List<String> featureNames, Classes classes, int rows) {
  /**
   * Reads a file.
   *
   * @param path plain or gzip
   * @param options how
   * @param head what labels are, or null to find out
   * @param sink takes the rows
   * @return everything else
   * @throws dev.rewire.data.DataException if the file is missing, damaged, or not such a table
   */
  public static CsvStream read(Path path, CsvOptions options, @Nullable Head head, RowSink sink) {
    CsvTable table = CsvTable.read(path, options, head, sink);
    return new CsvStream(table.columns().featureNames(), table.classes(), table.rows().size());
  }
}
