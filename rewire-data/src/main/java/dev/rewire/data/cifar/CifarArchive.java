package dev.rewire.data.cifar;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.dataset.InMemoryDataset;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archive in which CIFAR-10 is published, {@code cifar-10-binary.tar.gz}, without
 * unpacking it to the disk: names in the archive only say what a part is, and never become paths.
 */
public final class CifarArchive implements Format {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int MAGIC_AT = 257;

  /** Makes a reader. */
  public CifarArchive() {}

  @Override
  public String name() {
    return "CIFAR-10 archive";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.has(MAGIC_AT, "ustar") && beginning.has(0, "cifar-10-batches-bin/");
  }

  /** Reads the training pictures, or all of them if labels are not needed. */
  @Override
  public Samples read(Path path, ReadOptions options, Labelling labels) {
    Parts parts = parts(path);
    return Samples.of(
        Cifar.dataset(Csv.name(path), path, parts.train, parts.names, labels), options);
  }

  @Override
  public @Nullable DatasetPair readPair(Path path, @Nullable Path test, ReadOptions options) {
    if (test != null) {
      return null;
    }
    Parts parts = parts(path);
    String name = Csv.name(path);
    Labelling found = new Labelling.Found();
    return new DatasetPair(
        Cifar.dataset(name, path, parts.train, parts.names, found),
        Cifar.dataset(name, path, parts.test, parts.names, found));
  }

  private static final class Parts {
    final CifarRecords train = new CifarRecords();
    final CifarRecords test = new CifarRecords();
    List<String> names = InMemoryDataset.numbered(CifarRecords.CLASSES);
  }

  private static Parts parts(Path path) {
    Parts parts = new Parts();
    try (Content content = Content.open(path)) {
      ByteSource source = new ByteSource(path.toString(), content.stream(), ByteOrder.BIG_ENDIAN);
      byte[] header = new byte[BLOCK];
      while (source.upTo(header, BLOCK) == BLOCK && header[0] != 0) {
        long at = source.offset() - BLOCK;
        String name = text(header, 0, NAME);
        String digits = text(header, SIZE_AT, SIZE).strip();
        if (!digits.matches("[0-7]{1,11}")) {
          throw source.wrong(at + SIZE_AT, "has a part of impossible size");
        }
        long size = Long.parseLong(digits, 8);
        if (size > content.most()) {
          throw source.wrong(at + SIZE_AT, "has a part of " + size + " bytes, more than follow");
        }
        part(parts, path + ", part " + name, name, size, source);
        source.skip(Math.floorMod(-size, (long) BLOCK));
      }
      source.drain();
    }
    if (parts.train.labels().length == 0 || parts.test.labels().length == 0) {
      throw new DataException(path + " lacks training or test pictures: download it again.");
    }
    return parts;
  }

  private static void part(Parts parts, String place, String name, long size, ByteSource source) {
    if (name.matches(".*/data_batch_[0-9]\\.bin")) {
      parts.train.read(place, new ByteArrayInputStream(source.bytes(size)));
    } else if (name.endsWith("/test_batch.bin")) {
      parts.test.read(place, new ByteArrayInputStream(source.bytes(size)));
    } else if (name.endsWith("/batches.meta.txt")) {
      parts.names =
          CifarFolder.classNames(place, new String(source.bytes(size), StandardCharsets.UTF_8));
    } else {
      source.skip(size);
    }
  }

  private static String text(byte[] header, int from, int length) {
    return new String(header, from, length, StandardCharsets.ISO_8859_1)
        .replaceFirst("(?s)\0.*", "");
  }
}
