package dev.rewire.cli;

import dev.rewire.cli.LayerFacts.Spread;
import dev.rewire.dataset.ImageShape;
import dev.rewire.layer.SparseLayer;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
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

/** Looks inside a saved network. */
@Command(
    name = "inspect",
    header = "Shows what a saved network looks like inside.",
    description = {
      "",
      "For each layer: how many connections there are, how they are spread over its neurons (fan-in:"
          + " connections that reach a neuron; fan-out: connections that leave an input), the"
          + " weights, and neurons without any connection. For networks that look at pictures also"
          + " a map of where they look.",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of a run, or a model file.")
  Path model = Path.of("");

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin HelpOption help = new HelpOption();

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SavedModel saved = SavedModel.open(model);
    List<SparseLayer> all = saved.network().layers();
    List<LayerFacts> layers = all.stream().map(layer -> LayerFacts.of(layer, all.size())).toList();
    if (json) {
      console.out().println(Json.line(json(saved, layers)));
    } else {
      print(saved, layers);
    }
    return ExitCode.OK;
  }

  private static Map<String, @Nullable Object> json(SavedModel saved, List<LayerFacts> layers)
      throws IOException {
    Network network = saved.network();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", saved.file().toString());
    json.put("file_bytes", Files.size(saved.file()));
    json.put("neurons", network.neurons());
    json.put("connections", network.connections());
    json.put("sparsity", network.sparsity());
    json.put("loss", network.loss().id());
    json.put("classes", network.classNames());
    json.put("steps", network.steps());
    json.put("weights_sha256", Fingerprint.of(network));
    json.put("layers", layers.stream().map(LayerFacts::json).toList());
    return json;
  }

  private void print(SavedModel saved, List<LayerFacts> layers) throws IOException {
    Network network = saved.network();
    long bytes = Files.size(saved.file());
    console
        .out()
        .printf(
            "%s: %s, %s neurons, %s connections, %s of the possible ones missing%n",
            saved.file(),
            RunReport.shape(network),
            Say.count(network.neurons()),
            Say.count(network.connections()),
            Say.percent(network.sparsity()));
    console
        .out()
        .printf(
            "%s on disk, %s bytes a connection; %s training steps; loss %s%n%n",
            Say.bytes(bytes),
            network.connections() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f", (double) bytes / network.connections()),
            Say.count(network.steps()),
            network.loss().id());
    Table table =
        new Table(
            "layer",
            "<name",
            "<shape",
            "<activation",
            "connections",
            "density",
            "fan-in",
            "fan-out",
            "weights",
            "deviation",
            "unreached",
            "unused");
    for (LayerFacts layer : layers) {
      table.row(
          String.valueOf(layer.index()),
          layer.name(),
          layer.inputs() + " x " + layer.outputs(),
          layer.activation(),
          Say.count(layer.connections()),
          Say.percent(layer.density()),
          range("%.0f", layer.fanIn()),
          range("%.0f", layer.fanOut()),
          range("%.2f", layer.weights()),
          Say.loss(layer.weights().deviation()),
          Say.count(layer.unreached()),
          Say.count(layer.unused()));
    }
    table.print(console.out());
    console
        .out()
        .printf(
            "%nFan-in, fan-out and weights: smallest .. mean .. largest. Unreached: neurons without"
                + " incoming, unused:%ninputs without outgoing connections.%n");
    ImageShape shape = network.image();
    if (shape != null) {
      map(shape, InputConnectivity.of(network));
    }
  }

  private void map(ImageShape shape, InputConnectivity connectivity) {
    int[] pixels = connectivity.pixels(shape);
    TextMap map = new TextMap(shape.width(), shape.height(), pixels);
    console
        .out()
        .printf(
            "%nConnections leaving each pixel, from %s (dark) to %s (bright):%n%n%s",
            Say.count(map.least()), Say.count(map.most()), map.text(console.colour()));
  }

  private static String range(String format, Spread spread) {
    if (spread.least() > spread.most()) {
      return "-";
    }
    String all = format + ".." + format + ".." + format;
    return String.format(Locale.ROOT, all, spread.least(), spread.mean(), spread.most());
  }
}
