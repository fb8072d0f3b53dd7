package dev.rewire.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Public data sets that may lie beside the project; tests that need them are skipped without. */
public final class SharedData {
  private SharedData() {}

  /**
   * Finds a file or folder, or skips the running test.
   *
   * @param name path below the folder of data
   * @return an existing path
   */
  public static Path path(String name) {
    String asked = System.getenv("REWIRE_SHARED");
    if (asked != null && !asked.isBlank()) {
      return present(Path.of(asked, "data"), name);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return present(data, name);
      }
    }
    return skip(
        "no folder shared/data above " + Path.of("").toAbsolutePath() + ": set REWIRE_SHARED");
  }

  private static Path present(Path data, String name) {
    Path path = data.resolve(name);
    return Files.exists(path) ? path : skip(path + " is not there");
  }

  /** Says why, because the build's summary shows only how many were skipped. */
  private static Path skip(String reason) {
    System.out.println("SKIPPED: " + reason);
    return Assumptions.abort(reason);
  }
}
