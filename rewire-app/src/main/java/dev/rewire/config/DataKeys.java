package dev.rewire.config;

import dev.rewire.data.Missing;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.data.libsvm.LibsvmOptions.First;
import dev.rewire.dataset.Augmentation;
import dev.rewire.dataset.Head;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which samples, and how to read them. */
final class DataKeys {
  private static final KeyType<LabelColumn> LABEL =
      new KeyType<>(
          "last, none, a number from 1, or a name; several with commas",
          Types.anyOf(Map.of("type", "string"), Range.AT_LEAST_1.schema("integer")),
          List.of(),
          LabelColumn::of,
          column ->
              switch (column) {
                case LabelColumn.Last() -> "last";
                case LabelColumn.None() -> "none";
                case LabelColumn.Named(String name) -> name;
                case LabelColumn.Numbered(int number) -> number;
                case LabelColumn.Several several -> several.text();
              });

  private static final KeyType<List<String>> IGNORE =
      new KeyType<>(
          "none, or names or numbers of columns, separated by commas",
          Types.anyOf(Map.of("type", "string"), Range.AT_LEAST_1.schema("integer")),
          List.of(),
          text -> text.equals("none") ? List.of() : List.of(text.split("\\s*,\\s*")),
          columns -> columns.isEmpty() ? "none" : String.join(",", columns));

  private static final KeyType<Optional<Head>> HEAD = head();

  private static final KeyType<SamplesIn> SAMPLES_IN = Types.constants(SamplesIn.class);

  static final String LABEL_COLUMN = "data.label";

  /** Number of parts, and which of them; {@link Configuration} checks that both are there. */
  static final String FOLDS = "data.folds";

  static final String FOLD = "data.fold";

  private static final KeyType<Augmentation> AUGMENT =
      new KeyType<>(
          "none, or some of shift=PIXELS, rotate=DEGREES and flip, separated by commas",
          Map.of("type", "string"),
          List.of(),
          Augmentation::of,
          Augmentation::id);

