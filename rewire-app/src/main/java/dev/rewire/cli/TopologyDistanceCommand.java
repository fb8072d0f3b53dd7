package dev.rewire.cli;

import dev.rewire.measure.NeuronMatching;
import dev.rewire.measure.TopologyDistance;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how far two topologies are apart. */
@Command(
    name = "distance",
    header = "Measures how far the topologies of two networks are apart (NNSTD).",
    description = {
      "",
      "The order of hidden neurons does not count: each neuron of A gets the partner in B whose"
          + " inputs are most like its own. 0 is the same graph, 1 has no connection in common."
          + " Networks must have the same widths; weights do not matter.",
      "",
      "Examples:",
      "  rewire topology distance runs/A runs/B            two runs at their ends",
      "  rewire topology distance runs/A runs/A --epochs 0,50   what 50 epochs have changed",
      "  rewire topology distance a.safetensors b.safetensors --json",
      "  rewire topology distance net0/epoch_190 net1/epoch_190   folders of SciPy matrices",
      "",
      "A folder of SciPy matrices has a file of scipy.sparse.save_npz for each layer, in the order of"
          + " the numbers in their names: inputs by outputs, with or without a last row of biases,"
          + " or outputs by inputs.",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class TopologyDistanceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "Folder of a run, a model file, or a folder of SciPy NPZ files.")
  Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "Another one of the same widths.")
  Path second = Path.of("");

  @Option(
      names = "--epochs",
      paramLabel = "N,M",
      split = ",",
      description = "Compare A after N epochs with B after M, of runs with a history.")
  @Nullable List<Integer> epochs;

  @Option(
      names = "--matching",
      paramLabel = "HOW",
      description =
          "${COMPLETION-CANDIDATES} (default: automatic, which is optimal up to 4096 neurons).")
  NeuronMatching matching = NeuronMatching.AUTOMATIC;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin HelpOption help = new HelpOption();

  TopologyDistanceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Integer> moments = epochs;
    if (moments != null && (moments.size() != 2 || moments.stream().anyMatch(n -> n < 0))) {
      throw new UsageException("--epochs needs two numbers of 0 or more, as in --epochs 0,50");
    }
    Patience patience = new Patience(console, json);
    patience.at("reading " + first);
    List<Topology> a = read(first, moments == null ? null : moments.getFirst());
    patience.at("reading " + second);
    List<Topology> b = read(second, moments == null ? null : moments.getLast());
    patience.at("matching neurons");
    TopologyDistance distance;
    try (WorkerTeam team = new WorkerTeam(Runtime.getRuntime().availableProcessors())) {
      distance = TopologyDistance.of(a, b, matching, team);
    } catch (IllegalArgumentException different) {
      throw new IOException(
          "%s and %s cannot be compared: %s".formatted(first, second, different.getMessage()));
    }
    patience.done();
    if (json) {
      console.out().println(Json.line(json(distance, a, b)));
    } else {
      print(distance, a, b);
    }
    return ExitCode.OK;
  }

  private static List<Topology> read(Path place, @Nullable Integer epoch) throws IOException {
    if (NpzLayers.are(place)) {
      if (epoch != null) {
        throw new UsageException(
            "%s is a folder of matrices, which has no epochs: leave out --epochs".formatted(place));
      }
      return NpzLayers.read(place);
    }
    return TopologySource.open(place).topologiesAt(epoch);
  }

  private Map<String, @Nullable Object> json(
      TopologyDistance distance, List<Topology> a, List<Topology> b) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", first.toString());
    json.put("second", second.toString());
    json.put("distance_per_layer", distance.perLayer());
    json.put("cumulated_means", distance.cumulatedMeans());
    json.put("matching", matching.name().toLowerCase(Locale.ROOT));
    json.put("connections_first", a.stream().map(Topology::connections).toList());
    json.put("connections_second", b.stream().map(Topology::connections).toList());
    return json;
  }

  private void print(TopologyDistance distance, List<Topology> a, List<Topology> b) {
    Table table =
        new Table("layer", "<shape", "connections A", "connections B", "distance", "mean so far");
    double[] means = distance.cumulatedMeans();
    for (int l = 0; l < means.length; l++) {
      table.row(
          String.valueOf(l),
          a.get(l).inputs() + " x " + a.get(l).outputs(),
          Say.count(a.get(l).connections()),
          Say.count(b.get(l).connections()),
          Say.loss(distance.perLayer()[l]),
          Say.loss(means[l]));
    }
    table.print(console.out());
    console
        .out()
        .printf(
            "%nDistance: 0 is the same graph up to the order of hidden neurons, 1 has no connection"
                + " in common.%n");
  }
}
