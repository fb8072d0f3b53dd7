package dev.rewire.data.stream;

import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.LabelSets;
import dev.rewire.dataset.NumberTargets;
import dev.rewire.dataset.Targets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes numbers and texts one after another, and counts and checks them. */
final class CacheWriter {
  private static final int BUFFER = 1 << 20;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();
  private long written;

  CacheWriter(WritableByteChannel channel) throws IOException {
    this.channel = channel;
    bytes(CacheFormat.MAGIC);
    align();
  }

  long position() {
    return written + buffer.position();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    checksum.update(buffer.duplicate());
    written += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  void floats(float[] values) throws IOException {
    for (float value : values) {
      room(Float.BYTES).putFloat(value);
    }
  }

  void integer(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  void number(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  void integers(int[] values) throws IOException {
    for (int value : values) {
      integer(value);
    }
  }

  void bytes(byte[] values) throws IOException {
    for (byte value : values) {
      room(1).put(value);
    }
  }

  void texts(List<String> texts) throws IOException {
    integer(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      integer(bytes.length);
      bytes(bytes);
    }
  }

  void align() throws IOException {
    while (position() % CacheFormat.ALIGNMENT != 0) {
      room(1).put((byte) 0);
    }
  }

  /** Writes labels, names and the footer, the last things of the file. */
  void finish(
      boolean sparse, int width, long entries, Targets targets, List<List<String>> names, int first)
      throws IOException {
    align();
    long labelsAt = position();
    int kind =
        switch (targets) {
          case ClassTargets classes -> {
            integers(classes.values());
            yield CacheFormat.CLASSES;
          }
          case LabelSets sets -> {
            integers(sets.start());
            integers(sets.labels());
            yield CacheFormat.SETS;
          }
          case NumberTargets numbers -> {
            floats(numbers.values());
            yield CacheFormat.NUMBERS;
          }
        };
    long labels = (position() - labelsAt) / Integer.BYTES;
    align();
    long namesAt = position();
    for (List<String> texts : names) {
      texts(texts);
    }
    integer(first);
    align();
    bytes(CacheFormat.MAGIC);
    integer(sparse ? 1 : 0);
    integer(width);
    number(targets.size());
    number(entries);
    number(namesAt);
    integer(kind);
    number(labels);
    while (position() % CacheFormat.ALIGNMENT != CacheFormat.ALIGNMENT - Integer.BYTES) {
      room(1).put((byte) 0);
    }
    flush();
    integer((int) checksum.getValue());
    flush();
  }
}
