package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.data.csv.Classes;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.RecordLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * NumPy files that are read in place: {@code float32} or {@code uint8} samples along the first
 * axis, and a second file with whole numbers as labels, whose name has {@code y} where the first
 * one's has {@code x}: {@code x_train.npy} and {@code y_train.npy}.
 */
final class MappedNpy {
  private static final Pattern X = Pattern.compile("(?<![A-Za-z])[xX](?![A-Za-z])");

  private MappedNpy() {}

  static boolean recognises(Path path) {
    return String.valueOf(path.getFileName()).endsWith(".npy")
        && NpyHeader.begins(Mapping.of(path));
  }

  /**
   * Maps samples.
   *
   * @param name short name for messages
   * @param path the samples; their labels are beside them
   * @param known classes in order, or null to take those found
   */
  static MappedDataset open(String name, Path path, @Nullable List<String> known) {
    MemorySegment file = Mapping.of(path);
    NpyHeader header = NpyHeader.read(path, file);
    RecordLayout.Type type =
        switch (header.type()) {
          case "<f4" -> RecordLayout.Type.FLOAT;
          case "|u1" -> RecordLayout.Type.UNSIGNED_BYTE;
          default ->
              throw new DataException(
                  path
                      + " has numbers of type "
                      + header.type()
                      + ", which cannot be read in place: save float32 (<f4) or uint8.");
        };
    long samples = header.shape().getFirst();
    long width = 1;
    for (long extent : header.shape().subList(1, header.shape().size())) {
      width *= extent;
    }
    if (samples > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      throw new DataException(
          "%s has %d samples of %d features, possible are 2147483647 of both: divide the file."
              .formatted(path, samples, width));
    }
    Classes classes = labels(path, (int) samples);
    List<String> names = known == null ? classes.sorted() : known;
    return new MappedDataset(
        name,
        List.of(file.asSlice(header.start())),
        RecordLayout.packed((int) width, type),
        classes.labels(names),
        names,
        image(header.shape()),
        List.of());
  }

  private static @Nullable ImageShape image(List<Long> shape) {
    return shape.size() == 3
        ? new ImageShape(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)), 1)
        : null;
  }

  private static Classes labels(Path samples, int count) {
    Path path = beside(samples);
    MemorySegment file = Mapping.of(path);
    NpyHeader header = NpyHeader.read(path, file);
    if (header.shape().getFirst() != count
        || header.shape().stream().skip(1).anyMatch(n -> n != 1)) {
      throw new DataException(
          "%s has the shape %s, but %s has %d samples: give one label for each."
              .formatted(path, header.shape(), samples, count));
    }
    Classes classes = new Classes(path.toString(), "its array");
    for (int i = 0; i < count; i++) {
      classes.add(Long.toString(whole(path, file, header, i)), i + 1L);
    }
    return classes;
  }

  private static long whole(Path path, MemorySegment file, NpyHeader header, int index) {
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    return switch (header.type()) {
      case "|u1" -> file.get(ValueLayout.JAVA_BYTE, header.start() + index) & 0xff;
      case "|i1" -> file.get(ValueLayout.JAVA_BYTE, header.start() + index);
      case "<i2" ->
          file.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(little), header.start() + 2L * index);
      case "<i4" ->
          file.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(little), header.start() + 4L * index);
      case "<i8" ->
          file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(little), header.start() + 8L * index);
      default ->
          throw new DataException(
              path
                  + " has labels of type "
                  + header.type()
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
