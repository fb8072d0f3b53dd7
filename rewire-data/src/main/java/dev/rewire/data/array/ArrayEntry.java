package dev.rewire.data.array;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An array in a file. What it is comes from a header; its content is read when asked for. */
public sealed interface ArrayEntry {
  /**
   * Returns what the file calls it.
   *
   * @return a name, perhaps with a path
   */
  String name();

  /**
   * Returns its sizes.
   *
   * @return one number a dimension, in the order in which a user knows them
   */
  List<Long> shape();

  /**
   * Returns how its elements are stored.
   *
   * @return a few words
   */
  String type();

  /**
   * Describes the array in a message.
   *
   * @return for example {@code X (72 x 7129 double)}
   */
  default String describe() {
    String sizes = shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
    return name() + " (" + (sizes.isEmpty() ? "" : sizes + " ") + type() + ")";
  }

  /**
   * Numbers, all of them stored.
   *
   * @param name what the file calls it
   * @param shape its sizes
   * @param type how a number is stored
   * @param columnMajor whether the first index runs fastest in the file, as in MATLAB and Fortran
   * @param reader reads the numbers in the order of the file, as many as the shape says
   */
  record Dense(String name, List<Long> shape, String type, boolean columnMajor, NumberReader reader)
      implements ArrayEntry {
    /** Copies the list. */
    public Dense {
      shape = List.copyOf(shape);
    }

    /**
     * Returns the number of elements.
     *
     * @return the product of the shape
     */
    public long count() {
      return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
  }

  /**
   * A matrix of which only some numbers are stored.
   *
   * @param name what the file calls it
   * @param rows its rows
   * @param columns its columns
   * @param type how it is stored
   * @param reader reads the whole matrix
   */
  record Sparse(String name, long rows, long columns, String type, Supplier<SparseMatrix> reader)
      implements ArrayEntry {
    @Override
    public List<Long> shape() {
      return List.of(rows, columns);
    }
  }

  /**
   * Words, one an element.
   *
   * @param name what the file calls it
   * @param shape its sizes
   * @param type how it is stored
   * @param reader reads all words
   */
  record Text(String name, List<Long> shape, String type, Supplier<List<String>> reader)
      implements ArrayEntry {
    /** Copies the list. */
    public Text {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Something that is no array of numbers or words.
   *
   * @param name what the file calls it
   * @param shape its sizes, or nothing
   * @param type what it is
   */
  record Other(String name, List<Long> shape, String type) implements ArrayEntry {
    /** Copies the list. */
    public Other {
      shape = List.copyOf(shape);
    }
  }

  /** Reads the numbers of an array. */
  @FunctionalInterface
  interface NumberReader {
    /**
     * Reads all numbers.
     *
     * @param sink receives them in the order of the file
     * @throws dev.rewire.data.DataException if they are damaged
     */
    void read(NumberSink sink);
  }
}
