package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.array.SampleArrays;
import dev.rewire.data.csv.Numeral;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.idx.Idx;
import dev.rewire.data.idx.IdxFormat;
import dev.rewire.dataset.Head;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A file with one label a sample: an array, IDX labels, or a line of text for each. */
final class LabelFile {
  private LabelFile() {}

  static LabelList read(Path path, ReadOptions options) {
    Format format = Formats.of(path);
    return switch (format) {
      case ArrayFormat arrays -> {
        String y = options.arrays().y();
        Head head = options.head();
        yield arrays.open(path, entries -> SampleArrays.labels(path, entries, y, head));
      }
      case IdxFormat _ ->
          list(path, Arrays.stream(Idx.labels(path)).mapToObj(String::valueOf).toList());
      case CsvFormat _ -> list(path, lines(path));
      default ->
          throw new DataException(
              path
                  + " is a file of format "
                  + format.name()
                  + ", in which no labels alone can be: give text with one label a line, or"
                  + " an array.");
    };
  }

  private static LabelList list(Path path, List<String> texts) {
    return new LabelList(path.toString(), "", texts);
  }

  /** A word above nothing but numbers is a heading. */
  private static List<String> lines(Path path) {
    List<String> lines;
    try (Content content = Content.open(path)) {
      byte[] all = new ByteSource(path.toString(), content.stream(), ByteOrder.BIG_ENDIAN).all();
      lines =
          new String(all, StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.strip().replaceFirst("^\"(.*)\"$", "$1"))
              .toList();
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines = lines.subList(0, lines.size() - 1);
    }
    boolean heading =
        lines.size() > 1
            && !Numeral.is(lines.getFirst())
            && lines.stream().skip(1).allMatch(Numeral::is);
    return heading ? lines.subList(1, lines.size()) : lines;
  }
}
