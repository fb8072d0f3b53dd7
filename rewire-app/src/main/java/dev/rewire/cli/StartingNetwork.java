package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.Timing;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.saliency.Start;
import dev.rewire.topology.LayerShape;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The network that a run begins with: drawn, or connected as another one was. */
final class StartingNetwork {
  private StartingNetwork() {}

  /**
   * Describes the network.
   *
   * @param settings all that decides
   * @param training the samples it will be trained on
   * @param console where it says what it chose, and why
   * @param quiet whether it says nothing
   * @return a builder whose {@code build} makes it
   * @throws IOException if the other network cannot be read
   */
  static NetworkBuilder builder(
      RunSettings settings, LoadedDataset training, Console console, boolean quiet)
      throws IOException {
    NetworkBuilder builder = settings.recipe().network(training);
    Path model = settings.beginning().model();
    if (model != null) {
      return WarmStart.continued(builder, SavedModel.open(model), training);
    }
    Path place = settings.beginning().topology();
    if (settings.beginning().start() != Start.RANDOM) {
      if (place != null) {
        throw new UsageException(
            "--start %s chooses connections, and --topology-from takes those of %s: leave one out"
                .formatted(settings.beginning().start().id(), place));
      }
      ChosenStart.apply(settings, builder, training, console, quiet);
      return builder;
    }
    if (place == null) {
      return quiet ? builder : builder.onReconnection(layer -> reconnected(console, layer));
    }
    List<Topology> topologies = topologies(place);
    List<LayerShape> shapes =
        topologies.stream().map(one -> new LayerShape(one.inputs(), one.outputs())).toList();
    if (!shapes.equals(builder.shapes())) {
      throw new UsageException(
          "--topology-from %s has layers %s, this network %s: give the same ones by --hidden"
              .formatted(place, words(shapes), words(builder.shapes())));
    }
    return builder.topologies(topologies);
  }

  private static void reconnected(Console console, int layer) {
    console.say(
        "layer %d came out cut off from the inputs: a connection was added to it; a larger"
            + " --epsilon or --density leaves less to chance",
        layer);
  }

  static String words(List<LayerShape> shapes) {
    return shapes.stream()
        .map(shape -> shape.inputs() + " x " + shape.outputs())
        .collect(Collectors.joining(", "));
  }

  private static List<Topology> topologies(Path place) throws IOException {
    Path history = place.resolve(RunFolder.HISTORY);
    if (Files.isDirectory(place) && Files.exists(history)) {
      return replayed(history, RunConfig.settings(place.resolve(RunFolder.CONFIG)));
    }
    return SavedModel.open(place).network().topologies();
  }

  /**
   * The connections at the end of a run, those included that were taken out for its last test or
   * for good after the last epoch: they are what it had learned.
   */
  private static List<Topology> replayed(Path history, RunSettings run) throws IOException {
    int[] removal = lastRemovals(history);
    List<@Nullable Evolution> evolutions = run.recipe().plan().evolutions(removal.length);
    for (int layer = 0; layer < removal.length; layer++) {
      removal[layer] = takesOut(evolutions.get(layer)) ? removal[layer] : -1;
    }
    try (HistoryReader reader = HistoryReader.open(history)) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      int number = 0;
      for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
        if (removal[change.layer()] != number) {
          replay.apply(change);
        }
        number++;
      }
      List<Topology> topologies = new ArrayList<>();
      for (int layer = 0; layer < reader.layers().size(); layer++) {
        topologies.add(replay.topology(layer));
      }
      return topologies;
    }
  }

  private static boolean takesOut(@Nullable Evolution evolution) {
    return evolution != null
        && (evolution.last() == LastUpdate.REMOVE_ONLY || evolution.timing() == Timing.AROUND_TEST);
  }

  /** For each layer the number of its last change, if nothing grew in it, or -1. */
  private static int[] lastRemovals(Path history) throws IOException {
    try (HistoryReader reader = HistoryReader.open(history)) {
      int[] removals = new int[reader.layers().size()];
      Arrays.fill(removals, -1);
      int number = 0;
      for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
        boolean removes = change.grown().size() == 0 && change.dropped().size() > 0;
        removals[change.layer()] = removes ? number : -1;
        number++;
      }
      return removals;
    }
  }
}
