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
    Assumptions.abort(
        "no folder shared/data above " + Path.of("").toAbsolutePath() + ": set REWIRE_SHARED");
    throw new AssertionError();
  }

  private static Path present(Path data, String name) {
    Path path = data.resolve(name);
    Assumptions.assumeTrue(Files.exists(path), () -> path + " is not there");
    return path;
  }
}
