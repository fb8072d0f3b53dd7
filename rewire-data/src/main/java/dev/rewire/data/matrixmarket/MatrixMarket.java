package dev.rewire.data.matrixmarket;

import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.file.TextLines;
import dev.rewire.data.format.Beginning;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a matrix in the exchange format of the National Institute of Standards and Technology:
 * coordinates stay sparse, an array is dense. Rows are samples unless the labels say otherwise.
 *
 * <p>Source: Boisvert, Pozo and Remington, "The Matrix Market Exchange Formats: Initial Design",
 * NISTIR 5935, 1996.
 */
public final class MatrixMarket implements ArrayFormat {
  private static final String BANNER = "%%MatrixMarket";

  /** Makes a reader. */
  public MatrixMarket() {}

  @Override
  public String name() {
    return "MatrixMarket";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.has(0, BANNER);
  }

  @Override
  public <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use) {
    try (TextLines lines = new TextLines(path)) {
      Banner banner = banner(lines);
      String sizes = content(lines);
      if (sizes == null) {
        throw lines.wrong("ends before the sizes", "copy or write the file again");
      }
      MarketBody body = new MarketBody(path, lines, banner);
      return use.apply(List.of(body.entry(sizes)));
    }
  }

  /** Reads the next line that is neither empty nor a comment. */
  static @Nullable String content(TextLines lines) {
    String line = lines.next();
    while (line != null && (line.isBlank() || line.startsWith("%"))) {
      line = lines.next();
    }
    return line == null ? null : line.strip();
  }

  /**
   * The first line.
   *
   * @param sparse whether only some entries are stored
   * @param pattern whether entries have no value, which means 1
   * @param mirror what the entry across the diagonal is: 0 if there is none, or a factor
   */
  record Banner(boolean sparse, boolean pattern, int mirror) {}

  private static Banner banner(TextLines lines) {
    String line = lines.next();
    String[] words = line == null ? new String[0] : line.toLowerCase(Locale.ROOT).split("\\s+");
    if (words.length != 5
        || !words[0].equals(BANNER.toLowerCase(Locale.ROOT))
        || !words[1].equals("matrix")) {
      throw lines.wrong(
          "is no banner", "begin the file with \"%%MatrixMarket matrix coordinate real general\"");
    }
    boolean sparse =
        switch (words[2]) {
          case "coordinate" -> true;
          case "array" -> false;
          default -> throw lines.wrong("has the layout " + words[2], "use coordinate or array");
        };
    boolean pattern =
        switch (words[3]) {
          case "real", "integer", "double", "unsigned-integer" -> false;
          case "pattern" -> true;
          default -> throw lines.wrong("has " + words[3] + " numbers", "use real or integer");
        };
    int mirror =
        switch (words[4]) {
          case "general" -> 0;
          case "symmetric" -> 1;
          case "skew-symmetric" -> -1;
          default -> throw lines.wrong("has the symmetry " + words[4], "use general or symmetric");
        };
    if (pattern && !sparse) {
      throw lines.wrong("is an array without numbers", "use coordinate for a pattern");
    }
    return new Banner(sparse, pattern, mirror);
  }
}
