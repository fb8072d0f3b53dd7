package dev.rewire.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Public data sets and reference numbers that may lie beside the project; tests that need them are
 * skipped without.
 */
public final class SharedData {
  private SharedData() {}

  /**
   * Finds a file or folder, or skips the running test.
   *
   * @param name path below the folder of data
   * @return an existing path
   */
  public static Path path(String name) {
    return find("data", name);
  }

  /**
   * Finds a file or folder of reference numbers, or skips the running test.
   *
   * @param name path below the folder of reference numbers
   * @return an existing path
   */
  public static Path golden(String name) {
    return find("golden", name);
  }

  private static Path find(String folder, String name) {
    String asked = System.getenv("REWIRE_SHARED");
    if (asked != null && !asked.isBlank()) {
      return present(Path.of(asked, folder), name);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolve("shared").resolve(folder);
      if (Files.isDirectory(shared)) {
        return present(shared, name);
      }
    }
    return skip(
        "no folder shared/%s above %s: set REWIRE_SHARED"
            .formatted(folder, Path.of("").toAbsolutePath()));
  }

  private static Path present(Path folder, String name) {
    Path path = folder.resolve(name);
    return Files.exists(path) ? path : skip(path + " is not there");
  }

  /** Says why, because the build's summary shows only how many were skipped. */
  private static Path skip(String reason) {
    System.out.println("SKIPPED: " + reason);
    return Assumptions.abort(reason);
  }
}
