package dev.rewire.data.stream;

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
      boolean sparse, int width, long entries, int[] labels, List<List<String>> names, int first)
      throws IOException {
    align();
    integers(labels);
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
    number(labels.length);
    number(entries);
    number(namesAt);
    while (position() % CacheFormat.ALIGNMENT != CacheFormat.ALIGNMENT - Integer.BYTES) {
      room(1).put((byte) 0);
    }
    flush();
    integer((int) checksum.getValue());
    flush();
  }
}
