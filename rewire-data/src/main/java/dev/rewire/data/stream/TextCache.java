package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.csv.Classes;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.CsvStream;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.libsvm.LibsvmStream;
import dev.rewire.data.stream.CacheFile.Cached;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.SparseRows;
import dev.rewire.dataset.Targets;
import dev.rewire.model.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Text that is turned once into a file that can be mapped, and made anew when the text or the way
 * to read it has changed (its size, its time, any option).
 *
 * <p>The cache is written beside the text, or into a folder, under a temporary name until it is
 * whole. Nothing but labels and, of sparse samples, where they begin, goes over the heap.
 */
final class TextCache {
  private static final String ENDING = ".rewire-cache";

  private final Path source;
  private final Path cache;
  private final Hearer hearer;

  /** Hears what takes long. */
  @FunctionalInterface
  interface Hearer {
    void hear(String sentence);
  }

  TextCache(Path source, StreamOptions options, Hearer hearer) {
    this.source = source;
    this.hearer = hearer;
    Path folder = options.cacheFolder();
    cache =
        folder == null
            ? source.resolveSibling(source.getFileName() + ENDING)
            : folder.resolve(source.getFileName() + "." + place(source) + ENDING);
  }

  /** Tells files of one name in different folders apart. */
  private static String place(Path source) {
    CRC32C place = new CRC32C();
    place.update(source.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", place.getValue());
  }

  /**
   * Opens a table.
   *
   * @param options how to read the text
   * @param labelling where the classes come from
   */
  Cached csv(CsvOptions options, Labelling labelling) {
    // missing values stay what they are, so that one cache serves whatever is done about them
    CsvOptions read =
        options.missing() == Missing.REFUSE ? options : options.withMissing(Missing.KEEP);
    String key = key(read, labelling);
    return open(key, writer -> writeCsv(writer, read, labelling, key));
  }

  private void writeCsv(CacheWriter writer, CsvOptions options, Labelling labelling, String key)
      throws IOException {
    int[] width = new int[1];
    CsvStream rest =
        CsvStream.read(
            source,
            options,
            labelling.head(),
            row -> {
              width[0] = row.length;
              try {
                writer.floats(row);
              } catch (IOException failure) {
                throw notWritable(failure);
              }
            });
    Targets targets = targets(rest.classes(), rest.rows(), labelling);
    writer.finish(
        false,
        width[0],
        (long) rest.rows() * width[0],
        targets,
        List.of(List.of(key), targets.names(), rest.featureNames()),
        0);
  }

  /**
   * Opens sparse samples.
   *
   * @param options how to read the text
   * @param labelling where the classes come from
   */
  Cached libsvm(LibsvmOptions options, Labelling labelling) {
    String key = key(options, labelling);
    return open(key, writer -> writeLibsvm(writer, options, labelling, key));
  }

  private void writeLibsvm(
      CacheWriter writer, LibsvmOptions options, Labelling labelling, String key)
      throws IOException {
    // Whether indices count from 0 or 1 is known at the end only, and so is where values go.
    try (SpilledEntries entries = SpilledEntries.beside(cache)) {
      SparseRows rows = new SparseRows(entries);
      LibsvmStream rest = LibsvmStream.read(source, options, labelling.head(), rows);
      long[] rowStart = rows.finish();
      entries.copyFeatures(writer, rest.first());
      writer.align();
      entries.copyValues(writer);
      writer.align();
      for (long start : rowStart) {
        writer.number(start);
      }
      Targets targets = targets(rest.classes(), rowStart.length - 1, labelling);
      writer.finish(
          true,
          rest.width(),
          rowStart[rowStart.length - 1],
          targets,
          List.of(List.of(key), targets.names(), List.of()),
          rest.first());
    }
  }

  /** There need not be any labels where they are ignored. */
  private static Targets targets(Classes classes, int rows, Labelling labelling) {
    return labelling instanceof Labelling.Ignored(List<String> names)
        ? new ClassTargets(Head.CLASSES, new int[rows], names)
        : labelling.targets(classes);
  }

  String key(Object options, Labelling labelling) {
    String classes =
        switch (labelling) {
          case Labelling.Found(_, Head head) ->
              head == null ? "labels as found" : "labels as found, " + head.id();
          case Labelling.Known(List<String> known, Head head) -> head.id() + " " + known;
          case Labelling.Ignored(List<String> known) -> "without classes for " + known;
        };
    try {
      return "%d bytes of %s, %s, %s"
          .formatted(Files.size(source), Files.getLastModifiedTime(source), options, classes);
    } catch (IOException failure) {
      throw new DataException(
          source + " cannot be read (" + failure.getMessage() + "): check the file.", failure);
    }
  }

  /** What is written into a cache. */
  private interface Body {
    void write(CacheWriter writer) throws IOException;
  }

  private Cached open(String key, Body body) {
    Cached there = CacheFile.open(cache, Csv.name(source), key);
    if (there != null) {
      return there;
    }
    hearer.hear("turning " + source + " into " + cache + ", once");
    try {
      if (cache.getParent() != null) {
        Files.createDirectories(cache.getParent());
      }
      AtomicFile.write(cache, (WritableByteChannel out) -> body.write(new CacheWriter(out)));
    } catch (IOException | UncheckedIOException failure) {
      throw notWritable(failure);
    }
    Cached made = CacheFile.open(cache, Csv.name(source), key);
    if (made == null) {
      throw new DataException(
          cache + " was changed while it was written: do not use one cache from two programs.");
    }
    return made;
  }

  private DataException notWritable(Exception failure) {
    return new DataException(
        cache
            + " cannot be written ("
            + failure.getMessage()
            + "): make room for about as much as the text takes, or give another folder by"
            + " --cache-dir.",
        failure);
  }
}
