package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a NumPy file says about itself (format 1 to 3).
 *
 * @param type for example {@code <f4} or {@code |u1}
 * @param shape one number an axis
 * @param start first byte of the numbers
 */
record NpyHeader(String type, List<Long> shape, long start) {
  private static final String MAGIC = "\u0093NUMPY";
  private static final int LONGEST = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=][a-z][0-9]+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  /** Says whether a file begins like one. */
  static boolean begins(MemorySegment file) {
    return file.byteSize() > MAGIC.length() && text(file, 0, MAGIC.length()).equals(MAGIC);
  }

  /** Reads and checks the header of a file in the order of C, and compares it with the length. */
  static NpyHeader read(Path path, MemorySegment file) {
    if (!begins(file) || file.byteSize() < 12) {
      throw new DataException(path + " is no NPY file: give one that numpy.save has written.");
    }
    int major = file.get(ValueLayout.JAVA_BYTE, 6);
    long at = major == 1 ? 10 : 12;
    long length = 0;
    for (int i = (int) at - 1; i >= 8; i--) {
      length = length << 8 | (file.get(ValueLayout.JAVA_BYTE, i) & 0xff);
    }
    if (major < 1 || major > 3 || length > LONGEST || at + length > file.byteSize()) {
      throw new DataException(path + " has a damaged NPY header: copy it again.");
    }
    String header = text(file, at, length);
    if (!found(ORDER, header, path).equals("False")) {
      throw new DataException(
          path
              + " is in the order of Fortran, so that its samples cannot be read in place: save"
              + " numpy.ascontiguousarray(x).");
    }
    List<Long> shape = new ArrayList<>();
    long elements = 1;
    try {
      for (String extent : found(SHAPE, header, path).split(",")) {
        if (!extent.isBlank()) {
          shape.add(Long.parseLong(extent.strip()));
          elements = Math.multiplyExact(elements, shape.getLast());
        }
      }
    } catch (ArithmeticException | NumberFormatException large) {
      throw new DataException(path + " has an impossible shape in its NPY header.", large);
    }
    NpyHeader npy = new NpyHeader(found(TYPE, header, path), List.copyOf(shape), at + length);
    long bytes = Integer.parseInt(npy.type.substring(2));
    if (shape.isEmpty()
        || elements == 0
        || elements != (file.byteSize() - npy.start) / bytes
        || (file.byteSize() - npy.start) % bytes != 0) {
      throw new DataException(
          "%s has %d bytes behind its header, but %s numbers of %d bytes: copy it again."
              .formatted(path, file.byteSize() - npy.start, elements, bytes));
    }
    return npy;
  }

  private static String found(Pattern pattern, String header, Path path) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new DataException(
          path + " has no plain array of numbers (" + header.strip() + "): save one array alone.");
    }
    return String.valueOf(matcher.group(1));
  }

  private static String text(MemorySegment file, long from, long length) {
    return new String(
        file.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }
}