  static final List<Key<?>> ALL =
      List.of(
          Key.at("data.dataset", Types.TEXT, "request.data")
              .means(
                  "Name of a data set, or path of a file or folder; a path that does not begin"
                      + " with / is looked for beside the configuration file. On the command line:"
                      + " DATASET."),
          Key.at("data.data_dir", Types.PATH, "dataDir")
              .option("--data-dir", "DIR")
              .otherwise("REWIRE_DATA, then the cache")
              .means("Folder with a folder for each named data set, looked at first."),
          Key.at("data.test", Types.PATH, "request.test")
              .option("--test", "FILE")
              .otherwise("found beside the data set, or split off")
              .means("File of test samples."),
          Key.at("data.labels", Types.PATH, "request.labels")
              .option("--labels", "FILE")
              .otherwise("they are in the data")
              .means(
                  "File with one class a sample, if the samples come without: a line of text for"
                      + " each, an array, or IDX labels."),
          Key.at("data.test_labels", Types.PATH, "request.testLabels")
              .option("--test-labels", "FILE")
              .otherwise("they are in the test file")
              .means("File with one class a test sample."),
          new Key<LabelColumn>(LABEL_COLUMN, LABEL, DataKeys::label, DataKeys::withLabel)
              .option("--label", "COL")
              .otherwise("last for CSV and ARFF")
              .means(
                  "Column of a CSV file, attribute of an ARFF file or column of an array that holds"
                      + " the class, or the number to predict. Several columns of a CSV file, with"
                      + " commas between them, hold several numbers, or a 0 or 1 for each of several"
                      + " labels."),
          new Key<Optional<Head>>(
                  "data.head",
                  HEAD,
                  settings -> Optional.ofNullable(settings.request().read().head()),
                  (settings, head, all) ->
                      settings.withRequest(
                          settings
                              .request()
                              .withRead(settings.request().read().withHead(head.orElse(null)))))
              .option("--head", "KIND")
              .means(
                  "What is predicted. classes: one of some classes, an output for each. binary: one"
                      + " of two, with a single output. multi-label: a set of labels, in a cell or"
                      + " before a LIBSVM line as in 1,3,7, or in columns of 0 and 1. regression:"
                      + " numbers. auto: numbers if labels are numbers and hardly ever the same,"
                      + " several labels if there are such, else classes."),
          new Key<List<String>>(
                  "data.ignore",
                  IGNORE,
                  settings -> settings.request().csv().ignored(),
                  (settings, columns, all) ->
                      settings.withRequest(
                          settings
                              .request()
                              .withCsv(settings.request().csv().withIgnored(columns))))
              .option("--ignore", "COLS")
              .means(
                  "Columns of a CSV file that are no features, such as dates and numbers of rows:"
                      + " names or numbers from 1, separated by commas; a name with ? behind it need not be"
                      + " there."),
          Key.at("data.samples_in", SAMPLES_IN, "request.read.samplesIn")
              .option("--samples-in", "WAY")
              .means(
                  "Which way samples lie in a CSV file or an array: rows, columns (a line of text is"
                      + " then a feature, and the classes are in the first line or in that of"
                      + " --label), or detected: rows, unless an array has as many columns as there"
                      + " are labels."),
          Key.at("data.x", Types.TEXT, "request.read.arrays.x")
              .option("--x", "NAME")
              .otherwise("X, data, features ...")
              .means("Array of a MAT, NPZ, HDF5 or safetensors file that holds the samples."),
          Key.at("data.y", Types.TEXT, "request.read.arrays.y")
              .option("--y", "NAME")
              .otherwise("Y, labels, target ...")
              .means("Array that holds their classes."),
          Key.at("data.missing", missing(), "request.read.missing")
              .option("--missing", "POLICY")
              .means(
                  "What to do about missing values: refuse them and say where the first one is, put"
                      + " the mean of the feature in the training samples or zero in their place, or"
                      + " leave out the sample (drop-row)."),
          new Key<Integer>(
                  "data.features",
                  Types.whole(Range.AT_LEAST_1),
                  settings -> {
                    int features = settings.request().libsvm().features();
                    return features == 0 ? null : features;
                  },
                  (settings, features, all) ->
                      settings.withRequest(
                          settings
                              .request()
                              .withLibsvm(settings.request().libsvm().withFeatures(features))))
              .option("--features", "N")
              .otherwise("its largest index")
              .means("Features of a LIBSVM file."),
          Key.at("data.first_index", firstIndex(), "request.read.libsvm.first")
              .option("--first-index", "0|1")
              .means(
                  "Whether indices of a LIBSVM file count from 0 or from 1; detected: from 0 if the"
                      + " file has an index 0."),
          Key.at("data.test_fraction", Types.number(Range.INSIDE), "request.testFraction")
              .option("--test-fraction", "F")
              .means("Share of samples to split off for the test, where there is no test file."),
          Key.at("data.split_seed", Types.seed(), "request.seed")
              .means(
                  "Decides which samples are split off; not the seed of the run, so that runs are"
                      + " judged by the same samples."),
          Key.at(
                  "data.validation_fraction",
                  Types.number(Range.BELOW_1),
                  "request.holdout.validation")
              .option("--validation-fraction", "F")
              .otherwise("0, none")
              .means(
                  "Share of the training samples to set aside and look at after each epoch; the"
                      + " test samples are then looked at once, at the end."),
          new Key<Integer>(
                  FOLDS,
                  Types.wholeOr("none", 0, Range.AT_LEAST_2),
                  settings -> settings.request().holdout().folds(),
                  (settings, folds, all) ->
                      settings.withRequest(
                          settings
                              .request()
                              .withHoldout(
                                  settings
                                      .request()
                                      .holdout()
                                      .withFold(
                                          folds,
                                          all.value(FOLD) instanceof Integer fold ? fold : 0))))
              .option("--folds", "K")
              .means(
                  "Cross-validation: divide the samples into K parts, with the same share of each"
                      + " class, and set part --fold aside instead of --test-fraction. If the data"
                      + " have test samples of their own, that part is for validation."),
          // folds and fold mean something only together: see above, and Configuration
          new Key<Integer>(
                  FOLD,
                  Types.wholeOr("none", 0, Range.AT_LEAST_1),
                  settings -> settings.request().holdout().fold(),
                  (settings, fold, all) -> settings)
              .option("--fold", "I")
              .means("Which of the --folds, from 1 to K."),
          Key.at(
                  "data.training_samples",
                  Types.wholeOr("all", 0, Range.AT_LEAST_1),
                  "request.holdout.training")
              .option("--training-samples", "N")
              .means(
                  "Train with at most so many of the training samples, drawn by split_seed with every class"
                      + " in proportion: for a quick look, or where a publication did."),
          Key.at(
                  "data.test_samples",
                  Types.wholeOr("all", 0, Range.AT_LEAST_1),
                  "request.holdout.test")
              .option("--test-samples", "N")
              .means("Test with at most so many of the test samples."),
          Key.at("data.augment", AUGMENT, "request.augmentation")
              .option("--augment", "HOW")
              .means(
                  "Move pictures while they are learned, anew in each epoch: shift=PIXELS,"
                      + " rotate=DEGREES at the most, flip for left and right, separated by commas,"
                      + " as in shift=2,rotate=10."),
          Key.at("data.stream", Types.FLAG, "request.stream.always")
              .option("--stream", "")
              .means(
                  "Leave the data on the disk and read them in place: unpacked IDX, NPY and"
                      + " CIFAR-10 files as they are, CSV and LIBSVM text by way of a file that is"
                      + " made once. This happens by itself where the data would take more than"
                      + " half of the heap; no result depends on it."),
          Key.at("data.cache_dir", Types.PATH, "request.stream.cacheFolder")
              .option("--cache-dir", "DIR")
              .otherwise("beside the text")
              .means("Folder for the files that --stream makes of text."));

