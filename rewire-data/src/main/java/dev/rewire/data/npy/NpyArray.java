package dev.rewire.data.npy;

import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.NumberType;
import dev.rewire.data.file.ByteSource;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of an array in NumPy's format (NEP 1): a magic number, a version, and a dictionary
 * with type, order and shape.
 *
 * @param shape its sizes
 * @param columnMajor whether the first index runs fastest
 * @param descr type as NumPy writes it
 * @param order of the bytes of a number
 * @param type of a number, or null if elements are none
 * @param letters bytes of a word, or 0 if elements are none
 */
public record NpyArray(
    List<Long> shape,
    boolean columnMajor,
    String descr,
    ByteOrder order,
    @Nullable NumberType type,
    int letters) {
  /** How every file of this kind begins. */
  public static final String MAGIC = "\u0093NUMPY";

  private static final int MOST_HEADER = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,20})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L, ]*)\\)");
  private static final Pattern TYPE = Pattern.compile("([<>|=])([a-zA-Z])([0-9]{0,9})");

  /** Copies the sizes. */
  public NpyArray {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a header.
   *
   * @param source at its beginning; it is then at the first element
   * @param most bytes that the array can have
   */
  static NpyArray read(ByteSource source, long most) {
    byte[] magic = new byte[8];
    source.fill(magic, magic.length);
    if (!new String(magic, 0, 6, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw source.wrong(0, "does not begin as a NumPy array does");
    }
    int version = magic[6];
    if (version < 1 || version > 3) {
      throw source.wrong(6, "has version " + version + " of the NumPy format, known are 1 to 3");
    }
    byte[] size = new byte[version == 1 ? 2 : 4];
    source.fill(size, size.length);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = (length << 8) | (size[i] & 0xff);
    }
    if (length > MOST_HEADER) {
      throw source.wrong(8, "has a header of " + length + " bytes");
    }
    String text = new String(source.bytes(length), StandardCharsets.UTF_8);
    return parse(source, text, most);
  }

  private static NpyArray parse(ByteSource source, String text, long most) {
    Matcher descr = DESCR.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !order.find() || !shape.find()) {
      throw source.wrong(10, "has a header without a simple type, an order or a shape");
    }
    Matcher parts = TYPE.matcher(descr.group(1));
    if (!parts.matches()) {
      throw source.wrong(10, "has elements of the unknown type " + descr.group(1));
    }
    List<Long> sizes = new ArrayList<>();
    double product = 1;
    for (String number : shape.group(1).split(",")) {
      String digits = number.strip().replaceFirst("L$", "");
      if (digits.isEmpty()) {
        continue;
      }
      if (!digits.matches("[0-9]{1,18}")) {
        throw source.wrong(10, "has the impossible shape (" + shape.group(1) + ")");
      }
      sizes.add(Long.valueOf(digits));
      product *= Math.max(1, sizes.getLast());
    }
    int bytes = parts.group(3).isEmpty() ? 0 : Integer.parseInt(parts.group(3));
    String kind = parts.group(2);
    int letters = kind.equals("S") ? bytes : kind.equals("U") ? 4 * bytes : 0;
    NumberType type = type(kind + bytes);
    int element = type == null ? letters : type.bytes();
    if (product * Math.max(1, element) > Math.max(1, most)) {
      throw source.wrong(10, "promises the shape (" + shape.group(1) + "), more than can follow");
    }
    return new NpyArray(
        sizes,
        order.group(1).equals("True"),
        descr.group(1),
        parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        type,
        letters);
  }

  private static @Nullable NumberType type(String kind) {
    return switch (kind) {
      case "b1" -> NumberType.BOOL;
      case "i1" -> NumberType.INT8;
      case "u1" -> NumberType.UINT8;
      case "i2" -> NumberType.INT16;
      case "u2" -> NumberType.UINT16;
      case "i4" -> NumberType.INT32;
      case "u4" -> NumberType.UINT32;
      case "i8" -> NumberType.INT64;
      case "u8" -> NumberType.UINT64;
      case "f2" -> NumberType.FLOAT16;
      case "f4" -> NumberType.FLOAT32;
      case "f8" -> NumberType.FLOAT64;
      default -> null;
    };
  }

  /**
   * Returns how many elements there are.
   *
   * @return the product of the sizes
   */
  public long count() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Returns whether the elements are numbers or words, so that their size is known. */
  boolean known() {
    return type != null || letters > 0;
  }

  /** The bytes of all elements. */
  long bytes() {
    return count() * (type == null ? letters : type.bytes());
  }

  /** Bytes of an array that lies open, its header read over. */
  @FunctionalInterface
  interface Body {
    /** Opens the array, hands it over, and checks that nothing follows. */
    void read(java.util.function.Consumer<ByteSource> elements);
  }

  /**
   * Makes an entry.
   *
   * @param name what messages call it
   * @param body opens its elements
   */
  ArrayEntry entry(String name, Body body) {
    NumberType numbers = type;
    if (numbers != null) {
      return new ArrayEntry.Dense(
          name,
          shape,
          descr,
          columnMajor,
          sink -> body.read(source -> numbers.read(source, order, count(), sink)));
    }
    if (letters > 0) {
      return new ArrayEntry.Text(name, shape, "text " + descr, words(body));
    }
    return new ArrayEntry.Other(
        name, shape, descr.endsWith("O") ? "Python objects, which are never loaded" : descr);
  }

  private Supplier<List<String>> words(Body body) {
    return () -> {
      List<String> words = new ArrayList<>();
      byte[] word = new byte[letters];
      var charset =
          !descr.contains("U")
              ? StandardCharsets.ISO_8859_1
              : order == ByteOrder.BIG_ENDIAN
                  ? StandardCharsets.UTF_32BE
                  : StandardCharsets.UTF_32LE;
      body.read(source -> {
        for (long i = 0; i < count(); i++) {
          source.fill(word, letters);
          words.add(new String(word, charset).replaceFirst("\0+$", ""));
        }
      });
      return words;
    };
  }
}
