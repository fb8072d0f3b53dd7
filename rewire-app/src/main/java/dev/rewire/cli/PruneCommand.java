package dev.rewire.cli;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.pruning.Compaction;
import dev.rewire.pruning.MagnitudePruning;
import dev.rewire.pruning.NeuronPruning;
import dev.rewire.pruning.Pruned;
import dev.rewire.pruning.Rewinding;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a saved network smaller. */
@Command(
    name = "prune",
    header = "Takes connections and neurons out of a saved network.",
    description = {
      "",
      "The connections with the smallest weights go, and neurons that matter least; the others keep"
          + " their weights. What is left is stored and computed as a sparse network, however dense"
          + " it was. No layer is cut off: a way from the inputs to the outputs always stays. Train"
          + " it on by 'rewire train DATASET --from FILE'.",
      "",
      "Examples:",
      "  rewire prune runs/dense --sparsity 0.9 --out pruned.safetensors --test",
      "  rewire prune runs/DIR --sparsity 95% --scope global --out pruned.safetensors",
      "  rewire prune runs/DIR --threshold-sigma 1 --compact --out pruned.safetensors",
      "  rewire prune runs/DIR --neurons 20% --out narrow.safetensors --test mnist",
      "  rewire prune torch.safetensors --activation relu --keep 10% --out sparse.safetensors",
      "  rewire prune runs/DIR --keep 80% --rewind start.safetensors --out ticket.safetensors",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class PruneCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of a run, or a model file.")
  Path model = Path.of("");

  @ArgGroup(validate = false, heading = "%nWhat goes:%n", order = 1)
  PruneOptions options = new PruneOptions();

  @ArgGroup(validate = false, heading = "%nModels of other programs:%n", order = 3)
  ForeignOptions foreign = new ForeignOptions();

  @Option(
      names = "--rewind",
      paramLabel = "INITIAL",
      description =
          "Give what stays the values that it has in this model or run, of the same shapes: a"
              + " lottery ticket, if they are those of the beginning.")
  @Nullable Path rewind;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where to write the smaller network; replaced if it exists.")
  Path out = Path.of("");

  @Option(
      names = "--test",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "DATASET",
      description =
          "Measure both networks on the test samples of DATASET, or without a name on those of the"
              + " run that MODEL comes from.")
  @Nullable String test;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with a folder for each named data set.")
  @Nullable Path dataDir;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @ArgGroup(validate = false, heading = "%nReading the test samples:%n", order = 2)
  ReadingOptions reading = new ReadingOptions();

  @Mixin SparseDataOptions sparse = new SparseDataOptions();

  @Mixin StreamingOptions streaming = new StreamingOptions();

  @Mixin HelpOption help = new HelpOption();

  PruneCommand(Console console) {
    this.console = console;
  }

  /** The network on its way, and what was done to it. */
  private static final class Work {
    private Network network;
    private int saved;
    private Compaction.@Nullable Result compacted;

    Work(Network network) {
      this.network = network;
    }

    void take(Pruned pruned) {
      network = pruned.network();
      saved += pruned.saved();
    }
  }

  /**
   * What was measured.
   *
   * @param data its name
   * @param before of the network as it was
   * @param after of the rest
   */
  private record Measured(String data, Evaluation before, Evaluation after) {}

  @Override
  public Integer call() throws IOException {
    MagnitudePruning connections = options.connections();
    NeuronPruning neurons = options.neurons();
    boolean nothing = connections == null && neurons == null && !options.compact && rewind == null;
    if (nothing && foreign.activation == null) {
      throw new UsageException(
          "it is not said what goes: give --sparsity, --keep, --threshold-sigma, --neurons or"
              + " --compact");
    }
    SavedModel saved = foreign.open(model);
    LoadedDataset data =
        test == null
            ? null
            : new TestSamples(console, dataDir, reading, sparse, streaming)
                .of(saved, test.isEmpty() ? null : test);
    long bytes = Files.size(saved.file());
    Work work = new Work(saved.network());
    if (connections != null) {
      work.take(connections.prune(work.network));
    }
    if (neurons != null) {
      work.take(neurons.prune(work.network));
    }
    if (rewind != null) {
      work.network = rewound(work.network, rewind);
    }
    if (options.compact || neurons != null) {
      Compaction.Result compacted = Compaction.of(work.network);
      work.compacted = compacted;
      work.network = compacted.network();
    }
    write(work.network);
    Measured measured =
        data == null
            ? null
            : new Measured(
                data.name(), saved.network().evaluate(data), work.network.evaluate(data));
    if (json) {
      console.out().println(Json.line(json(saved, bytes, work, measured)));
    } else {
      print(saved, bytes, work, measured);
    }
    return ExitCode.OK;
  }

  private static Network rewound(Network network, Path initial) throws IOException {
    try {
      return Rewinding.rewind(network, SavedModel.open(initial).network());
    } catch (IllegalArgumentException unfit) {
      throw new UsageException("--rewind %s: %s".formatted(initial, unfit.getMessage()));
    }
  }

  private void write(Network network) throws IOException {
    try {
      ModelFile.write(network, out);
    } catch (FileSystemException failure) {
      throw new UsageException(
          "%s cannot be written to (%s): give another file by --out"
              .formatted(out, Failures.reason(failure)));
    }
  }

  private Map<String, @Nullable Object> json(
      SavedModel saved, long bytes, Work work, @Nullable Measured measured) throws IOException {
    Network before = saved.network();
    Network after = work.network;
    Compaction.Result compacted = work.compacted;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", saved.file().toString());
    json.put("out", out.toString());
    json.put("connections_before", before.connections());
    json.put("connections", after.connections());
    json.put("sparsity_before", before.sparsity());
    json.put("sparsity", after.sparsity());
    json.put("neurons_before", before.neurons());
    json.put("neurons", after.neurons());
    json.put("neurons_folded", compacted == null ? 0 : compacted.folded());
    json.put("neurons_unused", compacted == null ? 0 : compacted.unused());
    json.put("neurons_bound", compacted == null ? 0 : compacted.bound());
    json.put("connections_saved", work.saved);
    json.put("file_bytes_before", bytes);
    json.put("file_bytes", Files.size(out));
    json.put("dataset", measured == null ? null : measured.data());
    json.put(
        "test_accuracy_before",
        measured == null ? null : Json.number(measured.before().accuracy()));
    json.put("test_accuracy", measured == null ? null : Json.number(measured.after().accuracy()));
    json.put("test_loss_before", measured == null ? null : Json.number(measured.before().loss()));
    json.put("test_loss", measured == null ? null : Json.number(measured.after().loss()));
    List<Map<String, @Nullable Object>> layers = new ArrayList<>();
    for (SparseLayer layer : after.layers()) {
      SparseLayer old = before.layers().get(layer.index());
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("layer", layer.index());
      one.put("inputs_before", old.inputs());
      one.put("outputs_before", old.outputs());
      one.put("inputs", layer.inputs());
      one.put("outputs", layer.outputs());
      one.put("connections_before", old.topology().connections());
      one.put("connections", layer.topology().connections());
      one.put("density", layer.topology().density());
      layers.add(one);
    }
    json.put("layers", layers);
    json.put("weights_sha256", Fingerprint.of(after));
    return json;
  }

  private void print(SavedModel saved, long bytes, Work work, @Nullable Measured measured)
      throws IOException {
    Network before = saved.network();
    Network after = work.network;
    Table table =
        new Table("layer", "<shape", "connections", "density", "<  now", "connections", "density");
    for (SparseLayer layer : after.layers()) {
      SparseLayer old = before.layers().get(layer.index());
      table.row(
          String.valueOf(layer.index()),
          old.inputs() + " x " + old.outputs(),
          Say.count(old.topology().connections()),
          Say.percent(old.topology().density()),
          "  " + layer.inputs() + " x " + layer.outputs(),
          Say.count(layer.topology().connections()),
          Say.percent(layer.topology().density()));
    }
    table.print(console.out());
    console
        .out()
        .printf(
            "%n%s connections of %s, %s neurons of %s, %s on disk of %s%n",
            Say.count(after.connections()),
            Say.count(before.connections()),
            Say.count(after.neurons()),
            Say.count(before.neurons()),
            Say.bytes(Files.size(out)),
            Say.bytes(bytes));
    if (work.saved > 0) {
      console
          .out()
          .printf(
              "%s stayed against the rule, so that a way leads from inputs to outputs%n",
              Say.plural(work.saved, "connection"));
    }
    Compaction.Result compacted = work.compacted;
    if (compacted != null) {
      console
          .out()
          .printf(
              "%s without inputs became part of biases, %s without outputs went%n",
              Say.plural(compacted.folded(), "neuron"), Say.count(compacted.unused()));
    }
    if (compacted != null && compacted.bound() > 0) {
      console
          .out()
          .printf(
              "%s of such had to stay: layer norm and k-winners look at all neurons of a layer%n",
              Say.plural(compacted.bound(), "neuron"));
    }
    if (measured != null) {
      console
          .out()
          .printf(
              "%s: accuracy %s before, %s now; loss %s before, %s now%n",
              measured.data(),
              Say.percent(measured.before().accuracy()),
              Say.percent(measured.after().accuracy()),
              Say.loss(measured.before().loss()),
              Say.loss(measured.after().loss()));
    }
    console.out().printf("model  %s%n", out);
  }
}
