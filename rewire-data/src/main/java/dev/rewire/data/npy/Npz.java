package dev.rewire.data.npy;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import dev.rewire.data.file.Unpacked;
import dev.rewire.data.format.Beginning;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the arrays of a file that {@code numpy.savez} or {@code savez_compressed} wrote: a ZIP
 * archive of NPY files. The names in it are names of arrays and never become paths. What {@code
 * scipy.sparse.save_npz} wrote is one sparse array with the name {@code matrix}.
 */
public final class Npz implements ArrayFormat {
  private static final String ENDING = ".npy";

  /** Makes a reader. */
  public Npz() {}

  @Override
  public String name() {
    return "NumPy NPZ";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    if (!beginning.has(0, "PK\u0003\u0004") || beginning.bytes().length < 30) {
      return false;
    }
    // The name of the first file lies behind a header of 30 bytes.
    int length = (beginning.bytes()[26] & 0xff) | ((beginning.bytes()[27] & 0xff) << 8);
    return beginning.has(30 + length - ENDING.length(), ENDING);
  }

  @Override
  public <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use) {
    String file = path.toString();
    try (Unpacked unpacked = Unpacked.of(path);
        ZipFile zip = new ZipFile(unpacked.path().toFile())) {
      long size = Files.size(unpacked.path());
      List<ArrayEntry> arrays = new ArrayList<>();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(ENDING)) {
          arrays.add(array(file, zip, entry, size));
        }
      }
      return use.apply(SciPyMatrix.among(file, arrays));
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static DataException damaged(String file, Exception cause) {
    return new DataException(
        file + " is a damaged ZIP archive (" + cause.getMessage() + "): copy or download it again.",
        cause);
  }

  private static ArrayEntry array(String file, ZipFile zip, ZipEntry entry, long size)
      throws IOException {
    String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
    long packed = entry.getCompressedSize();
    long promised = entry.getSize();
    boolean stored = entry.getMethod() == ZipEntry.STORED;
    if (packed < 0
        || packed > size
        || promised < 0
        || promised > (stored ? packed : Content.MOST_PACKED * packed)) {
      throw new DataException(
          "%s promises %d bytes for array %s in %d, which cannot be: copy or download it again."
              .formatted(file, promised, name, packed));
    }
    ByteSource source =
        source(file, name, new CheckedInputStream(zip.getInputStream(entry), new CRC32()));
    NpyArray array = NpyArray.read(source, promised);
    if (array.known() && source.offset() + array.bytes() != promised) {
      throw source.wrong(
          promised,
          "has " + promised + " bytes, but promises " + (source.offset() + array.bytes()));
    }
    return array.entry(name, elements -> read(file, name, zip, entry, elements));
  }

  /** ZIP files have a checksum of each array, which the library does not compare by itself. */
  private static void read(
      String file, String name, ZipFile zip, ZipEntry entry, Consumer<ByteSource> elements) {
    try (CheckedInputStream stream =
        new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      ByteSource source = source(file, name, stream);
      NpyArray.read(source, entry.getSize());
      elements.accept(source);
      long end = source.offset();
      if (source.drain() > 0 || stream.getChecksum().getValue() != entry.getCrc()) {
        throw source.wrong(end, "is damaged: its checksum is another");
      }
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static ByteSource source(String file, String name, CheckedInputStream stream) {
    return new ByteSource(file + ", array " + name + ",", stream, ByteOrder.LITTLE_ENDIAN);
  }
}
