package dev.rewire.data.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether data stay on the disk.
 *
 * @param always whether they do even if there is room for them in memory
 * @param cacheFolder where text is kept in a form that can be mapped, or null to do it beside the
 *     text
 */
public record StreamOptions(boolean always, @Nullable Path cacheFolder) {
  /** Only data that would take more than half of the heap stay on the disk. */
  public static final StreamOptions DEFAULT = new StreamOptions(false, null);

  private static final double SHARE_OF_HEAP = 0.5;

  /** What reading a file into memory takes for each of its bytes, a generous guess. */
  private static final int PACKED_TEXT = 8;

  private static final int TEXT = 2;
  private static final int BYTES = 5;

  /** Kinds of files that can be read in place, or turned into one that can. */
  private static final Pattern POSSIBLE =
      Pattern.compile(
          "ubyte$|\\.(npy|bin)$|\\.(csv|tsv|txt|data|libsvm|svm|svmlight)(\\.gz)?$",
          Pattern.CASE_INSENSITIVE);

  /**
   * Says whether a file should stay on the disk.
   *
   * @param path an existing file
   * @return true if it is asked for, or if there is too little room for what is in it
   */
  public boolean wants(Path path) {
    return always || memory(path) > SHARE_OF_HEAP * Runtime.getRuntime().maxMemory();
  }

  /** Guesses what reading a file takes: pixels become floats, numbers in digits become shorter. */
  private static double memory(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (!POSSIBLE.matcher(name).find()) {
      return 0;
    }
    int factor =
        name.endsWith(".gz")
            ? PACKED_TEXT
            : name.endsWith("ubyte") || name.endsWith(".bin") || name.endsWith(".npy")
                ? BYTES
                : TEXT;
    try {
      return (double) factor * Files.size(path);
    } catch (IOException unknown) {
      return 0; // whoever opens it will say what is wrong
    }
  }
}
