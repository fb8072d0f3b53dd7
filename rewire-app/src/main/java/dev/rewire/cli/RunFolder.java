package dev.rewire.cli;

import dev.rewire.checkpoint.Checkpoints;
import dev.rewire.model.Checkpoint;
import dev.rewire.train.EpochReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one run.
 *
 * @param path the folder
 */
record RunFolder(Path path) {
  static final String MODEL = "model.safetensors";
  static final String CONFIG = "config.yaml";
  static final String METRICS = "metrics.jsonl";
  static final String HISTORY = "topology.history";
  static final String NEURONS = "neurons.jsonl";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final Path DEFAULT_PARENT = Path.of("runs");

  /**
   * Makes the folder and its first file, so that a place that cannot be written to is known before
   * an hour of training, not after it.
   */
  static RunFolder create(@Nullable Path asked, String dataset, RunConfig config) {
    RunFolder folder = create(asked, dataset);
    try {
      Files.writeString(folder.path.resolve(CONFIG), config.yaml());
      return folder;
    } catch (IOException failure) {
      throw notWritable(asked, failure);
    }
  }

  /** Opens the folder of an earlier run. */
  static RunFolder open(Path path) throws IOException {
    RunFolder folder = new RunFolder(path);
    if (Files.isRegularFile(folder.config()) && !Files.isRegularFile(folder.record())) {
      throw new IOException(
          "the run %s was stopped before it began: delete the folder and train again"
              .formatted(path));
    }
    if (!Files.isRegularFile(folder.config()) || !Files.isRegularFile(folder.record())) {
      throw new IOException(
          "%s is no folder of a run: it has no %s and %s"
              .formatted(path, CONFIG, folder.record().getFileName()));
    }
    return folder;
  }

  /** Makes an empty folder. */
  static RunFolder create(@Nullable Path asked, String name) {
    try {
      return new RunFolder(asked == null ? fresh(name) : empty(asked));
    } catch (IOException failure) {
      throw notWritable(asked, failure);
    }
  }

  private static UsageException notWritable(@Nullable Path asked, IOException failure) {
    return new UsageException(
        "the folder %s cannot be written to (%s): give another one by --out"
            .formatted(asked == null ? DEFAULT_PARENT : asked, Failures.reason(failure)));
  }

  /** Refuses a folder with files early, before any data is read. */
  static void check(@Nullable Path asked) {
    if (asked != null && Files.isDirectory(asked)) {
      try (Stream<Path> files = Files.list(asked)) {
        if (files.findAny().isPresent()) {
          throw new UsageException(
              "the folder %s is not empty: give a new one by --out, or delete it".formatted(asked));
        }
      } catch (IOException | UncheckedIOException unreadable) {
        throw new UsageException(
            "the folder %s cannot be read: give another one by --out".formatted(asked));
      }
    }
  }

  private static Path empty(Path asked) throws IOException {
    check(asked);
    return Files.createDirectories(asked);
  }

  private static Path fresh(String dataset) throws IOException {
    Files.createDirectories(DEFAULT_PARENT);
    String name =
        dataset.replaceAll("[^A-Za-z0-9._-]+", "-") + "-" + TIME.format(LocalDateTime.now());
    for (int n = 1; ; n++) {
      Path path = DEFAULT_PARENT.resolve(n == 1 ? name : name + "-" + n);
      try {
        return Files.createDirectory(path);
      } catch (FileAlreadyExistsException taken) {
        // another run began in the same second
      }
    }
  }

  /** Deletes a folder with everything in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  Path model() {
    return path.resolve(MODEL);
  }

  Path best() {
    return path.resolve("best.safetensors");
  }

  Path config() {
    return path.resolve(CONFIG);
  }

  Path record() {
    return path.resolve("record.json");
  }

  Path metrics() {
    return path.resolve(METRICS);
  }

  Path history() {
    return path.resolve(HISTORY);
  }

  Path neurons() {
    return path.resolve(NEURONS);
  }

  /** Is there only when the run is complete. */
  Path result() {
    return path.resolve("result.json");
  }

  /** Reads the result of a complete run. */
  JsonNode readResult() throws IOException {
    try {
      return JSON.readTree(Files.readString(result()));
    } catch (JacksonException damaged) {
      throw new IOException(result() + " is damaged: delete it", damaged);
    }
  }

  Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /** The path as a shell takes it. */
  String shell() {
    return RunReport.shell(path.toString());
  }

  Path report() {
    return path.resolve("report.html");
  }

  Path picture() {
    return path.resolve("connectivity.png");
  }

  /** Adds a line that is on its way to the disk when this returns. */
  void addMetrics(Map<String, ?> values) {
    try {
      Files.writeString(
          metrics(),
          Json.line(values) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Makes sure that all lines are on the disk.
   *
   * @return bytes of the file
   */
  long settleMetrics() throws IOException {
    try (FileChannel channel =
        FileChannel.open(metrics(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.force(true);
      return channel.size();
    }
  }

  /** Reads the lines that were there when a checkpoint was written. */
  List<EpochReport> metricsUntil(Checkpoint checkpoint) throws IOException {
    List<EpochReport> reports = Metrics.read(metrics(), length(checkpoint));
    boolean whole =
        reports.isEmpty()
            ? length(checkpoint) == 0
            : reports.getLast().epoch() == checkpoint.state().epoch();
    if (!whole) {
      throw new IOException(
          "%s has %d lines up to the checkpoint after epoch %d: put it back as it was"
              .formatted(metrics(), reports.size(), checkpoint.state().epoch()));
    }
    return reports;
  }

  /** Takes away the lines that were written after a checkpoint: they will come again. */
  void cutMetrics(Checkpoint checkpoint) throws IOException {
    try (FileChannel channel =
        FileChannel.open(metrics(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length(checkpoint));
      channel.force(true);
    }
  }

  private static long length(Checkpoint checkpoint) {
    return checkpoint.lengths().getOrDefault(METRICS, 0L);
  }
}
