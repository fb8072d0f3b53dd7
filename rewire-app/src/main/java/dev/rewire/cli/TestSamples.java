package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.data.DataException;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the samples that a saved network is measured by.
 *
 * @param console where downloads are told of
 * @param dataDir folder of named data sets, or null for the usual places
 * @param reading how files are read
 * @param sparse how sparse files are read
 * @param streaming whether large files stay on the disk
 */
record TestSamples(
    Console console,
    @Nullable Path dataDir,
    ReadingOptions reading,
    SparseDataOptions sparse,
    StreamingOptions streaming) {

  /**
   * Opens them.
   *
   * @param saved the network
   * @param name a name or a folder, of which the test samples are used, or a file, of which all
   *     are; null for the test samples of the network's own run
   * @throws DataException if the network has learned other features or classes
   */
  LoadedDataset of(SavedModel saved, @Nullable String name) throws IOException {
    LoadedDataset data = name == null ? ofRun(saved) : named(saved, name);
    FeatureCheck.refuseOthers(saved, data, data.name());
    if (data.classNames().size() != saved.network().classNames().size()) {
      throw new DataException(
          "%s has %,d classes, but the network in %s knows %,d: give data of the same kind."
              .formatted(
                  data.name(),
                  data.classNames().size(),
                  saved.file(),
                  saved.network().classNames().size()));
    }
    return data;
  }

  private LoadedDataset named(SavedModel saved, String name) throws IOException {
    DataOptions options = new DataOptions();
    options.reading = reading;
    options.sparse = sparse;
    boolean file = !Named.is(name) && Files.isRegularFile(Path.of(name));
    Datasets source = DataSource.open(dataDir, console, false);
    return file
        ? source.forNetwork(
            DatasetRequest.of(name)
                .withRead(reading.options(saved, saved.libsvm(sparse)))
                .withLabels(reading.labels, null)
                .withStream(streaming.options()),
            new Labelling.Known(saved.network().classNames(), saved.network().head()))
        : source.open(headed(options.request(name), saved.network().head())).test();
  }

  private LoadedDataset ofRun(SavedModel saved) throws IOException {
    Path config = saved.config();
    if (config == null) {
      throw new UsageException(
          "there is no %s beside %s that names its data: give a DATASET"
              .formatted(RunFolder.CONFIG, saved.file()));
    }
    RunSettings recorded = RunConfig.settings(config);
    DatasetRequest request = recorded.request();
    return DataSource.open(dataDir == null ? recorded.dataDir() : dataDir, console, false)
        .open(
            headed(
                reading.label == null
                    ? request
                    : request.withCsv(reading.options(request.libsvm()).csv()),
                saved.network().head()))
        .test();
  }

  /** Targets are what the network predicts, whatever they look like. */
  private static DatasetRequest headed(DatasetRequest request, Head head) {
    return request.withRead(request.read().withHead(head));
  }
}
