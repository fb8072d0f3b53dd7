package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.cifar.CifarFolder;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.idx.Idx;
import dev.rewire.data.idx.IdxPair;
import dev.rewire.data.idx.MappedIdx;
import dev.rewire.data.libsvm.Libsvm;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.stream.CacheFile.Cached;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens samples that stay on the disk. IDX, NPY and CIFAR-10 files are mapped as they are; CSV and
 * LIBSVM text is turned into a cache first, once.
 */
public final class StreamedData {
  private final StreamOptions options;
  private final CsvOptions csv;
  private final Consumer<String> hearer;

  /**
   * Says how to read.
   *
   * @param options where caches go
   * @param csv how to read CSV files
   * @param hearer hears what takes long, in sentences
   */
  public StreamedData(StreamOptions options, CsvOptions csv, Consumer<String> hearer) {
    this.options = options;
    this.csv = csv;
    this.hearer = hearer;
  }

  /**
   * Opens labelled samples.
   *
   * @param path a file of a kind that is recognised by its content
   * @param libsvm how to read it if it is a LIBSVM file
   * @return one or more samples
   * @throws DataException if the file is missing or damaged, or cannot be read in place
   */
  public LoadedDataset open(Path path, LibsvmOptions libsvm) {
    return open(path, libsvm, new Labelling.Found());
  }

  /**
   * Opens samples for a network that knows the classes.
   *
   * @param path a file of a kind that is recognised by its content
   * @param libsvm how to read it if it is a LIBSVM file
   * @param labelling where the classes come from, or that labels are not needed
   * @return one or more samples
   * @throws DataException if the file is missing or damaged, or cannot be read in place
   */
  public LoadedDataset open(Path path, LibsvmOptions libsvm, Labelling labelling) {
    return opened(name(path), path, libsvm, labelling).data();
  }

  private static String name(Path path) {
    return Csv.name(path);
  }

  /**
   * Opens labelled training and test samples.
   *
   * @param train a file of a kind that is recognised by its content
   * @param test another file of the same kind
   * @param libsvm how to read the training file if it is a LIBSVM file
   * @param head what labels are, or null to find out
   * @return both
   * @throws DataException if a file is missing or damaged, or cannot be read in place
   */
  public DatasetPair pair(Path train, Path test, LibsvmOptions libsvm, @Nullable Head head) {
    if (StreamedKind.of(train) == StreamedKind.IDX) {
      int[] labels = Idx.labels(Idx.labelsBeside(train));
      int[] testLabels = Idx.labels(Idx.labelsBeside(test));
      Labelling names =
          new Labelling.Known(InMemoryDataset.numbered(Idx.count(labels, testLabels)));
      return new DatasetPair(open(train, libsvm, names), open(test, libsvm, names));
    }
    Cached first = opened(name(train), train, libsvm, new Labelling.Found(true, head));
    LibsvmOptions same =
        libsvm
            .withFeatures(first.data().features())
            .withFirst(first.first() == 0 ? LibsvmOptions.First.ZERO : LibsvmOptions.First.ONE);
    Labelling known = new Labelling.Known(first.data().classNames(), first.data().head());
    return new DatasetPair(first.data(), open(test, same, known));
  }

  /**
   * Opens a folder with the unpacked files of MNIST or of CIFAR-10.
   *
   * @param folder an existing folder
   * @return training and test samples
   * @throws DataException if it has other files, or they are damaged
   */
  public DatasetPair folder(Path folder) {
    String name = Csv.name(folder.toAbsolutePath().normalize());
    Path images = folder.resolve(IdxPair.TRAIN + "images-idx3-ubyte");
    Path test = IdxPair.testBeside(images);
    if (Files.isRegularFile(images) && test != null) {
      return pair(images, test, LibsvmOptions.DEFAULT, null);
    }
    if (CifarFolder.is(folder)) {
      Labelling found = new Labelling.Found();
      return new DatasetPair(
          MappedCifar.open(name, CifarFolder.training(folder), found),
          MappedCifar.open(name, CifarFolder.test(folder), found));
    }
    throw new DataException(
        folder
            + " is a folder without the unpacked files of MNIST or CIFAR-10, so that it cannot be"
            + " read in place: unpack them, or leave out --stream.");
  }

  private Cached opened(String name, Path path, LibsvmOptions libsvm, Labelling labelling) {
    return switch (StreamedKind.of(path)) {
      case IDX -> new Cached(idx(name, path, labelling), 0);
      case NPY -> new Cached(MappedNpy.open(name, path, labelling), 0);
      case CIFAR -> new Cached(MappedCifar.open(name, List.of(path), labelling), 0);
      case LIBSVM -> cache(path).libsvm(libsvm, labelling);
      case CSV -> cache(path).csv(csv, labelling);
    };
  }

  private static LoadedDataset idx(String name, Path path, Labelling labelling) {
    int[] classes;
    List<String> names;
    switch (labelling) {
      case Labelling.Found _ -> {
        classes = Idx.labels(Idx.labelsBeside(path));
        names = InMemoryDataset.numbered(Idx.count(classes));
      }
      case Labelling.Known(List<String> known, _) -> {
        classes = Idx.labels(Idx.labelsBeside(path), known);
        names = known;
      }
      case Labelling.Ignored(List<String> known) -> {
        classes = null;
        names = known;
      }
    }
    return MappedIdx.of(name, path, Mapping.of(path), classes, names);
  }

  private TextCache cache(Path path) {
    return new TextCache(path, options, hearer::accept);
  }

  /** The kinds of files that can stay on the disk. */
  private enum StreamedKind {
    IDX,
    NPY,
    CIFAR,
    LIBSVM,
    CSV;

    static StreamedKind of(Path path) {
      boolean packed;
      int magic;
      try (Content content = Content.open(path)) {
        packed = content.packed();
        ByteBuffer first = ByteBuffer.allocate(Integer.BYTES);
        content.read(first.array(), 0, Integer.BYTES);
        magic = first.getInt(0);
      }
      if (magic == Idx.IMAGES) {
        Mapping.refusePacked(path, packed);
        return IDX;
      }
      if (MappedNpy.recognises(path)) {
        return NPY;
      }
      if (MappedCifar.recognises(path)) {
        return CIFAR;
      }
      return Libsvm.recognises(path) ? LIBSVM : CSV;
    }
  }
}
