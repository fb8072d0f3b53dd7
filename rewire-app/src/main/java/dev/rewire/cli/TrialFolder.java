package dev.rewire.cli;

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
 * The files of a sweep or a study: a folder for each run, and in it {@code result.json} as soon as
 * the run is finished.
 *
 * @param path the folder
 */
record TrialFolder(Path path) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Makes a folder, or goes on in that of an earlier time.
   *
   * @param asked where, or null for a new folder
   * @param name of a new folder
   * @param marker file by which a folder of an earlier time is known
   * @param base what is written to it
   */
  static TrialFolder open(@Nullable Path asked, String name, String marker, String base)
      throws IOException {
    Path path =
        asked != null && Files.isRegularFile(asked.resolve(marker))
            ? asked
            : RunFolder.create(asked, name).path();
    Files.writeString(path.resolve(marker), base);
    return new TrialFolder(path);
  }

  RunFolder run(Trial trial) {
    return new RunFolder(path.resolve(trial.folder()));
  }

  /**
   * Looks for the result of a run that was finished earlier.
   *
   * @throws UsageException if the folder holds a run with other settings
   */
  Optional<Outcome> finished(Trial trial) throws IOException {
    RunFolder run = run(trial);
    if (!Files.isRegularFile(run.result())) {
      return Optional.empty();
    }
    checkSettings(trial);
    try {
      Map<String, @Nullable Object> result =
          JSON.readValue(Files.readString(run.result()), new TypeReference<>() {});
      Outcome outcome = new Outcome(trial.setting(), trial.seed(), trial.folder(), result);
      return Optional.of(outcome).filter(trial::isServedBy);
    } catch (JacksonException damaged) {
      throw new IOException(run.result() + " is damaged: delete it", damaged);
    }
  }

  /**
   * Says whether there are the beginnings of a run.
   *
   * @throws UsageException if they are those of a run with other settings
   */
  boolean begun(Trial trial) throws IOException {
    RunFolder run = run(trial);
    if (!Files.isRegularFile(run.config()) || !Files.isRegularFile(run.record())) {
      return false;
    }
    checkSettings(trial);
    return !run.checkpoints().files().isEmpty();
  }

  private void checkSettings(Trial trial) throws IOException {
    RunFolder run = run(trial);
    String difference = trial.difference(RunConfig.settings(run.config()));
    if (!difference.isEmpty()) {
      throw new UsageException(
          "%s holds a run with other settings (%s): give a new folder by --out"
              .formatted(run.path(), difference));
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
    RunFolder run = new RunFolder(path.resolve(outcome.folder()));
    AtomicFile.write(run.result(), Json.line(outcome.result()) + "\n");
  }

  void write(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text);
  }
}
