package dev.rewire.data.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which data sets are looked for; each data set has a folder of its own name in
 * them.
 *
 * @param asked the folder of the command line, or null
 * @param environment the folder of the environment variable {@link #VARIABLE}, or null
 * @param cache the folder into which data sets are downloaded
 */
public record Places(@Nullable Path asked, @Nullable Path environment, Path cache) {
  /** Environment variable with a folder of data sets. */
  public static final String VARIABLE = "REWIRE_DATA";

  private static final String FOLDER = "rewire";

  /**
   * Finds the folders of this user.
   *
   * @param asked the folder of the command line, or null
   * @return where to look
   */
  public static Places ofSystem(@Nullable Path asked) {
    return of(
        asked,
        System.getenv(),
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", "")));
  }

  /**
   * Finds the folders of a user.
   *
   * @param asked the folder of the command line, or null
   * @param environment variables; {@link #VARIABLE} and {@code XDG_CACHE_HOME} matter
   * @param system name of the operating system, as in {@code os.name}
   * @param home folder of the user
   * @return where to look
   */
  public static Places of(
      @Nullable Path asked, Map<String, String> environment, String system, Path home) {
    String variable = environment.getOrDefault(VARIABLE, "");
    return new Places(
        asked, variable.isBlank() ? null : Path.of(variable), cache(environment, system, home));
  }

  /**
   * Returns all folders in the order in which they are searched.
   *
   * @return one to three folders
   */
  public List<Path> all() {
    return Stream.of(asked, environment, cache).flatMap(Stream::ofNullable).toList();
  }

  /**
   * Finds the files of a data set.
   *
   * @param entry which one
   * @return the first folder that has all of them, packed or not, or null
   */
  public @Nullable Path find(CatalogueEntry entry) {
    return all().stream()
        .map(place -> place.resolve(entry.folder()))
        .filter(folder -> !entry.files().isEmpty())
        .filter(folder -> entry.files().stream().allMatch(file -> has(folder, file)))
        .findFirst()
        .orElse(null);
  }

  /** Says whether a folder has a file, packed or not. */
  static boolean has(Path folder, RemoteFile file) {
    return Files.isRegularFile(folder.resolve(file.name()))
        || Files.isRegularFile(folder.resolve(unpacked(file)));
  }

  /** Returns the name of a file that has been unpacked. */
  static String unpacked(RemoteFile file) {
    return file.name().replaceFirst("\\.gz$", "");
  }

  private static Path cache(Map<String, String> environment, String system, Path home) {
    if (system.startsWith("Mac")) {
      return home.resolve("Library").resolve("Caches").resolve(FOLDER);
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    // The XDG specification wants a relative path to be ignored.
    return !xdg.isBlank() && Path.of(xdg).isAbsolute()
        ? Path.of(xdg, FOLDER)
        : home.resolve(".cache").resolve(FOLDER);
  }
}
