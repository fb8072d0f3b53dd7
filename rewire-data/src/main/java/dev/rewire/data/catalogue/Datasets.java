package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.FeatureTable;
import dev.rewire.data.Missing;
import dev.rewire.data.MissingValues;
import dev.rewire.data.cifar.CifarFolder;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.data.idx.Idx;
import dev.rewire.data.idx.IdxFormat;
import dev.rewire.data.idx.IdxPair;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.stream.StreamedData;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens data by name or by path; what a file holds is seen from its content. */
public final class Datasets {
  private final Catalogue catalogue;
  private final Library library;
  private final Progress progress;

  /**
   * Uses the standard catalogue.
   *
   * @param places where to look for data sets by name
   * @param progress hears of downloads
   */
  public Datasets(Places places, Progress progress) {
    this(Catalogue.standard(), places, new Downloader(), progress);
  }

  /**
   * Uses any catalogue.
   *
   * @param catalogue data sets by name
   * @param places where to look for them
   * @param downloader gets those that are not there
   * @param progress hears of it
   */
  public Datasets(Catalogue catalogue, Places places, Downloader downloader, Progress progress) {
    this.catalogue = catalogue;
    this.progress = progress;
    this.library = new Library(places, downloader, progress);
  }

  /**
   * Opens training and test samples. A name of the catalogue comes first; {@code ./mnist} means the
   * file or folder.
   *
   * @param request which ones
   * @return both
   * @throws DataException if there are no such data, or they cannot be used
   */
  public DatasetPair open(DatasetRequest request) {
    DatasetPair pair = opened(request);
    Head head = request.read().head();
    String note = Heads.note(pair.train(), head);
    if (note != null) {
      progress.note(note);
    }
    return Heads.as(pair, head);
  }

  private DatasetPair opened(DatasetRequest request) {
    Optional<CatalogueEntry> entry = catalogue.find(request.data());
    if (entry.isPresent()) {
      return named(request, entry.get());
    }
    Path path = existing(request.data());
    if (streams(request, path)) {
      return streamed(request, path);
    }
    return Files.isDirectory(path) ? folder(request, path) : file(request, path);
  }

  private DatasetPair named(DatasetRequest request, CatalogueEntry entry) {
    if (request.test() != null && entry.testSamples() > 0) {
      throw new DataException(
          request.data()
              + " has its own test samples: leave out the test file "
              + request.test()
              + ".");
    }
    if (request.stream().always()) {
      throw new DataException(
          request.data()
              + " is kept packed, so that it cannot be read in place: leave out --stream, or"
              + " unpack its files and give their folder.");
    }
    return entry.files().size() == 1
        ? file(request, library.onlyFile(entry))
        : ownTest(request, library.load(entry));
  }

  private DatasetPair file(DatasetRequest request, Path path) {
    ReadOptions options = options(request.read(), request.labels());
    Format format = Formats.of(path);
    DatasetPair pair = format.readPair(path, request.test(), options);
    return MissingValues.settle(
        pair == null ? pair(request, path, format, options) : ownTest(request, pair),
        request.read().missing());
  }

  /**
   * Reads labelled samples for a network that knows the classes.
   *
   * @param path a file of any format, an IDX file of images with its labels beside it
   * @param csv how to read CSV files
   * @param libsvm how to read LIBSVM files
   * @param classNames classes of the network, in order
   * @return one or more samples
   * @throws DataException if there is no such file, or it cannot be used
   */
  public static LoadedDataset labelled(
      Path path, CsvOptions csv, LibsvmOptions libsvm, List<String> classNames) {
    ReadOptions options = ReadOptions.DEFAULT.withCsv(csv).withLibsvm(libsvm);
    return labelled(path, options, null, classNames);
  }

  /**
   * Reads samples for a network that knows the classes; they stay on the disk if there is too
   * little room for them.
   *
   * @param request path of a file, its labels, and how to read it; missing values are {@code NaN}
   *     if the policy is to keep them
   * @param labelling the classes of the network, or what else it predicts, and whether the file has
   *     to have labels
   * @return one or more samples
   * @throws DataException if there is no such file, or it cannot be used
   */
  public LoadedDataset forNetwork(DatasetRequest request, Labelling labelling) {
    LoadedDataset data = read(request, labelling);
    return labelling instanceof Labelling.Known(_, Head head) ? Heads.as(data, head) : data;
  }

