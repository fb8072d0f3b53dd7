package dev.rewire.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run.
 *
 * @param path the folder
 */
record RunFolder(Path path) {
  static final String MODEL = "model.safetensors";
  static final String CONFIG = "config.yaml";

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

  Path model() {
    return path.resolve(MODEL);
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
          path.resolve("metrics.jsonl"),
          Json.line(values) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
