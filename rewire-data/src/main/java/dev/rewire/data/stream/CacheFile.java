package dev.rewire.data.stream;

import dev.rewire.data.stream.CacheFormat.Footer;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.LabelSets;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.NumberTargets;
import dev.rewire.dataset.RecordLayout;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.dataset.Targets;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfFloat;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads a cache in place. */
final class CacheFile {
  private static final OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long BLOCK = 1 << 26;

  private final MemorySegment file;
  private final Footer footer;
  private long at;

  private CacheFile(MemorySegment file, Footer footer) {
    this.file = file;
    this.footer = footer;
    at = footer.namesAt();
  }

  /**
   * Opens a cache, if it is there, whole, and that of this source.
   *
   * @param path where it would be
   * @param name of the data set
   * @param key of the source
   * @return the samples, or null if the cache has to be made
   */
  static @Nullable Cached open(Path path, String name, String key) {
    if (!Files.isRegularFile(path)) {
      return null;
    }
    MemorySegment file = Mapping.of(path);
    try {
      Footer footer = footer(file);
      return footer == null || !wholeAndUnchanged(file)
          ? null
          : new CacheFile(file, footer).dataset(name, key);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException damaged) {
      return null;
    }
  }

  private static @Nullable Footer footer(MemorySegment file) {
    long at = file.byteSize() - CacheFormat.ALIGNMENT;
    byte[] magic = CacheFormat.MAGIC;
    if (at < CacheFormat.ALIGNMENT || at % CacheFormat.ALIGNMENT != 0) {
      return null;
    }
    for (int i = 0; i < magic.length; i++) {
      if (file.get(ValueLayout.JAVA_BYTE, i) != magic[i]
          || file.get(ValueLayout.JAVA_BYTE, at + i) != magic[i]) {
        return null;
      }
    }
    Footer footer =
        new Footer(
            file.get(INT, at + 8) == 1,
            file.get(INT, at + 12),
            (int) Math.min(Integer.MAX_VALUE, file.get(LONG, at + 16)),
            file.get(LONG, at + 24),
            file.get(LONG, at + 32),
            file.get(INT, at + 40),
            file.get(LONG, at + 44));
    boolean possible =
        footer.width() > 0
            && footer.samples() > 0
            && footer.entries() >= 0
            && footer.entries() <= file.byteSize() / Float.BYTES
            && footer.namesAt() < at
            && footer.labels() >= 0
            && footer.labels() <= file.byteSize() / Integer.BYTES
            && footer.namesAt() == CacheFormat.aligned(footer.labelsAt() + 4 * footer.labels());
    return possible ? footer : null;
  }

  private static boolean wholeAndUnchanged(MemorySegment file) {
    CRC32C checksum = new CRC32C();
    long end = file.byteSize() - Integer.BYTES;
    for (long from = 0; from < end; from += BLOCK) {
      checksum.update(file.asSlice(from, Math.min(BLOCK, end - from)).asByteBuffer());
    }
    return (int) checksum.getValue() == file.get(INT, end);
  }

  /**
   * What a cache holds.
   *
   * @param data its samples
   * @param first the index of the first feature in the text, if it was sparse
   */
  record Cached(LoadedDataset data, int first) {}

  private @Nullable Cached dataset(String name, String key) {
    if (!texts().equals(List.of(key))) {
      return null;
    }
    List<String> classes = texts();
    List<String> features = texts();
    int first = next();
    Targets targets = targets(name, classes);
    int[] none = new int[footer.samples()];
    long body = CacheFormat.ALIGNMENT;
    long bytes = Float.BYTES * footer.entries();
    if (!footer.sparse()) {
      return new Cached(
          new MappedDataset(
                  name,
                  List.of(file.asSlice(body, bytes)),
                  RecordLayout.packed(footer.width(), RecordLayout.Type.FLOAT),
                  none,
                  classes,
                  null,
                  features)
              .withTargets(targets),
          first);
    }
    long values = CacheFormat.aligned(body + bytes);
    long starts = CacheFormat.aligned(values + bytes);
    long[] rowStart = new long[footer.samples() + 1];
    for (int i = 0; i < rowStart.length; i++) {
      rowStart[i] = file.get(LONG, starts + 8L * i);
    }
    SparseInMemoryDataset sparse =
        new SparseInMemoryDataset(
            name,
            footer.width(),
            rowStart,
            Ints.view(file.asSlice(body, bytes)),
            Floats.view(file.asSlice(values, bytes)),
            none,
            classes);
    return new Cached(sparse.mapped().withTargets(targets), first);
  }

  private Targets targets(String name, List<String> names) {
    return switch (footer.kind()) {
      case CacheFormat.CLASSES ->
          ClassTargets.of(name, integers(0, Math.toIntExact(footer.labels())), names);
      case CacheFormat.SETS -> {
        int starts = footer.samples() + 1;
        yield new LabelSets(
            integers(0, starts),
            integers(starts, Math.toIntExact(footer.labels()) - starts),
            names);
      }
      case CacheFormat.NUMBERS -> {
        float[] values = new float[Math.toIntExact(footer.labels())];
        MemorySegment.copy(file, FLOAT, footer.labelsAt(), values, 0, values.length);
        yield new NumberTargets(values, names);
      }
      default -> throw new IllegalArgumentException("labels of kind " + footer.kind());
    };
  }

  private int[] integers(int from, int count) {
    int[] values = new int[count];
    MemorySegment.copy(file, INT, footer.labelsAt() + 4L * from, values, 0, count);
    return values;
  }

  private List<String> texts() {
    int count = next();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = next();
      byte[] bytes = file.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
      texts.add(new String(bytes, StandardCharsets.UTF_8));
      at += length;
    }
    return texts;
  }

  private int next() {
    int value = file.get(INT, at);
    at += Integer.BYTES;
    return value;
  }
}
