package dev.rewire.data.mat;

import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.NumberType;
import dev.rewire.data.array.SparseMatrix;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;

/** A variable of a file, as its bytes; they are unpacked when it is read. */
final class MatVariable {
  private static final int MATRIX = 14;
  private static final int CELL = 1;
  private static final int CHAR = 4;
  private static final int SPARSE = 5;
  private static final int FIRST_NUMBER = 6;
  private static final int LAST_NUMBER = 15;
  private static final int COMPLEX = 0x0800;
  private static final int LOGICAL = 0x0200;
  private static final int MOST_DIMENSIONS = 32;
  private static final double MOST_NUMBERS = 0x1p58;
  private static final long MOST_WORDS = 1 << 26;
  private static final String[] CLASSES = {
    "?",
    "cell",
    "struct",
    "object",
    "char",
    "sparse",
    "double",
    "single",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "function",
    "opaque"
  };

  private final String file;
  private final ByteOrder order;
  private final boolean packed;
  private final byte[] body;
  private final String place;

  MatVariable(String file, long at, ByteOrder order, boolean packed, byte[] body) {
    this.file = file;
    this.order = order;
    this.packed = packed;
    this.body = body;
    this.place =
        packed
            ? file + ", inside the packed variable at byte " + at + ","
            : file + ", inside the variable at byte " + at + ",";
  }

  /** The most bytes that this variable can have. */
  private long most() {
    return packed ? (long) Content.MOST_PACKED * body.length : body.length;
  }

  private ByteSource source() {
    InputStream bytes = new ByteArrayInputStream(body);
    return new ByteSource(place, packed ? new InflaterInputStream(bytes) : bytes, order);
  }

  /** Reads the header of the variable. */
  ArrayEntry entry() {
    ByteSource source = source();
    if (packed) {
      MatElement matrix = MatElement.read(source);
      if (matrix.type() != MATRIX) {
        throw source.wrong(0, "there is no variable but an element of type " + matrix.type());
      }
    }
    Header header = header(source);
    int kind = header.kind();
    String type = kind < CLASSES.length ? CLASSES[kind] : "class " + kind;
    if (header.complex()) {
      return new ArrayEntry.Other(header.name(), header.shape(), "complex " + type);
    }
    if (kind >= FIRST_NUMBER && kind <= LAST_NUMBER) {
      check(source, header.count());
      return new ArrayEntry.Dense(
          header.name(),
          header.shape(),
          header.logical() ? "logical" : type,
          true,
          sink -> {
            ByteSource again = afterHeader();
            MatElement numbers = MatElement.read(again);
            numbers.check(again, header.count(), most());
            numbers.numbers(again).read(again, order, header.count(), sink);
            again.drain();
          });
    }
    if (kind == SPARSE && header.shape().size() == 2) {
      long rows = header.shape().get(0);
      long columns = header.shape().get(1);
      return new ArrayEntry.Sparse(header.name(), rows, columns, "sparse", () -> sparse(header));
    }
    if (kind == CELL || kind == CHAR) {
      long words = kind == CELL ? header.count() : header.shape().getFirst();
      return new ArrayEntry.Text(
          header.name(),
          kind == CELL ? header.shape() : List.of(words),
          type,
          () -> kind == CELL ? cells(header) : words(afterHeader(), header));
    }
    return new ArrayEntry.Other(header.name(), header.shape(), type);
  }

  /** Refuses sizes for which there cannot be enough bytes. */
  private void check(ByteSource source, long count) {
    if (count > most()) {
      throw source.wrong(
          source.offset(), "there are said to be " + count + " numbers, more than bytes");
    }
  }

  private ByteSource afterHeader() {
    ByteSource source = source();
    if (packed) {
      MatElement.read(source);
    }
    header(source);
    return source;
  }

  private record Header(int kind, boolean complex, boolean logical, List<Long> shape, String name) {
    long count() {
      return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
  }

