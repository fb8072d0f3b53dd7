package dev.rewire.cli;

import dev.rewire.data.Missing;
import dev.rewire.data.format.ReadOptions;
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

  /** Returns how the samples of its run were read; the usual way if that is not known. */
  ReadOptions read() throws IOException {
    Path config = config();
    if (config == null) {
      return ReadOptions.DEFAULT;
    }
    ReadOptions read = RunConfig.settings(config).request().read();
    return read.withCsv(read.csv().ignoringIfThere());
  }

  /**
   * Says what to do about missing values of samples for this network: what was done for its
   * training samples, if that can be done to a sample alone.
   *
   * @param asked a policy, or null for what was done before
   * @return {@link Missing#KEEP} if the network itself knows what stands in for them
   */
  Missing missing(@Nullable Missing asked) throws IOException {
    int known = network.scaling().substitutes().length;
    if (asked == null) {
      return known > 0
          ? Missing.KEEP
          : read().missing() == Missing.DROP_ROW ? Missing.DROP_ROW : Missing.REFUSE;
    }
    boolean means = known == network.inputs() && read().missing() != Missing.ZERO;
    return asked == Missing.MEAN && means ? Missing.KEEP : asked;
  }

  /** Returns the configuration beside the model, or null. */
  @Nullable Path config() {
    Path config = file.resolveSibling(RunFolder.CONFIG);
    return Files.isRegularFile(config) ? config : null;
  }
}
