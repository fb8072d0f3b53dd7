package dev.rewire.history;

import dev.rewire.topology.CellList;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads what {@link HistoryWriter} wrote, record by record, in memory for the largest one. */
public final class HistoryReader implements Closeable {
  private static final int CRC_BYTES = Integer.BYTES;
  private static final int MOST_BITS = 63;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final List<Shape> layers = new ArrayList<>();
  private final CellList dropped = new CellList();
  private final CellList grown = new CellList();
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  /** Bytes that the channel has given, those in the buffer included. */
  private long read;

  /**
   * The neurons of a layer.
   *
   * @param inputs on the input side, 1 or more
   * @param outputs on the output side, 1 or more
   */
  public record Shape(int inputs, int outputs) {
    long cells() {
      return (long) inputs * outputs;
    }
  }

  private HistoryReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    size = channel.size();
    buffer.flip();
    need(HistoryWriter.MAGIC.length + 2 * Integer.BYTES);
    byte[] magic = new byte[HistoryWriter.MAGIC.length];
    buffer.get(magic);
    if (!Arrays.equals(magic, HistoryWriter.MAGIC)) {
      throw bad("is no topology history: it does not begin as one");
    }
    int version = buffer.getInt();
    if (version != HistoryWriter.VERSION) {
      throw bad("has version %d; this program reads version 1".formatted(version));
    }
    int count = buffer.getInt();
    if (count < 1 || count > (size - at()) / (2 * Integer.BYTES)) {
      throw bad("cannot have %d layers".formatted(count));
    }
    for (int l = 0; l < count; l++) {
      need(2 * Integer.BYTES);
      Shape shape = new Shape(buffer.getInt(), buffer.getInt());
      if (shape.inputs() < 1 || shape.outputs() < 1) {
        throw bad("has a layer without neurons");
      }
      layers.add(shape);
    }
  }

  /**
   * Opens a history.
   *
   * @param file written by {@link HistoryWriter}
   * @return a reader before the first record; to be closed
   * @throws HistoryFormatException if it is no history
   * @throws IOException if it cannot be read
   */
  public static HistoryReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new HistoryReader(file, channel);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Returns the layers of the network.
   *
   * @return from the input on
   */
  public List<Shape> layers() {
    return List.copyOf(layers);
  }

  /**
   * Reads the next record.
   *
   * @return what happened, or null at the end of the file; its lists are used again
   * @throws HistoryFormatException if the record is damaged or not whole
   * @throws IOException if it cannot be read
   */
  public @Nullable TopologyChange next() throws IOException {
    if (at() == size) {
      return null;
    }
    crc.reset();
    need(HistoryWriter.RECORD);
    int from = buffer.position();
    final int layer = buffer.getInt();
    final int epoch = buffer.getInt();
    final long step = buffer.getLong();
    final int connections = buffer.getInt();
    final int droppedCount = buffer.getInt();
    final int grownCount = buffer.getInt();
    crc.update(buffer.slice(from, HistoryWriter.RECORD));
    if (layer < 0 || layer >= layers.size()) {
      throw bad("speaks of layer %d of %d".formatted(layer, layers.size()));
    }
    // Each cell has a byte or more, so a damaged count cannot ask for much memory.
    long left = size - at() - CRC_BYTES;
    if (droppedCount < 0 || grownCount < 0 || (long) droppedCount + grownCount > left) {
      throw bad("is cut short: a record of %,d cells".formatted((long) droppedCount + grownCount));
    }
    cells(droppedCount, layers.get(layer).cells(), dropped);
    cells(grownCount, layers.get(layer).cells(), grown);
    int computed = (int) crc.getValue();
    need(CRC_BYTES);
    if (buffer.getInt() != computed) {
      throw bad("is damaged: a record does not have the checksum it was written with");
    }
    return new TopologyChange(layer, epoch, step, connections, dropped, grown);
  }

  private void cells(int count, long limit, CellList into) throws IOException {
    into.clear(count);
    long cell = -1;
    for (int i = 0; i < count; i++) {
      long gap = 0;
      int shift = 0;
      byte group;
      do {
        need(1);
        group = buffer.get();
        crc.update(group);
        if (shift >= MOST_BITS) {
          throw bad("has a gap that is no number");
        }
        gap |= (group & 0x7fL) << shift;
        shift += HistoryWriter.GROUP;
      } while (group < 0);
      if (gap >= limit - cell - 1) {
        throw bad("speaks of a cell outside its layer");
      }
      cell += gap + 1;
      into.add(cell);
    }
  }

  private long at() {
    return read - buffer.remaining();
  }

  private void need(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    buffer.compact();
    while (buffer.position() < bytes) {
      int more = channel.read(buffer);
      if (more < 0) {
        buffer.flip();
        throw bad("is cut short");
      }
      read += more;
    }
    buffer.flip();
  }

  private HistoryFormatException bad(String what) {
    return new HistoryFormatException("%s %s, at byte %d".formatted(file, what, at()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    dropped.close();
    grown.close();
  }
}