  private LoadedDataset read(DatasetRequest request, Labelling labelling) {
    Path path = existing(request.data());
    Missing missing = request.read().missing();
    if (streams(request, path)) {
      StreamedData data =
          new StreamedData(request.stream(), request.csv().withMissing(missing), progress::note);
      LoadedDataset streamed = data.open(path, request.libsvm(), labelling);
      return missing == Missing.REFUSE ? streamed : MissingValues.settle(streamed, missing);
    }
    ReadOptions options = options(request.read(), request.labels());
    return MissingValues.settle(Formats.of(path).read(path, options, labelling).data(), missing);
  }

  /**
   * Reads labelled samples for a network that knows the classes.
   *
   * @param path a file of any format, an IDX file of images with its labels beside it
   * @param options how to read it
   * @param labels path of a file with one label a sample, or null
   * @param classNames classes of the network, in order
   * @return one or more samples
   * @throws DataException if there is no such file, or it cannot be used
   */
  public static LoadedDataset labelled(
      Path path, ReadOptions options, @Nullable Path labels, List<String> classNames) {
    LoadedDataset data =
        Formats.of(path)
            .read(path, options(options, labels), new Labelling.Known(classNames))
            .data();
    return MissingValues.settle(data, options.missing());
  }

  /**
   * Reads samples to predict their classes.
   *
   * @param path a CSV file, or an IDX file of images
   * @param csv how to read CSV files; a label column is left out
   * @return one or more samples
   * @throws DataException if there is no such file, or it cannot be used
   */
  public static FeatureTable features(Path path, CsvOptions csv) {
    Format format = Formats.of(path);
    if (format instanceof IdxFormat && !IdxFormat.holdsLabels(path)) {
      return Idx.images(Csv.name(path), path);
    }
    return format instanceof CsvFormat
        ? Csv.features(path, csv)
        : table(
            format
                .read(path, ReadOptions.DEFAULT, new Labelling.Ignored(Labelling.NO_CLASSES))
                .data());
  }

  private static FeatureTable table(LoadedDataset data) {
    if (data instanceof InMemoryDataset dense) {
      return new FeatureTable(
          dense.name(), dense.values(), dense.size(), dense.features(), List.of(), dense.image());
    }
    throw new DataException(data.name() + " is sparse: give a table with all its values.");
  }

  /**
   * Reads samples for a network to say their classes.
   *
   * @param path a file of any format
   * @param csv how to read CSV files; a label column is left out, of an array as well
   * @param libsvm how to read LIBSVM files; labels are read over
   * @param classNames classes of the network, in order
   * @return one or more samples, each with class 0 as a label that means nothing
   * @throws DataException if there is no such file, or it cannot be used
   */
  public static LoadedDataset unlabelled(
      Path path, CsvOptions csv, LibsvmOptions libsvm, List<String> classNames) {
    LabelColumn column = csv.label() instanceof LabelColumn.None ? null : csv.label();
    ReadOptions options =
        ReadOptions.DEFAULT
            .withCsv(csv)
            .withLibsvm(libsvm)
            .withArrays(new ArrayNames(null, null, column));
    return Formats.of(path).read(path, options, new Labelling.Ignored(classNames)).data();
  }

  private static boolean streams(DatasetRequest request, Path path) {
    if (request.read().samplesIn() == SamplesIn.COLUMNS) {
      if (request.stream().always()) {
        throw new DataException(
            path
                + " has its samples in columns, which cannot be read in place: leave out --stream.");
      }
      return false;
    }
    if (request.labels() == null && request.testLabels() == null) {
      return request.stream().wants(path);
    }
    if (request.stream().always()) {
      throw new DataException(
          path
              + " has its labels in another file, so that it cannot be read in place: leave out"
              + " --stream.");
    }
    return false;
  }

  private DatasetPair streamed(DatasetRequest request, Path path) {
    CsvOptions csv = request.csv().withMissing(request.read().missing());
    StreamedData data = new StreamedData(request.stream(), csv, progress::note);
    if (Files.isDirectory(path)) {
      return ownTest(request, data.folder(path));
    }
    Path test = request.test() == null ? IdxPair.testBeside(path) : request.test();
    Missing missing = request.read().missing();
    if (test == null) {
      Labelling found = new Labelling.Found(true, request.read().head());
      LoadedDataset all = data.open(path, request.libsvm(), found);
      return settled(split(request, settledBeforeSplit(all, missing)), missing);
    }
    DatasetPair pair = data.pair(path, test, request.libsvm(), request.read().head());
    return settled(ownTest(request, pair), missing);
  }

