package dev.rewire.data.stream;

import dev.rewire.dataset.SparseRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The values of sparse samples on their way into a cache, in two temporary files. */
final class SpilledEntries implements SparseRows.Spill, AutoCloseable {
  private static final int BLOCK = 1 << 18;

  private final FileChannel features;
  private final FileChannel values;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

  private SpilledEntries(FileChannel features, FileChannel values) {
    this.features = features;
    this.values = values;
  }

  /** Makes two files that go when they are closed. */
  static SpilledEntries beside(Path cache) throws IOException {
    FileChannel features = temporary(cache);
    try {
      return new SpilledEntries(features, temporary(cache));
    } catch (IOException failure) {
      features.close();
      throw failure;
    }
  }

  private static FileChannel temporary(Path cache) throws IOException {
    Path folder = cache.toAbsolutePath().getParent();
    Path file = Files.createTempFile(folder, "rewire-", ".tmp");
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  @Override
  public void take(int[] newFeatures, float[] newValues, int count) {
    try {
      for (int k = 0; k < count; k++) {
        room(features).putInt(newFeatures[k]);
      }
      flush(features);
      for (int k = 0; k < count; k++) {
        room(values).putFloat(newValues[k]);
      }
      flush(values);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure); // read as "the cache cannot be written"
    }
  }

  private ByteBuffer room(FileChannel channel) throws IOException {
    if (!buffer.hasRemaining()) {
      flush(channel);
    }
    return buffer;
  }

  private void flush(FileChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  void copyFeatures(CacheWriter writer, int first) throws IOException {
    features.position(0);
    while (next(features)) {
      writer.integer(buffer.getInt() - first);
    }
  }

  void copyValues(CacheWriter writer) throws IOException {
    values.position(0);
    while (next(values)) {
      writer.integer(buffer.getInt());
    }
  }

  /** Makes sure that four bytes can be taken from the buffer, unless the file has ended. */
  private boolean next(FileChannel channel) throws IOException {
    if (channel.position() == 0) {
      buffer.limit(0); // what was in it belongs to the other file
    }
    if (buffer.remaining() >= Integer.BYTES) {
      return true;
    }
    buffer.compact();
    int read = 0;
    while (read >= 0 && buffer.position() < Integer.BYTES) {
      read = channel.read(buffer);
    }
    buffer.flip();
    return buffer.remaining() >= Integer.BYTES;
  }

  @Override
  public void close() throws IOException {
    buffer.clear();
    try (features) {
      values.close();
    }
  }
}
