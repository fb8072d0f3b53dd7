package dev.rewire.cli;

import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.libsvm.LibsvmOptions.First;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a LIBSVM file does not say about itself. */
final class SparseDataOptions {
  @Option(
      names = "--features",
      paramLabel = "N",
      description =
          "Features of a LIBSVM file, if a test file has more than the training file (default: its"
              + " largest index).")
  @Nullable Integer features;

  @Option(
      names = "--first-index",
      paramLabel = "0|1",
      description =
          "Whether indices of a LIBSVM file count from 0 or from 1 (default: 0 if the file has an"
              + " index 0, else 1).")
  @Nullable Integer firstIndex;

  LibsvmOptions options() {
    Limit.AT_LEAST_1.check("--features", features);
    return new LibsvmOptions(features == null ? 0 : features, first(firstIndex));
  }

  static First first(@Nullable Integer index) {
    return switch (index) {
      case null -> First.DETECTED;
      case 0 -> First.ZERO;
      case 1 -> First.ONE;
      default -> throw new UsageException("--first-index must be 0 or 1, not " + index);
    };
  }
}