  /** Text that has missing values and is to have none was refused when it was read. */
  private static DatasetPair settled(DatasetPair pair, Missing missing) {
    return missing == Missing.REFUSE ? pair : MissingValues.settle(pair, missing);
  }

  /** The mean is that of the training part, which is not known yet. */
  private static LoadedDataset settledBeforeSplit(LoadedDataset all, Missing missing) {
    return missing == Missing.MEAN || missing == Missing.REFUSE
        ? all
        : MissingValues.settle(all, missing);
  }

  private static DatasetPair ownTest(DatasetRequest request, DatasetPair pair) {
    return request.holdout().divide(pair, request.seed());
  }

  /**
   * Reads all samples of a file as they are, whatever is missing in it, to tell about them.
   *
   * @param request a file of any format, and how to read it; missing values become {@code NaN}
   * @return one or more samples; those of a file without labels have the class {@code ?}
   * @throws DataException if there is no such file, or it cannot be used
   */
  public LoadedDataset look(DatasetRequest request) {
    Path path = existing(request.data());
    ReadOptions options = options(request.read(), request.labels()).withMissing(Missing.KEEP);
    Samples samples =
        Formats.of(path).read(path, options, new Labelling.Found(false, options.head()));
    samples.notes().forEach(progress::note);
    return samples.data();
  }

  /**
   * Sees to it that the files of a named data set are on this computer.
   *
   * @param entry which one
   * @return the folder with its files
   * @throws DataException if they are nowhere and cannot be downloaded
   */
  public Path fetch(CatalogueEntry entry) {
    return library.folder(entry);
  }

  /**
   * Compares the files of a named data set with their published checksums.
   *
   * @param entry which one
   * @return one state a file, in the order of the catalogue
   */
  public List<FileState> verify(CatalogueEntry entry) {
    return library.verify(entry);
  }

  private static ReadOptions options(ReadOptions options, @Nullable Path labels) {
    return options.withLabels(labels == null ? null : LabelFile.read(labels, options));
  }

  private DatasetPair pair(DatasetRequest request, Path path, Format format, ReadOptions options) {
    Samples all = format.read(path, options, new Labelling.Found(true, options.head()));
    all.notes().forEach(progress::note);
    Missing missing = options.missing();
    LoadedDataset train =
        missing == Missing.MEAN ? all.data() : MissingValues.settle(all.data(), missing);
    Path test = request.test();
    if (test == null) {
      return split(request, train);
    }
    LibsvmOptions libsvm = all.next().libsvm().withFeatures(train.features());
    ReadOptions next = options(all.next().withLibsvm(libsvm), request.testLabels());
    Labelling known = new Labelling.Known(train.classNames(), train.head());
    return ownTest(
        request, new DatasetPair(train, Formats.of(test).read(test, next, known).data()));
  }

  private static DatasetPair folder(DatasetRequest request, Path folder) {
    String name = Csv.name(folder.toAbsolutePath().normalize());
    Path test = request.test();
    if (test == null && CifarFolder.is(folder)) {
      return ownTest(request, CifarFolder.read(name, folder));
    }
    Path train = IdxPair.find(folder, IdxPair.TRAIN);
    if (train == null) {
      throw new DataException(
          folder
              + " is a folder without train-images-idx3-ubyte.gz: give a folder with the four"
              + " files of MNIST or the six of CIFAR-10, or the path of a file.");
    }
    Path other = test == null ? IdxPair.testBeside(train) : test;
    return other == null
        ? split(request, Idx.read(name, train, Idx.labelsBeside(train)))
        : ownTest(request, IdxPair.read(name, train, other, null));
  }

  private static DatasetPair split(DatasetRequest request, LoadedDataset all) {
    return request.holdout().divide(all, request.testFraction(), request.seed());
  }

  private Path existing(String data) {
    Path path = path(data);
    if (path != null && Files.exists(path)) {
      return path;
    }
    Optional<String> meant = catalogue.nearest(data);
    throw new DataException(
        "There is no data set, file or folder \""
            + data
            + "\""
            + meant
                .map(name ->
                    ": did you mean " + name + " (data sets are " + catalogue.names() + ")?")
                .orElse(": data sets are " + catalogue.names() + "."));
  }

  private static @Nullable Path path(String data) {
    try {
      return data.isEmpty() ? null : Path.of(data);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
