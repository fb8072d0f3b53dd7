package dev.rewire.data.safetensors;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.array.NumberSink;
import dev.rewire.data.array.NumberType;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Beginning;
import dev.rewire.model.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arrays of a safetensors file: 8 bytes with the length of a JSON header, the header with
 * type, shape and place of each array, then the arrays, all little-endian.
 *
 * <p>Source: <a href="https://huggingface.co/docs/safetensors">the format's description</a>.
 */
public final class Safetensors implements ArrayFormat {
  private static final long LONGEST_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";

  /** Makes a reader. */
  public Safetensors() {}

  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    if (!beginning.has(Long.BYTES, "{")) {
      return false;
    }
    long length = ByteBuffer.wrap(beginning.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    return length >= 2 && length <= LONGEST_HEADER;
  }

  @Override
  public <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use) {
    List<Tensor> tensors = new ArrayList<>();
    try (Content content = Content.open(path)) {
      ByteSource source = source(path, content);
      long length = source.int64();
      if (length < 2 || length > Math.min(LONGEST_HEADER, content.most())) {
        throw source.wrong(0, "has a header of " + length + " bytes");
      }
      String header = new String(source.bytes(length), StandardCharsets.UTF_8);
      long start = source.offset();
      try {
        tensors(header, start, tensors);
      } catch (IllegalArgumentException | ArithmeticException | ClassCastException e) {
        throw new DataException(
            path + " has a damaged header at byte 8 (" + e.getMessage() + "): copy it again.", e);
      }
      checkEnd(source, content, start, tensors);
    }
    return use.apply(tensors.stream().map(tensor -> tensor.entry(path)).toList());
  }

  private static ByteSource source(Path path, Content content) {
    return new ByteSource(path.toString(), content.stream(), ByteOrder.LITTLE_ENDIAN);
  }

  /** The arrays fill the rest of the file, without gaps. */
  private static void checkEnd(
      ByteSource source, Content content, long start, List<Tensor> tensors) {
    long end = start;
    for (Tensor tensor : tensors.stream().sorted().toList()) {
      if (tensor.begin() != end) {
        throw source.wrong(8, "has array " + tensor.name() + " at byte " + tensor.begin());
      }
      end = tensor.end();
    }
    if (end > start + content.most() || (!content.packed() && end != content.size())) {
      throw source.wrong(8, "promises " + end + " bytes, but has " + content.size());
    }
  }

  @SuppressWarnings("unchecked") // what does not fit is a ClassCastException, see above
  private static void tensors(String header, long start, List<Tensor> into) {
    if (!(Json.read(header) instanceof Map<?, ?> all)) {
      throw new IllegalArgumentException("no object");
    }
    for (Map.Entry<?, ?> entry : all.entrySet()) {
      if (METADATA.equals(entry.getKey())) {
        continue;
      }
      if (!(entry.getValue() instanceof Map<?, ?> facts)
          || !(facts.get("dtype") instanceof String type)
          || !(facts.get("shape") instanceof List<?> shape)
          || !(facts.get("data_offsets") instanceof List<?> offsets)
          || offsets.size() != 2) {
        throw new IllegalArgumentException("array " + entry.getKey() + " lacks a fact");
      }
      List<Long> sizes = List.copyOf((List<Long>) shape);
      long begin = (Long) offsets.get(0);
      long end = (Long) offsets.get(1);
      NumberType numbers = type(type);
      if (numbers == null) {
        throw new IllegalArgumentException("numbers of type " + type + " are not known");
      }
      long bytes = numbers.bytes();
      for (Long size : sizes) {
        if (size < 0) {
          throw new IllegalArgumentException("array " + entry.getKey() + " has size " + size);
        }
        bytes = Math.multiplyExact(bytes, size);
      }
      if (begin < 0 || Math.subtractExact(end, begin) != bytes) {
        throw new IllegalArgumentException("array " + entry.getKey() + " has other offsets");
      }
      into.add(
          new Tensor(
              String.valueOf(entry.getKey()),
              numbers,
              sizes,
              Math.addExact(start, begin),
              Math.addExact(start, end)));
    }
  }

  private static @Nullable NumberType type(String name) {
    return switch (name) {
      case "BOOL" -> NumberType.BOOL;
      case "U8" -> NumberType.UINT8;
      case "I8" -> NumberType.INT8;
      case "U16" -> NumberType.UINT16;
      case "I16" -> NumberType.INT16;
      case "U32" -> NumberType.UINT32;
      case "I32" -> NumberType.INT32;
      case "U64" -> NumberType.UINT64;
      case "I64" -> NumberType.INT64;
      case "F16" -> NumberType.FLOAT16;
      case "BF16" -> NumberType.BFLOAT16;
      case "F32" -> NumberType.FLOAT32;
      case "F64" -> NumberType.FLOAT64;
      default -> null;
    };
  }

  /** Where an array lies, in the order of the file. */
  private record Tensor(String name, NumberType numbers, List<Long> shape, long begin, long end)
      implements Comparable<Tensor> {
    @Override
    public int compareTo(Tensor other) {
      return begin == other.begin ? Long.compare(end, other.end) : Long.compare(begin, other.begin);
    }

    ArrayEntry entry(Path path) {
      return new ArrayEntry.Dense(name, shape, numbers.name(), false, sink -> read(path, sink));
    }

    private void read(Path path, NumberSink sink) {
      try (Content content = Content.open(path)) {
        ByteSource source = source(path, content);
        source.skip(begin);
        numbers.read(source, ByteOrder.LITTLE_ENDIAN, (end - begin) / numbers.bytes(), sink);
        if (content.packed()) {
          source.drain();
        }
      }
    }
  }
}
