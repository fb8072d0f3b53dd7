package dev.rewire.cli;

import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network that an earlier run left on the disk.
 *
 * @param file the model file
 * @param network what it holds
 */
record SavedModel(Path file, Network network) {
  /** Opens a model file, or the one in the folder of a run. */
  static SavedModel open(Path place) throws IOException {
    Path file = place;
    if (Files.isDirectory(place)) {
      file = place.resolve(RunFolder.MODEL);
      if (!Files.exists(file)) {
        throw new IOException(
            "the folder %s has no %s: give the folder of a run or a model file"
                .formatted(place, RunFolder.MODEL));
      }
    } else if (!Files.exists(file)) {
      throw new IOException(
          "there is no model %s: give the folder of a run or a model file".formatted(place));
    }
    return new SavedModel(file, ModelFile.read(file));
  }

  /**
   * Says how a LIBSVM file for this network is to be read: with as many features as it has inputs.
   */
  LibsvmOptions libsvm(SparseDataOptions asked) {
    LibsvmOptions options = asked.options();
    return options.features() > 0 ? options : options.withFeatures(network.inputs());
  }

  /** Returns the configuration beside the model, or null. */
  @Nullable Path config() {
    Path config = file.resolveSibling(RunFolder.CONFIG);
    return Files.isRegularFile(config) ? config : null;
  }
}
