package dev.rewire.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A second, simple reader of NumPy archives: from the description of the format alone. */
final class NumpyReader {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\), \\} *\n");

  /** An array: type, extents as Python prints them, numbers; a text is in {@code text}. */
  record Array(String type, String shape, double[] numbers, String text) {}

  private NumpyReader() {}

  /** Reads all arrays in the order of the archive's directory. */
  static Map<String, Array> read(Path file) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        assertThat(entry.getName()).endsWith(".npy");
        String name = entry.getName().replace(".npy", "");
        arrays.put(name, array(zip.getInputStream(entry).readAllBytes()));
      }
    }
    return arrays;
  }

  private static Array array(byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[6];
    data.get(magic);
    assertThat(magic).isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'});
    assertThat(data.get()).as("major version").isEqualTo((byte) 1);
    assertThat(data.get()).as("minor version").isZero();
    byte[] header = new byte[Short.toUnsignedInt(data.getShort())];
    data.get(header);
    assertThat(data.position() % 64).as("alignment of the data").isZero();
    Matcher parts = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
    assertThat(parts.matches()).as(new String(header, StandardCharsets.US_ASCII)).isTrue();
    assertThat(parts.group(2)).isEqualTo("False");
    String type = parts.group(1);
    if (type.startsWith("|S")) {
      return new Array(type, parts.group(3), new double[0], ascii(data));
    }
    int size = Integer.parseInt(type.substring(2));
    double[] numbers = new double[data.remaining() / size];
    assertThat(data.remaining() % size).isZero();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (type) {
            case "<f4" -> data.getFloat();
            case "<i4" -> data.getInt();
            case "<i8" -> data.getLong();
            case "|b1" -> data.get();
            default -> throw new AssertionError(type);
          };
    }
    return new Array(type, parts.group(3), numbers, "");
  }

  private static String ascii(ByteBuffer data) {
    byte[] text = new byte[data.remaining()];
    data.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
