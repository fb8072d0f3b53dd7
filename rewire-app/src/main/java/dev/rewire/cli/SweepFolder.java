package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.model.AtomicFile;
import dev.rewire.sweep.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of a sweep: a folder for each run, and in it {@code result.json} as soon as the run is
 * finished.
 *
 * @param path the folder
 */
record SweepFolder(Path path) {
  static final String BASE = "sweep.yaml";
  private static final String RESULT = "result.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Makes a folder, or goes on in that of an earlier sweep. */
  static SweepFolder open(@Nullable Path asked, String name, String base) throws IOException {
    Path path =
        asked != null && Files.isRegularFile(asked.resolve(BASE))
            ? asked
            : RunFolder.create(asked, "sweep-" + name).path();
    Files.writeString(path.resolve(BASE), base);
    return new SweepFolder(path);
  }

  /**
   * Looks for the result of a run that was finished earlier.
   *
   * @throws UsageException if the folder holds a run with other settings
   */
  Optional<Outcome> finished(Trial trial) throws IOException {
    Path folder = path.resolve(trial.folder());
    if (!Files.isRegularFile(folder.resolve(RESULT))) {
      return Optional.empty();
    }
    RunSettings earlier = RunConfig.settings(folder.resolve(RunFolder.CONFIG));
    String difference = trial.difference(earlier);
    if (!difference.isEmpty()) {
      throw new UsageException(
          "%s holds a run with other settings (%s): give a new folder by --out"
              .formatted(folder, difference));
    }
    try {
      Map<String, @Nullable Object> result =
          JSON.readValue(Files.readString(folder.resolve(RESULT)), new TypeReference<>() {});
      return Optional.of(new Outcome(trial.setting(), trial.seed(), trial.folder(), result));
    } catch (JacksonException damaged) {
      throw new IOException(folder.resolve(RESULT) + " is damaged: delete it", damaged);
    }
  }

  /** Returns a folder without the beginnings of a run that was never finished. */
  Path fresh(Trial trial) throws IOException {
    Path folder = path.resolve(trial.folder());
    if (Files.isRegularFile(folder.resolve(RunFolder.CONFIG))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return folder;
  }

  /** Writes down that a run is finished; the file is there whole or not at all. */
  void finish(Outcome outcome) throws IOException {
    Path file = path.resolve(outcome.folder()).resolve(RESULT);
    AtomicFile.write(file, Json.line(outcome.result()) + "\n");
  }

  void write(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text);
  }
}
