package dev.rewire.data.hdf5;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.NumberSink;
import dev.rewire.data.array.SparseMatrix;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Arrays of a file, and what MATLAB says about them in attributes. */
final class HdfArrays {
  private static final String CLASS = "MATLAB_class";
  private static final String SPARSE = "MATLAB_sparse";
  private static final String EMPTY = "MATLAB_empty";
  private static final int BLOCK = 1 << 13;
  private static final Set<Class<?>> NUMBERS =
      Set.of(
          byte.class,
          short.class,
          int.class,
          long.class,
          float.class,
          double.class,
          BigInteger.class);

  private final Path path;
  private final boolean matlab;
  private final long most;

  /**
   * Prepares for a file.
   *
   * @param path for messages
   * @param matlab whether MATLAB wrote it, so that the last index is the row
   * @param most bytes that its content can have
   */
  HdfArrays(Path path, boolean matlab, long most) {
    this.path = path;
    this.matlab = matlab;
    this.most = most;
  }

  ArrayEntry entry(Dataset dataset) {
    String name = name(dataset);
    List<Long> shape = shape(dataset);
    if (dataset.isEmpty() || dataset.isCompound() || dataset.getAttribute(EMPTY) != null) {
      return new ArrayEntry.Other(name, shape, "neither numbers nor words");
    }
    if (bytes(dataset) > most) {
      return new ArrayEntry.Other(name, shape, "more than the file can hold");
    }
    Class<?> type = dataset.getJavaType();
    if (type == String.class) {
      return new ArrayEntry.Text(name, shape, "text", () -> words(dataset));
    }
    if (!NUMBERS.contains(type)) {
      return new ArrayEntry.Other(name, shape, type.getSimpleName());
    }
    if (matlab && "char".equals(attribute(dataset, CLASS)) && shape.size() == 2) {
      return new ArrayEntry.Text(
          name, List.of(shape.getFirst()), "char", () -> letters(dataset, shape));
    }
    return new ArrayEntry.Dense(
        name, shape, type.getSimpleName(), matlab, sink -> numbers(dataset, sink));
  }

  private static String name(Node node) {
    return node.getPath().replaceFirst("^/", "").replaceFirst("/$", "");
  }

  /** Returns the sizes as the user knows them. */
  private List<Long> shape(Dataset dataset) {
    List<Long> shape = new ArrayList<>();
    for (long extent : dataset.getDimensionsAsLong()) {
      if (extent < 0) {
        throw new DataException(
            path + " has an array " + name(dataset) + " of size " + extent + ": copy it again.");
      }
      shape.add(extent);
    }
    return matlab ? shape.reversed() : shape;
  }

  private static Object attribute(Node node, String name) {
    Attribute attribute = node.getAttribute(name);
    return attribute == null ? "" : attribute.getData();
  }

  private static double bytes(Dataset dataset) {
    double bytes = Math.max(1, dataset.getDataType().getSize());
    for (long extent : dataset.getDimensionsAsLong()) {
      bytes *= extent;
    }
    return bytes;
  }

  private Object flat(Dataset dataset) {
    if (bytes(dataset) > most) {
      throw new DataException(
          "%s promises %.0f bytes for array %s, more than the file can hold: copy it again."
              .formatted(path, bytes(dataset), name(dataset)));
    }
    return Hdf5.guarded(path, dataset::getDataFlat);
  }

  private void numbers(Dataset dataset, NumberSink sink) {
    double[] all = doubles(dataset);
    long expected = shape(dataset).stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    if (all.length != expected) {
      throw new DataException(
          "%s has %d numbers in array %s, not %d: copy it again."
              .formatted(path, all.length, name(dataset), expected));
    }
    for (int from = 0; from < all.length; from += BLOCK) {
      int count = Math.min(BLOCK, all.length - from);
      sink.accept(Arrays.copyOfRange(all, from, from + count), count);
    }
  }

  private double[] doubles(Dataset dataset) {
    Object flat = flat(dataset);
    if (flat instanceof double[] doubles) {
      return doubles;
    }
    Class<?> type = flat.getClass().getComponentType();
    if (!NUMBERS.contains(type)) {
      throw new DataException(path + " has no numbers in array " + name(dataset) + ".");
    }
    double[] doubles = new double[Array.getLength(flat)];
    for (int i = 0; i < doubles.length; i++) {
      // 64 bits without a sign come as objects.
      doubles[i] =
          flat instanceof BigInteger[] large ? large[i].doubleValue() : Array.getDouble(flat, i);
    }
    return doubles;
  }

  private List<String> words(Dataset dataset) {
    Object flat = flat(dataset);
    if (flat instanceof Object[] words) {
      return Arrays.stream(words).map(String::valueOf).toList();
    }
    return List.of(String.valueOf(flat));
  }

  /** MATLAB stores the codes of letters column by column, one word a row. */
  private List<String> letters(Dataset dataset, List<Long> shape) {
    double[] codes = doubles(dataset);
    int rows = Math.toIntExact(shape.getFirst());
    List<String> words = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      StringBuilder word = new StringBuilder();
      for (int at = r; at < codes.length; at += rows) {
        word.append((char) codes[at]);
      }
      words.add(word.toString().strip());
    }
    return words;
  }

  /** Says whether a group is a sparse matrix of MATLAB. */
  boolean isSparse(Group group) {
    return matlab && group.getAttribute(SPARSE) != null;
  }

  /** Makes an entry of a sparse matrix, which lies in columns. */
  ArrayEntry sparse(Group group) {
    long rows = attribute(group, SPARSE) instanceof Number number ? number.longValue() : -1;
    long columns = part(group, "jc").getSize() - 1;
    if (rows < 0 || rows > Integer.MAX_VALUE - 16 || columns < 0) {
      throw new DataException(
          path + " has a sparse matrix " + name(group) + " of " + rows + " rows: copy it again.");
    }
    return new ArrayEntry.Sparse(
        name(group), rows, columns, "sparse", () -> sparse(group, (int) rows));
  }

  private Dataset part(Group group, String name) {
    if (group.getChild(name) instanceof Dataset dataset) {
      return dataset;
    }
    throw new DataException(
        path + " has a sparse matrix " + name(group) + " without " + name + ": save it again.");
  }

  private SparseMatrix sparse(Group group, int rows) {
    double[] starts = doubles(part(group, "jc"));
    boolean none = starts.length == 0 || starts[starts.length - 1] == 0;
    double[] row = none ? new double[0] : doubles(part(group, "ir"));
    double[] values = none ? new double[0] : doubles(part(group, "data"));
    return SparseMatrix.ofColumns(path.toString(), rows, starts, row, values);
  }
}
