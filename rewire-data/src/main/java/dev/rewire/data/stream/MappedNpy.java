package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.data.array.NumberType;
import dev.rewire.data.csv.Classes;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.npy.Npy;
import dev.rewire.data.npy.NpyArray;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.RecordLayout;
import dev.rewire.dataset.Targets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * NumPy files that are read in place: {@code float32} or {@code uint8} samples along the first
 * axis, and a second file with whole numbers as labels (or any numbers to predict), whose name has
 * {@code y} where the first one's has {@code x}: {@code x_train.npy} and {@code y_train.npy}.
 */
final class MappedNpy {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final Pattern X = Pattern.compile("(?<![A-Za-z])[xX](?![A-Za-z])");

  private MappedNpy() {}

  static boolean recognises(Path path) {
    if (!String.valueOf(path.getFileName()).endsWith(".npy")) {
      return false;
    }
    MemorySegment file = Mapping.of(path);
    byte[] magic = NpyArray.MAGIC.getBytes(StandardCharsets.ISO_8859_1);
    return file.byteSize() > magic.length
        && file.asSlice(0, magic.length).mismatch(MemorySegment.ofArray(magic)) < 0;
  }

  /**
   * Maps samples.
   *
   * @param name short name for messages
   * @param path the samples; their labels are beside them
   * @param labelling where the classes come from
   */
  static MappedDataset open(String name, Path path, Labelling labelling) {
    Npy.Place place = Npy.place(path);
    NpyArray array = place.array();
    refuse(path, array);
    RecordLayout.Type type =
        switch (array.type()) {
          case FLOAT32 -> RecordLayout.Type.FLOAT;
          case UINT8 -> RecordLayout.Type.UNSIGNED_BYTE;
          case null, default ->
              throw new DataException(
                  path
                      + " has numbers of type "
                      + array.descr()
                      + ", which cannot be read in place: save float32 (<f4) or uint8.");
        };
    long samples = array.shape().getFirst();
    long width = array.count() / samples;
    if (samples > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      throw new DataException(
          "%s has %d samples of %d features, possible are 2147483647 of both: divide the file."
              .formatted(path, samples, width));
    }
    int[] none = new int[(int) samples];
    Targets targets =
        labelling instanceof Labelling.Ignored(List<String> known)
            ? new ClassTargets(Head.CLASSES, none, known)
            : labelling.targets(labels(path, none.length, labelling.head()));
    return new MappedDataset(
            name,
            List.of(Mapping.of(path).asSlice(place.start())),
            RecordLayout.packed((int) width, type),
            none,
            targets.names(),
            image(array.shape()),
            List.of())
        .withTargets(targets);
  }

  /** What is fine in memory, but not in place. */
  private static void refuse(Path path, NpyArray array) {
    if (array.columnMajor() && array.shape().size() > 1) {
      throw new DataException(
          path
              + " is in the order of Fortran, so that its samples cannot be read in place: save"
              + " numpy.ascontiguousarray(x), or leave out --stream.");
    }
    if (array.order() == ByteOrder.BIG_ENDIAN) {
      throw new DataException(
          path
              + " has numbers with the highest byte first ("
              + array.descr()
              + "), which cannot be read in place: save them as "
              + array.descr().replace('>', '<')
              + ", or leave out --stream.");
    }
    if (array.shape().isEmpty() || array.count() == 0) {
      throw new DataException(
          path + " has the shape " + array.shape() + ": give an array of samples by features.");
    }
  }

  private static @Nullable ImageShape image(List<Long> shape) {
    return shape.size() == 3
        ? new ImageShape(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)), 1)
        : null;
  }

  private static Classes labels(Path samples, int count, @Nullable Head head) {
    Path path = beside(samples);
    Npy.Place place = Npy.place(path);
    NpyArray array = place.array();
    refuse(path, array);
    boolean classes = head == Head.CLASSES || head == Head.BINARY;
    if (array.shape().getFirst() != count || (classes && array.count() != count)) {
      throw new DataException(
          "%s has the shape %s, but %s has %d samples: give one label for each."
              .formatted(path, array.shape(), samples, count));
    }
    MemorySegment numbers = Mapping.of(path).asSlice(place.start());
    int width = (int) (array.count() / count);
    boolean mayBeNumbers = head == null || head == Head.REGRESSION;
    Classes labels = new Classes(path.toString(), "its array", "sample", head);
    if (width > 1) {
      labels.ofColumns(InMemoryDataset.numbered(width));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.setLength(0);
      for (int k = 0; k < width; k++) {
        text.append(k == 0 ? "" : ",");
        long index = (long) i * width + k;
        if (mayBeNumbers && array.type() == NumberType.FLOAT32) {
          text.append(numbers.get(FLOAT, 4 * index));
        } else if (mayBeNumbers && array.type() == NumberType.FLOAT64) {
          text.append(numbers.get(DOUBLE, 8 * index));
        } else {
          text.append(whole(path, numbers, array, index));
        }
      }
      labels.add(text.toString(), i + 1L);
    }
    return labels;
  }

  private static long whole(Path path, MemorySegment numbers, NpyArray array, long index) {
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    NumberType type = array.type();
    return switch (type) {
      case UINT8, BOOL -> numbers.get(ValueLayout.JAVA_BYTE, index) & 0xff;
      case INT8 -> numbers.get(ValueLayout.JAVA_BYTE, index);
      case INT16 -> numbers.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(little), 2 * index);
      case INT32 -> numbers.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(little), 4 * index);
      case INT64 -> numbers.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(little), 8 * index);
      case null, default ->
          throw new DataException(
              path
                  + " has labels of type "
                  + array.descr()
                  + ", which are no whole numbers: save int64, int32 or uint8.");
    };
  }

  private static Path beside(Path samples) {
    String name = String.valueOf(samples.getFileName());
    Matcher x = X.matcher(name);
    Path labels = null;
    if (x.find()) {
      boolean upper = x.group().equals("X");
      for (String y : upper ? List.of("Y", "y") : List.of("y")) {
        labels = samples.resolveSibling(name.substring(0, x.start()) + y + name.substring(x.end()));
        if (Files.isRegularFile(labels)) {
          return labels;
        }
      }
    }
    throw new DataException(
        samples
            + " has no labels beside it"
            + (labels == null ? "" : " (" + labels + ")")
            + ": name the two files x.npy and y.npy, or x_train.npy and y_train.npy.");
  }
}
