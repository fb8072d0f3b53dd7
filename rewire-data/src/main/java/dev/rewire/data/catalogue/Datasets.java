package dev.rewire.data.catalogue;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.FeatureTable;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.file.Content;
import dev.rewire.data.idx.Idx;
import dev.rewire.data.idx.IdxPair;
import dev.rewire.data.libsvm.Libsvm;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.stream.StreamedData;
import dev.rewire.dataset.LoadedDataset;
import java.nio.ByteBuffer;
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
    Optional<CatalogueEntry> entry = catalogue.find(request.data());
    if (entry.isPresent()) {
      if (request.test() != null) {
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
      return ownTest(request, library.load(entry.get()));
    }
    Path path = existing(request.data());
    if (request.stream().wants(path)) {
      return streamed(request, path);
    }
    if (Files.isDirectory(path)) {
      return folder(request, path);
    }
    if (holdsImages(path)) {
      return images(request, Csv.name(path), path);
    }
    return Libsvm.recognises(path) ? sparse(request, path) : table(request, path);
  }

  /**
   * Reads labelled samples for a network that knows the classes.
   *
   * @param path a CSV or LIBSVM file, or an IDX file of images with its labels beside it
   * @param csv how to read CSV files
   * @param libsvm how to read LIBSVM files
   * @param classNames classes of the network, in order
   * @return one or more samples
   * @throws DataException if there is no such file, or it cannot be used
   */
  public static LoadedDataset labelled(
      Path path, CsvOptions csv, LibsvmOptions libsvm, List<String> classNames) {
    if (holdsImages(path)) {
      return Idx.read(Csv.name(path), path, Idx.labelsBeside(path), classNames);
    }
    return Libsvm.recognises(path)
        ? Libsvm.read(path, libsvm, classNames).data()
        : Csv.read(path, csv, classNames);
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
    return holdsImages(path) ? Idx.images(Csv.name(path), path) : Csv.features(path, csv);
  }

  /**
   * Reads samples for a network to say their classes.
   *
   * @param path a CSV or LIBSVM file, or an IDX file of images
   * @param csv how to read CSV files; a label column is left out
   * @param libsvm how to read LIBSVM files; labels are read over
   * @param classNames classes of the network, in order
   * @return one or more samples, each with class 0 as a label that means nothing
   * @throws DataException if there is no such file, or it cannot be used
   */
  public static LoadedDataset unlabelled(
      Path path, CsvOptions csv, LibsvmOptions libsvm, List<String> classNames) {
    return !holdsImages(path) && Libsvm.recognises(path)
        ? Libsvm.unlabelled(path, libsvm, classNames).data()
        : features(path, csv).dataset(classNames);
  }

  private DatasetPair streamed(DatasetRequest request, Path path) {
    StreamedData data = new StreamedData(request.stream(), request.csv(), progress::note);
    if (Files.isDirectory(path)) {
      return ownTest(request, data.folder(path));
    }
    Path test = request.test() == null ? IdxPair.testBeside(path) : request.test();
    return test == null
        ? split(request, data.open(path, request.libsvm()))
        : ownTest(request, data.pair(path, test, request.libsvm()));
  }

  private static DatasetPair ownTest(DatasetRequest request, DatasetPair pair) {
    return request.holdout().divide(pair, request.seed());
  }

  private DatasetPair sparse(DatasetRequest request, Path path) {
    Libsvm.Samples train = Libsvm.read(path, request.libsvm());
    if (train.first() == 0 && request.libsvm().first() == LibsvmOptions.First.DETECTED) {
      progress.note("indices in " + path + " count from 0, because one of them is 0");
    }
    Path test = request.test();
    return test == null
        ? split(request, train.data())
        : ownTest(
            request,
            new DatasetPair(
                train.data(),
                Libsvm.read(test, train.options(), train.data().classNames()).data()));
  }

  private static DatasetPair table(DatasetRequest request, Path path) {
    LoadedDataset train = Csv.read(path, request.csv());
    Path test = request.test();
    if (test == null) {
      return split(request, train);
    }
    return ownTest(
        request,
        new DatasetPair(
            train,
            labelled(
                test,
                request.csv(),
                request.libsvm().withFeatures(train.features()),
                train.classNames())));
  }

  private static DatasetPair folder(DatasetRequest request, Path folder) {
    Path train = IdxPair.find(folder, IdxPair.TRAIN);
    if (train == null) {
      throw new DataException(
          folder
              + " is a folder without train-images-idx3-ubyte.gz: give a folder with the four"
              + " files of MNIST, or the path of a file.");
    }
    return images(request, Csv.name(folder.toAbsolutePath().normalize()), train);
  }

  private static DatasetPair images(DatasetRequest request, String name, Path train) {
    Path test = request.test() == null ? IdxPair.testBeside(train) : request.test();
    return test == null
        ? split(request, Idx.read(name, train, Idx.labelsBeside(train)))
        : ownTest(request, IdxPair.read(name, train, test, null));
  }

  private static DatasetPair split(DatasetRequest request, LoadedDataset all) {
    return request.holdout().divide(all, request.testFraction(), request.seed());
  }

  /** Looks at the first four bytes, and refuses labels alone. */
  private static boolean holdsImages(Path path) {
    int magic;
    try (Content content = Content.open(path)) {
      ByteBuffer first = ByteBuffer.allocate(Integer.BYTES);
      content.read(first.array(), 0, Integer.BYTES);
      magic = first.getInt(0);
    }
    if (magic == Idx.LABELS) {
      throw new DataException(path + " holds labels only: give the IDX file of its images.");
    }
    return magic == Idx.IMAGES;
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
