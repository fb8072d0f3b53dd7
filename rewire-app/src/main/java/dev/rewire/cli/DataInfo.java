package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known about data before anyone trains with them. */
final class DataInfo {
  private final String dataset;
  private final @Nullable String format;
  private final LoadedDataset data;
  private final @Nullable LoadedDataset test;
  private final FeatureFacts facts;

  private DataInfo(
      String dataset, @Nullable String format, LoadedDataset data, @Nullable LoadedDataset test) {
    this.dataset = dataset;
    this.format = format;
    this.data = data;
    this.test = test;
    facts = FeatureFacts.of(data);
  }

  /** Tells about a file, of which nothing has been split off. */
  static DataInfo ofFile(String dataset, String format, LoadedDataset data) {
    return new DataInfo(dataset, format, data, null);
  }

  /** Tells about training samples and counts those for the test. */
  static DataInfo ofPair(String dataset, DatasetPair pair) {
    return new DataInfo(dataset, null, pair.train(), pair.test());
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    words.put("dataset", dataset);
    if (test == null) {
      words.put("format", format);
      words.put("samples", data.size());
    } else {
      words.put("train_samples", data.size());
      words.put("test_samples", test.size());
    }
    words.put("features", data.features());
    ImageShape image = data.image();
    words.put(
        "image", image == null ? null : List.of(image.height(), image.width(), image.channels()));
    words.put("stored_values", data instanceof SparseInMemoryDataset s ? s.entries() : null);
    words.put("head", labelled() ? data.head().id() : null);
    if (data.head() == Head.REGRESSION) {
      words.put("targets", TargetFacts.json(data));
    } else {
      words.put("classes", labelled() ? data.classNames() : List.of());
      words.put(test == null ? "counts" : "train_counts", labelled() ? counts(data) : List.of());
      if (test != null) {
        words.put("test_counts", counts(test));
      }
    }
    words.putAll(facts.json());
    return words;
  }

  void print(Console console) {
    String size =
        test == null
            ? Say.plural(data.size(), "sample")
            : "%s training and %s test samples"
                .formatted(Say.count(data.size()), Say.count(test.size()));
    console
        .out()
        .printf(
            "%s: %s%s, %s, %s%n",
            data.name(),
            format == null ? "" : format + ", ",
            size,
            Say.plural(data.features(), "feature"),
            kind());
    console.out().println(facts.sentence());
    console.out().println();
    if (!labelled()) {
      console
          .out()
          .println("no classes: name them by --y, --label or --labels to train with these samples");
      return;
    }
    if (data.head() == Head.REGRESSION) {
      TargetFacts.table(data).print(console.out());
      return;
    }
    int[] counts = counts(data);
    int[] tests = test == null ? new int[0] : counts(test);
    String what = data.head() == Head.MULTI_LABEL ? "label" : "class";
    Table table =
        test == null
            ? new Table("<" + what, "samples", "share")
            : new Table("<" + what, "training", "test");
    for (int k = 0; k < counts.length; k++) {
      List<String> cells = new ArrayList<>(List.of(data.classNames().get(k)));
      cells.add(Say.count(counts[k]));
      cells.add(test == null ? Say.percent((double) counts[k] / data.size()) : Say.count(tests[k]));
      table.row(cells.toArray(String[]::new));
    }
    table.print(console.out());
  }

  private boolean labelled() {
    return !data.classNames().equals(Labelling.NO_CLASSES);
  }

  private String kind() {
    ImageShape image = data.image();
    if (data instanceof SparseInMemoryDataset sparse) {
      return "sparse: %.1f values a sample".formatted((double) sparse.entries() / data.size());
    }
    if (image == null) {
      return "a table";
    }
    return "pictures of %d x %d pixels".formatted(image.height(), image.width())
        + (image.channels() == 1 ? "" : " in " + image.channels() + " colours");
  }

  private static int[] counts(LoadedDataset data) {
    int[] counts = new int[data.classNames().size()];
    for (int s = 0; s < data.size(); s++) {
      if (data.head() == Head.MULTI_LABEL) {
        for (int k = 0; k < counts.length; k++) {
          counts[k] += data.target(s, k) > 0.5f ? 1 : 0;
        }
      } else {
        counts[data.label(s)]++;
      }
    }
    return counts;
  }
}
