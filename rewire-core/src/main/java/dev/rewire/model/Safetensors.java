package dev.rewire.model;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named arrays in the safetensors format: 8 bytes with the length of the header, a JSON header with
 * type, shape and position of each array, then the arrays themselves, all little-endian.
 */
final class Safetensors {
  /** A header that is longer was not written by anybody; the format's own limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int ALIGNMENT = 64;
  private static final long BLOCK = 1 << 24;
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  /** What an element is. */
  enum Type {
    F32(Float.BYTES),
    I32(Integer.BYTES),
    I64(Long.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of an element, of types that others write too. */
    static int bytes(String type) {
      if (type.equals("BOOL") || type.startsWith("F8")) {
        return 1;
      }
      return Integer.parseInt(type.replaceFirst("\\D+", "")) / Byte.SIZE;
    }
  }

  /** One array in memory. */
  record Tensor(String name, Type type, MemorySegment data) {
    long length() {
      return data.byteSize() / type.bytes;
    }
  }

  /** Where an array lies in a file. */
  record Place(String type, List<Long> shape, long length, long begin, long end) {}

  /** The header of a file: what is said about it, and where its arrays are. */
  record Header(Map<String, String> metadata, Map<String, Place> places, long dataStart) {}

  /** Writes a file so that at any moment the old one or the new one is there, and whole. */
  static void write(Path path, Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    AtomicFile.write(path, out -> write(out, metadata, tensors));
  }

  static void write(WritableByteChannel out, Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    AtomicFile.writeAll(out, ByteBuffer.wrap(header(metadata, tensors)));
    for (Tensor tensor : tensors) {
      for (long from = 0; from < tensor.data().byteSize(); from += BLOCK) {
        long length = Math.min(BLOCK, tensor.data().byteSize() - from);
        AtomicFile.writeAll(out, tensor.data().asSlice(from, length).asByteBuffer());
      }
    }
  }

  private static byte[] header(Map<String, String> metadata, List<Tensor> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(METADATA, metadata);
    long begin = 0;
    for (Tensor tensor : tensors) {
      long end = begin + tensor.data().byteSize();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", tensor.type().name());
      entry.put("shape", List.of(tensor.length()));
      entry.put("data_offsets", List.of(begin, end));
      header.put(tensor.name(), entry);
      begin = end;
    }
    byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length + Long.BYTES, ALIGNMENT) * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded - Long.BYTES).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  /** Reads the header and checks that every array lies within the file. */
  static Header header(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new ModelFormatException(path + " is no model file: it has only " + size + " bytes");
    }
    long length = read(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw new ModelFormatException(path + " is no model file: it does not begin as one");
    }
    if (length > size - Long.BYTES) {
      throw cutShort(path, Long.BYTES + length, size);
    }
    long start = Long.BYTES + length;
    try {
      byte[] json = read(channel, Long.BYTES, (int) length).array();
      return header(path, new String(json, StandardCharsets.UTF_8), start, size);
    } catch (IllegalArgumentException
        | ArithmeticException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException bad) {
      throw new ModelFormatException(path + " has a damaged header: " + bad.getMessage(), bad);
    }
  }

  @SuppressWarnings("unchecked") // what does not fit is a ClassCastException, see above
  private static Header header(Path path, String json, long start, long size)
      throws ModelFormatException {
    Map<String, Object> header = (Map<String, Object>) Json.read(json);
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    if (header == null) {
      throw new IllegalArgumentException("it is empty");
    }
    for (Map.Entry<String, Object> entry : header.entrySet()) {
      Map<String, Object> value = (Map<String, Object>) entry.getValue();
      if (entry.getKey().equals(METADATA)) {
        value.forEach((key, text) -> metadata.put(key, (String) text));
        continue;
      }
      List<Long> offsets = (List<Long>) present(value, "data_offsets");
      long elements = 1;
      List<Long> shape = (List<Long>) present(value, "shape");
      for (Long extent : shape) {
        elements = Math.multiplyExact(elements, extent.longValue());
      }
      long begin = offsets.get(0);
      long end = offsets.get(1);
      String type = (String) present(value, "dtype");
      long bytes = Math.multiplyExact(elements, (long) Type.bytes(type));
      if (begin < 0 || end < begin || end - begin != bytes) {
        throw new IllegalArgumentException("array " + entry.getKey() + " has impossible offsets");
      }
      if (end > size - start) {
        throw cutShort(path, start + end, size);
      }
      places.put(entry.getKey(), new Place(type, shape, elements, begin, end));
    }
    return new Header(metadata, places, start);
  }

  private static Object present(Map<String, Object> entry, String key) {
    Object value = entry.get(key);
    if (value == null) {
      throw new IllegalArgumentException("an array has no " + key);
    }
    return value;
  }

  private static ModelFormatException cutShort(Path path, long needed, long size) {
    return new ModelFormatException(
        "%s is cut short: it has %d bytes, and its contents need %d or more"
            .formatted(path, size, needed));
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    readFully(channel, from, bytes);
    return bytes.flip();
  }

  /** Reads an array into memory that is there already. */
  static void read(FileChannel channel, Header header, Place place, MemorySegment target)
      throws IOException {
    for (long from = 0; from < target.byteSize(); from += BLOCK) {
      long length = Math.min(BLOCK, target.byteSize() - from);
      readFully(
          channel,
          header.dataStart() + place.begin() + from,
          target.asSlice(from, length).asByteBuffer());
    }
  }

  static void readFully(FileChannel channel, long from, ByteBuffer bytes) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      at += read;
    }
  }
}
