package dev.rewire.cli;

import dev.rewire.data.stream.StreamOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the samples of a command without a configuration stay on the disk. */
final class StreamingOptions {
  @Option(
      names = "--stream",
      description =
          "Leave the samples on the disk, as 'rewire train' does; this happens by itself where they"
              + " would take more than half of the heap.")
  boolean stream;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description =
          "Folder for the files that --stream makes of CSV and LIBSVM text (default: beside the"
              + " text).")
  @Nullable Path cacheDir;

  StreamOptions options() {
    return new StreamOptions(stream, cacheDir);
  }
}
