package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.file.Content;
import dev.rewire.data.idx.Idx;
import dev.rewire.data.idx.IdxPair;
import dev.rewire.data.idx.MappedIdx;
import dev.rewire.data.libsvm.Libsvm;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.stream.CacheFile.Cached;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
    return open(path, libsvm, null).data();
  }

  /**
   * Opens labelled training and test samples.
   *
   * @param train a file of a kind that is recognised by its content
   * @param test another file of the same kind
   * @param libsvm how to read the training file if it is a LIBSVM file
   * @return both
   * @throws DataException if a file is missing or damaged, or cannot be read in place
   */
  public DatasetPair pair(Path train, Path test, LibsvmOptions libsvm) {
    if (StreamedKind.of(train) == StreamedKind.IDX) {
      int[] labels = Idx.labels(Idx.labelsBeside(train));
      int[] testLabels = Idx.labels(Idx.labelsBeside(test));
      List<String> names = InMemoryDataset.numbered(Idx.count(labels, testLabels));
      return new DatasetPair(open(train, libsvm, names).data(), open(test, libsvm, names).data());
    }
    Cached first = open(train, libsvm, null);
    LibsvmOptions same =
        libsvm
            .withFeatures(first.data().features())
            .withFirst(first.first() == 0 ? LibsvmOptions.First.ZERO : LibsvmOptions.First.ONE);
    return new DatasetPair(first.data(), open(test, same, first.data().classNames()).data());
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
      return pair(images, test, LibsvmOptions.DEFAULT);
    }
    List<Path> batches =
        IntStream.rangeClosed(1, 5)
            .mapToObj(n -> folder.resolve("data_batch_" + n + ".bin"))
            .filter(Files::isRegularFile)
            .toList();
    Path testBatch = folder.resolve("test_batch.bin");
    if (!batches.isEmpty() && Files.isRegularFile(testBatch)) {
      return new DatasetPair(
          MappedCifar.open(name, batches), MappedCifar.open(name, List.of(testBatch)));
    }
    throw new DataException(
        folder
            + " is a folder without the unpacked files of MNIST or CIFAR-10, so that it cannot be"
            + " read in place: unpack them, or leave out --stream.");
  }

  private Cached open(Path path, LibsvmOptions libsvm, @Nullable List<String> known) {
    String name = Csv.name(path);
    return switch (StreamedKind.of(path)) {
      case IDX -> new Cached(idx(name, path, known), 0);
      case NPY -> new Cached(MappedNpy.open(name, path, known), 0);
      case CIFAR -> new Cached(MappedCifar.open(name, List.of(path)), 0);
      case LIBSVM -> cache(path).libsvm(libsvm, known);
      case CSV -> cache(path).csv(csv, known);
    };
  }

  private static LoadedDataset idx(String name, Path path, @Nullable List<String> known) {
    Path labels = Idx.labelsBeside(path);
    int[] classes = known == null ? Idx.labels(labels) : Idx.labels(labels, known);
    List<String> names = known == null ? InMemoryDataset.numbered(Idx.count(classes)) : known;
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
