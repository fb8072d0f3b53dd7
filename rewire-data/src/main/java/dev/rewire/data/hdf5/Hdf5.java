package dev.rewire.data.hdf5;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.file.Content;
import dev.rewire.data.file.Unpacked;
import dev.rewire.data.format.Beginning;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the arrays of HDF5 files, and of those that MATLAB writes by {@code save -v7.3}, whose
 * indices run the other way round. Links are not followed, so no other file is opened.
 */
public final class Hdf5 implements ArrayFormat {
  private static final String SIGNATURE = "\u0089HDF\r\n\u001a\n";
  private static final String MATLAB = "MATLAB 7.3 MAT-file";
  private static final int FIRST_PLACE = 512;
  private static final int MOST_ARRAYS = 10_000;
  private static final int DEEPEST = 32;

  /** Makes a reader. */
  public Hdf5() {}

  @Override
  public String name() {
    return "HDF5";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return start(beginning) >= 0;
  }

  /** The signature may lie behind a block of the user, of 512 bytes or any power of two above. */
  private static int start(Beginning beginning) {
    if (beginning.has(0, SIGNATURE)) {
      return 0;
    }
    for (int at = FIRST_PLACE; at < beginning.bytes().length; at *= 2) {
      if (beginning.has(at, SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use) {
    Beginning beginning = Beginning.of(path);
    boolean matlab = beginning.has(0, MATLAB);
    int start = start(beginning);
    if (start < 0) {
      throw new DataException(
          path + " has no signature of HDF5 in its first bytes: copy or download it again.");
    }
    try (Unpacked unpacked = Unpacked.of(path)) {
      checkEnd(path, beginning.bytes(), start, Files.size(unpacked.path()));
      long most = Content.MOST_PACKED * Files.size(unpacked.path());
      try (HdfFile file = guarded(path, () -> new HdfFile(unpacked.path()))) {
        HdfArrays arrays = new HdfArrays(path, matlab, most);
        List<ArrayEntry> entries = new ArrayList<>();
        guarded(
            path,
            () -> {
              collect(path, file, 0, arrays, entries);
              return entries;
            });
        return use.apply(entries);
      }
    } catch (IOException e) {
      throw damaged(path, e);
    }
  }

  /** Compares the length of the file with the one in its superblock. */
  private static void checkEnd(Path path, byte[] bytes, int start, long size) {
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int version = start + SIGNATURE.length();
    int at = start + (version < bytes.length && block.get(version) < 2 ? 40 : 28);
    long end = at + Long.BYTES <= bytes.length ? block.getLong(at) : Long.MAX_VALUE;
    if (end > size) {
      throw new DataException(
          path
              + " ends at byte "
              + size
              + (end == Long.MAX_VALUE ? ", inside its first block" : ", but should at byte " + end)
              + ": copy or download it again.");
    }
  }

  private static void collect(
      Path path, Group group, int depth, HdfArrays arrays, List<ArrayEntry> into) {
    if (depth > DEEPEST || into.size() > MOST_ARRAYS) {
      throw new DataException(
          path
              + " has more than "
              + MOST_ARRAYS
              + " arrays, or groups more than "
              + DEEPEST
              + " deep: copy what you need into a file of its own.");
    }
    for (Node node : group) {
      if (node.isLink() || node.getName().startsWith("#")) {
        continue;
      }
      if (node instanceof Dataset dataset) {
        into.add(arrays.entry(dataset));
      } else if (node instanceof Group inner) {
        if (arrays.isSparse(inner)) {
          into.add(arrays.sparse(inner));
        } else {
          collect(path, inner, depth + 1, arrays, into);
        }
      }
    }
  }

  /**
   * Calls the library, which believes what a file says about itself: damage shows as any exception,
   * as a recursion without end, or as an array larger than the heap.
   */
  static <T> T guarded(Path path, Supplier<T> call) {
    try {
      return call.get();
    } catch (DataException known) {
      throw known;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw damaged(path, e);
    }
  }

  private static DataException damaged(Path path, Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof UnsupportedHdfException) {
        return new DataException(
            path
                + " uses something of HDF5 that cannot be read yet ("
                + t.getMessage()
                + "): write it with an older format version (h5repack --high=2, or h5py.File with"
                + " libver=(\"earliest\", \"v110\")).",
            cause);
      }
    }
    return new DataException(
        path + " is a damaged HDF5 file (" + cause + "): copy or download it again.", cause);
  }
}
