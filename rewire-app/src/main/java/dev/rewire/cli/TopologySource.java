package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.data.catalogue.Catalogue;
import dev.rewire.data.catalogue.CatalogueEntry;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.measure.TopologyDistance;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Rebuilt;
import dev.rewire.network.Network;
import dev.rewire.topology.LayerShape;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A network whose topology is looked at.
 *
 * @param place the folder or file that was named
 * @param title name of its data, or of the file
 * @param network as it was saved last
 * @param run the folder of the run, or null for a model file
 */
record TopologySource(Path place, String title, Network network, @Nullable RunFolder run) {
  /** Opens the folder of a run, also of one that is training, or a model file. */
  static TopologySource open(Path place) throws IOException {
    SavedModel saved = SavedModel.open(place);
    if (!Files.isDirectory(place)) {
      return new TopologySource(place, name(place), saved.network(), null);
    }
    RunFolder run = new RunFolder(place);
    String title =
        Files.isRegularFile(run.config())
            ? Named.of(RunConfig.settings(run.config()).request().data())
            : name(place);
    return new TopologySource(place, title, saved.network(), run);
  }

  private static String name(Path place) {
    Path name = place.toAbsolutePath().normalize().getFileName();
    return name == null ? "model" : name.toString();
  }

  /** The file of the history, or null if there is none. */
  @Nullable Path historyFile() {
    RunFolder folder = run;
    return folder != null && Files.isRegularFile(folder.history()) ? folder.history() : null;
  }

  /** Whether the history may still be written to. */
  private boolean growing() {
    RunFolder folder = run;
    return folder != null && !Files.exists(folder.result());
  }

  /** How the inputs of a layer lie in a picture, or null. */
  @Nullable ImageShape image(int layer) {
    return layer == 0 ? network.image() : null;
  }

  /**
   * Reads how a layer has become what it is.
   *
   * @throws UsageException if an epoch is asked for and there is no history
   */
  LayerHistory layer(int layer, int epoch) throws IOException {
    Path file = historyFile();
    if (file == null) {
      if (epoch != LayerHistory.LAST) {
        throw new UsageException(
            "%s has no %s, so only its last moment is known: leave out --epoch"
                .formatted(place, RunFolder.HISTORY));
      }
      return LayerHistory.of(network, layer);
    }
    LayerHistory history =
        LayerHistory.read(
            file,
            layer,
            image(layer),
            LayerHistory.moments(network.layers().get(layer).inputs()),
            epoch,
            growing());
    if (epoch != LayerHistory.LAST && epoch > history.end().point().epoch()) {
      throw new UsageException(
          "%s has only come to epoch %d: give an --epoch from 0 to %d"
              .formatted(place, history.end().point().epoch(), history.end().point().epoch()));
    }
    return history;
  }

  /**
   * The layers with all the neurons that there ever were: those that were taken out while training
   * have no connections any more.
   */
  List<LayerShape> shapes() throws IOException {
    Path file = historyFile();
    if (file == null) {
      return network.layers().stream()
          .map(layer -> new LayerShape(layer.inputs(), layer.outputs()))
          .toList();
    }
    try (HistoryReader reader = HistoryReader.open(file)) {
      return reader.layers().stream()
          .map(shape -> new LayerShape(shape.inputs(), shape.outputs()))
          .toList();
    }
  }

  /** All layers as they are at the end, with all the neurons of {@link #shapes}. */
  List<Topology> topologies() throws IOException {
    List<Topology> saved = network.topologies();
    List<LayerShape> narrow =
        saved.stream().map(one -> new LayerShape(one.inputs(), one.outputs())).toList();
    return narrow.equals(shapes()) ? saved : topologies(Long.MAX_VALUE, List.of());
  }

  /**
   * All layers as they were at a moment.
   *
   * @param step training steps until then
   * @param measures that want to see every change up to there
   */
  List<Topology> topologies(long step, List<? extends Consumer<TopologyChange>> measures)
      throws IOException {
    return Rebuilt.at(file(), step, growing(), measures);
  }

  /** All layers as they are in the model file, or as they were after so many epochs. */
  List<Topology> topologiesAt(@Nullable Integer epoch) throws IOException {
    return epoch == null
        ? topologies()
        : topologies(layer(0, epoch).chosen().point().step(), List.of());
  }

  /** How far layers are from those before training. */
  TopologyDistance distanceToStart(List<Topology> layers) throws IOException {
    return TopologyDistance.of(Rebuilt.start(file()), layers);
  }

  private Path file() throws IOException {
    Path file = historyFile();
    if (file == null) {
      throw new IOException("%s has no %s".formatted(place, RunFolder.HISTORY));
    }
    return file;
  }

  /** The training samples of the run, or null where they are not at hand. */
  @Nullable LoadedDataset samples(Console console) throws IOException {
    RunFolder folder = run;
    if (folder == null || !Files.isRegularFile(folder.config())) {
      return null;
    }
    RunSettings settings = RunConfig.settings(folder.config());
    Datasets datasets = DataSource.open(settings.dataDir(), console, true);
    Optional<CatalogueEntry> entry = Catalogue.standard().find(settings.request().data());
    boolean there =
        entry.isEmpty()
            || datasets.verify(entry.get()).stream().allMatch(file -> Files.exists(file.path()));
    return there ? datasets.open(settings.request()).train() : null;
  }

  /** What the run is called in a page. */
  String subtitle() {
    return "A sparse network %s, %s"
        .formatted(
            RunReport.shape(network),
            historyFile() == null
                ? "as it was saved; it has no history, so there is one moment"
                : "from its start on");
  }
}