  private DataKeys() {}

  private static KeyType<Missing> missing() {
    Map<String, Missing> words = new LinkedHashMap<>();
    for (Missing policy : List.of(Missing.REFUSE, Missing.MEAN, Missing.ZERO, Missing.DROP_ROW)) {
      words.put(ConfigText.word(policy), policy);
    }
    return Types.choice(words);
  }

  /** What somebody chose, or null: arrays have no column of labels unless it is asked for. */
  private static @Nullable LabelColumn label(RunSettings settings) {
    ReadOptions read = settings.request().read();
    LabelColumn column = read.arrays().column();
    LabelColumn ofTables = read.csv().label();
    return column == null && ofTables instanceof LabelColumn.None ? ofTables : column;
  }

  private static RunSettings withLabel(
      RunSettings settings, LabelColumn column, Configuration all) {
    ReadOptions read = settings.request().read();
    LabelColumn ofArrays = column instanceof LabelColumn.None ? null : column;
    return settings.withRequest(
        settings
            .request()
            .withRead(
                read.withCsv(read.csv().withLabel(column))
                    .withArrays(new ArrayNames(read.arrays().x(), read.arrays().y(), ofArrays))));
  }

  private static KeyType<Optional<Head>> head() {
    Map<String, Optional<Head>> words = new LinkedHashMap<>();
    words.put("auto", Optional.empty());
    for (Head head : Head.values()) {
      words.put(head.id(), Optional.of(head));
    }
    return Types.choice(words);
  }

  private static KeyType<First> firstIndex() {
    Map<String, First> words = new LinkedHashMap<>();
    words.put("detected", First.DETECTED);
    words.put("0", First.ZERO);
    words.put("1", First.ONE);
    KeyType<First> choice = Types.choice(words);
    return new KeyType<>(
        choice.words(),
        Map.of("enum", List.of("detected", 0, 1)),
        choice.candidates(),
        choice.parser(),
        first ->
            switch (first) {
              case DETECTED -> "detected";
              case ZERO -> 0;
              case ONE -> 1;
            });
  }
}
