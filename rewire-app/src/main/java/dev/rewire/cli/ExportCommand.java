package dev.rewire.cli;

import dev.rewire.export.Export;
import dev.rewire.export.ExportFormat;
import dev.rewire.export.Wiring;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a network for other programs. */
@Command(
    name = "export",
    header = "Writes a saved network, or a layer of it, for other programs.",
    description = {
      "",
      "As a matrix for SciPy, R or Julia, or as a graph for Gephi, Graphviz, NetworkX or Cytoscape."
          + " A layer is a matrix of outputs by inputs; a network is a graph of all its neurons, and"
          + " its matrix has a row and a column for each of them. The model file itself is"
          + " safetensors, which needs no export.",
      "",
      "Examples:",
      "  rewire export runs/DIR --layer 0 --to layer0.npz   scipy.sparse.load_npz('layer0.npz')",
      "  rewire export runs/DIR --to network.mtx.gz         MatrixMarket, compressed",
      "  rewire export runs/DIR --to network.gexf           for Gephi",
      "  rewire export runs/DIR --layer 2 --to layer2.dot   then: dot -Tsvg -O layer2.dot",
      "  rewire export runs/DIR --topology --to graph.graphml   who is connected, without weights",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of a run, or a model file.")
  Path model = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "Where to write; replaced if it exists.")
  Path to = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: by the ending of FILE).")
  @Nullable ExportFormat format;

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "Only this layer, from 0 as 'rewire inspect' counts them.")
  @Nullable Integer layer;

  @Option(
      names = "--topology",
      description = "Only who is connected to whom, without weights and biases.")
  boolean topology;

  @Option(
      names = "--max-edges",
      paramLabel = "N",
      description =
          "Connections of a graph at most; of a larger one so many are drawn at random, always the"
              + " same ones (default: 100000). Matrices always have all.")
  long maxEdges = Export.DRAWABLE;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin HelpOption help = new HelpOption();

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Limit.NOT_NEGATIVE.check("--max-edges", maxEdges);
    ExportFormat chosen = format == null ? byEnding() : format;
    SavedModel saved = SavedModel.open(model);
    Wiring wiring = wiring(saved);
    long written = write(new Export(wiring, chosen, !topology, maxEdges));
    if (json) {
      console.out().println(Json.line(json(chosen, wiring, written)));
    } else {
      console.say(
          "%s: %s, %s, %s, %s",
          to,
          chosen,
          wiring.title(),
          Say.plural(wiring.neurons(), "neuron"),
          Say.plural(written, "connection"));
    }
    if (written < wiring.connections()) {
      console.say(
          "Only %s of %s connections are in it, drawn at random, because few programs can draw"
              + " more: --max-edges sets the limit, and npz and mtx have no limit.",
          Say.count(written), Say.count(wiring.connections()));
    }
    return ExitCode.OK;
  }

  private ExportFormat byEnding() {
    return ExportFormat.of(to)
        .orElseThrow(() ->
            new UsageException(
                "the ending of %s names no format: use one of %s, or give --format"
                    .formatted(to, ExportFormat.allEndings())));
  }

  private Wiring wiring(SavedModel saved) {
    // Not the whole path: the same network gives the same file wherever it lies.
    String name = String.valueOf(model.toAbsolutePath().normalize().getFileName());
    if (layer == null) {
      return Wiring.of(name, saved.network());
    }
    try {
      return Wiring.ofLayer(name, saved.network(), layer);
    } catch (IllegalArgumentException none) {
      throw new UsageException("--layer: " + none.getMessage());
    }
  }

  private long write(Export export) throws IOException {
    try {
      return export.write(to);
    } catch (FileSystemException failure) {
      throw new UsageException(
          "%s cannot be written to (%s): give another file by --to"
              .formatted(to, Failures.reason(failure)));
    }
  }

  private Map<String, @Nullable Object> json(ExportFormat chosen, Wiring wiring, long written)
      throws IOException {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", to.toString());
    json.put("format", chosen.toString());
    json.put("layer", layer);
    json.put("weights", !topology);
    json.put("neurons", wiring.neurons());
    json.put("connections", wiring.connections());
    json.put("written", written);
    json.put("bytes", Files.size(to));
    return json;
  }
}
