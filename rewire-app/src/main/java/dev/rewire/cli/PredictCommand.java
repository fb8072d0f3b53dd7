package dev.rewire.cli;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.network.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says the classes of new samples, or their labels or numbers. */
@Command(
    name = "predict",
    header = "Says what a saved network takes new samples for.",
    description = {
      "",
      "One line a sample, on standard output or in a file: its number from 1 and its class, and if"
          + " asked for what the network gives for each class. A network that was trained with several"
          + " labels says all that it finds, with semicolons between them; one that predicts numbers"
          + " says them in the units of the training samples.",
      "",
      "Examples:",
      "  rewire predict runs/DIR new.csv",
      "  rewire predict runs/DIR labelled.csv --label class --probabilities",
      "  rewire predict runs/DIR t10k-images-idx3-ubyte.gz --format jsonl --out classes.jsonl",
      "  cut -d, -f2- table.csv | rewire predict runs/DIR -",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  enum Format {
    csv,
    jsonl
  }

  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of a run, or a model file.")
  Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description =
          "New samples in any format that 'rewire help data' names, for example a CSV file without"
              + " classes; - for standard input.")
  String file = "-";

  @Option(
      names = "--label",
      paramLabel = "COL",
      description = "Column of the CSV file to leave out: a name, a number from 1, or last.")
  @Nullable String label;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: csv).")
  Format format = Format.csv;

  @Option(names = "--probabilities", description = "Also the probability of each class or label.")
  boolean probabilities;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to a file, which is replaced if it exists.")
  @Nullable Path out;

  @Option(
      names = "--x",
      paramLabel = "NAME",
      description =
          "Array of a MAT, NPZ, HDF5 or safetensors file that holds the samples (default: that of"
              + " the training samples, or else X, data, features ...).")
  @Nullable String x;

  @Option(
      names = "--ignore",
      paramLabel = "COLS",
      description =
          "Columns of a CSV file that are no features: names or numbers from 1, separated by commas"
              + " (default: as for the training samples).")
  @Nullable String ignore;

  @Option(
      names = "--samples-in",
      paramLabel = "WAY",
      description = "rows, columns or detected (default: as for the training samples).")
  @Nullable SamplesIn samplesIn;

  @Option(
      names = "--missing",
      paramLabel = "POLICY",
      description =
          "What to do about missing values: refuse, mean (of the training samples, if the network"
              + " was trained with --missing mean), or zero (default: what was done for the training"
              + " samples).")
  @Nullable String missing;

  @Mixin StreamingOptions streaming = new StreamingOptions();

  @Mixin SparseDataOptions sparse = new SparseDataOptions();

  @Mixin HelpOption help = new HelpOption();

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!file.equals("-")) {
      return predict(Path.of(file), streaming.options());
    }
    Path folder = Files.createTempDirectory("rewire-predict");
    try {
      Path copy = folder.resolve("standard-input.csv");
      Files.copy(console.in(), copy);
      return predict(copy, new StreamOptions(streaming.stream, folder));
    } finally {
      RunFolder.delete(folder);
    }
  }

  private int predict(Path path, StreamOptions stream) throws IOException {
    SavedModel saved = SavedModel.open(model);
    Network network = saved.network();
    if (probabilities && network.head() == Head.REGRESSION) {
      throw new UsageException(
          "the network in %s predicts numbers, which have no probabilities: leave out --probabilities"
              .formatted(saved.file()));
    }
    LoadedDataset samples = samples(saved, path, stream);
    FeatureCheck.refuseOthers(saved, samples, file.equals("-") ? "standard input" : file);
    if (out == null) {
      write(network, samples, console.out());
    } else {
      try (PrintWriter writer = writer(out)) {
        write(network, samples, writer);
        if (writer.checkError()) {
          throw new IOException(out + " cannot be written: check the disk");
        }
      }
    }
    return ExitCode.OK;
  }

  private static PrintWriter writer(Path out) {
    try {
      return new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UsageException(
          "%s cannot be written to (%s): give another file by --out"
              .formatted(out, Failures.reason(failure)));
    }
  }

  private LoadedDataset samples(SavedModel saved, Path path, StreamOptions stream)
      throws IOException {
    LabelColumn column = label == null ? new LabelColumn.None() : LabelColumn.of(label);
    Missing asked = missing == null ? null : ReadingOptions.missing(missing);
    Missing policy = saved.missing(asked);
    if (asked == Missing.DROP_ROW) {
      throw new UsageException("--missing can be refuse, mean or zero here, not drop-row");
    }
    ReadOptions before = saved.read();
    String array = x == null ? before.arrays().x() : x;
    ReadOptions read =
        ReadOptions.DEFAULT
            .withCsv(
                CsvOptions.DEFAULT
                    .withLabel(column)
                    .withIgnored(
                        ignore == null ? before.csv().ignored() : ReadingOptions.ignored(ignore)))
            .withSamplesIn(samplesIn == null ? before.samplesIn() : samplesIn)
            .withLibsvm(saved.libsvm(sparse))
            .withArrays(new ArrayNames(array, null, label == null ? null : column))
            // a sample that was left out would be one without an answer
            .withMissing(policy == Missing.DROP_ROW ? Missing.REFUSE : policy);
    try {
      return DataSource.open(null, console, true)
          .forNetwork(
              DatasetRequest.of(path.toString()).withRead(read).withStream(stream),
              new Labelling.Ignored(saved.network().classNames()));
    } catch (DataException failure) {
      if (!file.equals("-")) {
        throw failure;
      }
      String message = String.valueOf(failure.getMessage());
      throw new DataException(message.replace(path.toString(), "standard input"), failure);
    }
  }

  private void write(Network network, LoadedDataset samples, PrintWriter writer) {
    PredictionWords words = new PredictionWords(network, probabilities);
    if (format == Format.csv) {
      writer.print(words.header() + '\n');
    }
    Predictor.predict(
        network,
        samples,
        (sample, prediction) -> {
          writer.print(
              format == Format.csv
                  ? words.csv(sample, prediction)
                  : words.json(sample, prediction));
          writer.print('\n');
        });
    writer.flush();
  }
}