  private static Header header(ByteSource source) {
    long at = source.offset();
    MatElement flags = MatElement.read(source);
    if (flags.length() != 8) {
      throw source.wrong(at, "the flags of an array have " + flags.length() + " bytes, not 8");
    }
    int word = source.int32();
    source.int32();
    int kind = word & 0xff;
    at = source.offset();
    MatElement sizes = MatElement.read(source);
    if (sizes.length() < 8 || sizes.length() > 4 * MOST_DIMENSIONS || sizes.length() % 4 != 0) {
      throw source.wrong(at, "the sizes of an array have " + sizes.length() + " bytes");
    }
    List<Long> shape = new ArrayList<>();
    double product = 1;
    for (int i = 0; i < sizes.length() / 4; i++) {
      long extent = source.int32();
      product *= Math.max(1, extent);
      if (extent < 0 || product > MOST_NUMBERS) {
        throw source.wrong(at, "an array has the impossible size " + extent);
      }
      shape.add(extent);
    }
    sizes.skipPadding(source);
    at = source.offset();
    MatElement name = MatElement.read(source);
    if (name.length() > 255) {
      throw source.wrong(at, "the name of an array has " + name.length() + " bytes");
    }
    String text = new String(source.bytes(name.length()), StandardCharsets.ISO_8859_1);
    name.skipPadding(source);
    return new Header(kind, (word & COMPLEX) != 0, (word & LOGICAL) != 0, shape, text);
  }

  private SparseMatrix sparse(Header header) {
    ByteSource source = afterHeader();
    long most = most();
    int rows = header.shape().get(0).intValue();
    int columns = header.shape().get(1).intValue();
    double[] row = numbers(source, -1, most);
    double[] start = numbers(source, columns + 1L, most);
    double[] values = numbers(source, -1, most);
    source.drain();
    return SparseMatrix.ofColumns(file, rows, start, row, values);
  }

  /** Reads an element as numbers; -1 for as many as it has. */
  private double[] numbers(ByteSource source, long wanted, long most) {
    MatElement element = MatElement.read(source);
    NumberType type = element.numbers(source);
    long count = wanted < 0 ? element.length() / type.bytes() : wanted;
    element.check(source, count, most);
    double[] values = new double[(int) count];
    int[] end = {0};
    type.read(
        source,
        order,
        count,
        (block, length) -> {
          System.arraycopy(block, 0, values, end[0], length);
          end[0] += length;
        });
    element.skipPadding(source);
    return values;
  }

  private List<String> cells(Header header) {
    ByteSource source = afterHeader();
    check(source, header.count());
    List<String> words = new ArrayList<>();
    for (long i = 0; i < header.count(); i++) {
      long at = source.offset();
      MatElement cell = MatElement.read(source);
      if (cell.type() != MATRIX || cell.length() == 0) {
        throw source.wrong(at, "cell " + (i + 1) + " is empty or no array");
      }
      Header inner = header(source);
      if (inner.kind() != CHAR) {
        throw source.wrong(at, "cell " + (i + 1) + " has no text");
      }
      words.add(inner.count() == 0 ? "" : String.join("", words(source, inner)));
    }
    return words;
  }

  /** Reads the rows of a matrix of letters, which lie column by column. */
  private List<String> words(ByteSource source, Header header) {
    int rows = (int) Math.min(Integer.MAX_VALUE, header.shape().getFirst());
    if (header.count() > Math.min(MOST_WORDS, most())) {
      throw source.wrong(source.offset(), "there are said to be " + header.count() + " letters");
    }
    MatElement element = MatElement.read(source);
    if (element.length() > most()) {
      throw source.wrong(
          source.offset(), "letters are said to have " + element.length() + " bytes");
    }
    String all = element.text(source, order);
    element.skipPadding(source);
    if (all.length() != header.count()) {
      throw source.wrong(
          source.offset(), "there are " + all.length() + " letters, not " + header.count());
    }
    List<String> words = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      StringBuilder word = new StringBuilder();
      for (int at = r; at < all.length(); at += rows) {
        word.append(all.charAt(at));
      }
      words.add(word.toString().strip());
    }
    return words;
  }
}
