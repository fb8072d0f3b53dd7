package dev.rewire.history;

import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import dev.rewire.train.NeuronUpdate;
import dev.rewire.train.TrainingListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes down every change of a network's topology, in 1 to 6 bytes a changed connection for layers
 * of up to 2<sup>42</sup> cells. The file (all numbers little-endian):
 *
 * <pre>
 * "rewireTH"                                  8 bytes
 * version 1, layers                           2 x I32
 * for each layer: inputs, outputs             2 x I32
 * records, until the end of the file:
 *   layer, epoch, step, connections           I32, I32, I64, I32
 *   dropped cells, grown cells: how many      2 x I32
 *   the dropped cells, ascending              gaps, see below
 *   the grown cells, ascending                gaps
 *   CRC-32C of the record up to here          I32
 * </pre>
 *
 * <p>A cell is {@code output * inputs + input}. A gap is the distance to the cell before, for the
 * first one to -1, less 1, in groups of 7 bits, the lowest first, with the top bit set in all bytes
 * but the last (unsigned LEB128). The first record of each layer has epoch -1 and the connections
 * at the start as grown ones, so that a file needs nothing beside it to be replayed.
 *
 * <p>Neurons that are taken out keep their numbers in here: they lose their connections, and the
 * cells of all others stay what they were, see {@link FirstNumbers}.
 */
public final class HistoryWriter implements TrainingListener, Closeable {
  static final byte[] MAGIC = "rewireTH".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;

  /** Bytes of a record before its cells. */
  static final int RECORD = 28;

  /** Bits of a gap in one byte. */
  static final int GROUP = 7;

  private static final int MORE = 1 << GROUP;
  private static final int LONGEST_GAP = 10;

  private final FileChannel channel;
  private final FirstNumbers numbers;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private long before;

  private HistoryWriter(FileChannel channel, FirstNumbers numbers) {
    this.channel = channel;
    this.numbers = numbers;
  }

  /**
   * Begins a history with the connections that there are.
   *
   * @param file made anew
   * @param network before training
   * @return a writer to listen with; to be closed
   * @throws IOException if it cannot be written
   */
  public static HistoryWriter create(Path file, Network network) throws IOException {
    HistoryWriter writer =
        new HistoryWriter(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            new FirstNumbers(network));
    try {
      writer.start(network);
      return writer;
    } catch (IOException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  /**
   * Goes on with a history.
   *
   * @param file written by an earlier run
   * @param length bytes to keep; what is behind them is cut off
   * @param numbers of the neurons of the network that training goes on with; the writer's from now
   *     on
   * @return a writer to listen with; to be closed
   * @throws IOException if it is shorter than that, or cannot be written
   */
  public static HistoryWriter append(Path file, long length, FirstNumbers numbers)
      throws IOException {
    HistoryWriter writer =
        new HistoryWriter(FileChannel.open(file, StandardOpenOption.WRITE), numbers);
    try {
      if (writer.channel.size() < length) {
        throw new HistoryFormatException(
            "%s is cut short: it has %d bytes of %d"
                .formatted(file, writer.channel.size(), length));
      }
      writer.channel.truncate(length).position(length);
      return writer;
    } catch (IOException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  private void start(Network network) throws IOException {
    buffer.put(MAGIC).putInt(VERSION).putInt(network.layers().size());
    for (SparseLayer layer : network.layers()) {
      room(2 * Integer.BYTES);
      buffer.putInt(layer.inputs()).putInt(layer.outputs());
    }
    flush();
    for (SparseLayer layer : network.layers()) {
      Topology topology = layer.topology();
      int connections = topology.connections();
      begin(layer.index(), TopologyChange.START, network.steps(), connections, 0, connections);
      before = -1;
      for (int j = 0; j < topology.outputs(); j++) {
        long row = (long) j * topology.inputs();
        int end = topology.rowStart().get(j + 1L);
        for (int e = topology.rowStart().get(j); e < end; e++) {
          cell(row + topology.column().get(e));
        }
      }
      end();
    }
  }

  @Override
  public void onTopologyUpdate(Network network, TopologyUpdate update) {
    try {
      begin(
          update.layer(),
          update.epoch(),
          network.steps(),
          update.connections(),
          Math.toIntExact(update.dropped().size()),
          Math.toIntExact(update.grown().size()));
      cells(update.layer(), update.dropped());
      cells(update.layer(), update.grown());
      end();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void onNeuronUpdate(Network network, NeuronUpdate update) {
    try (CellList lost = new CellList()) {
      for (SparseLayer layer : network.layers()) {
        int l = layer.index();
        int connections = layer.topology().connections();
        int count = update.before().get(l).topology().connections() - connections;
        lost.clear(count);
        update.lost(l, (output, input) -> lost.add(numbers.cell(l, output, input)));
        if (count > 0) {
          begin(l, update.epochs() - 1, network.steps(), connections, count, 0);
          before = -1;
          for (int i = 0; i < count; i++) {
            cell(lost.get(i));
          }
          end();
        }
      }
      numbers.remove(update);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void begin(int layer, int epoch, long step, int connections, int dropped, int grown) {
    crc.reset();
    buffer.putInt(layer).putInt(epoch).putLong(step).putInt(connections);
    buffer.putInt(dropped).putInt(grown);
  }

  private void cells(int layer, CellList cells) throws IOException {
    before = -1;
    for (long i = 0; i < cells.size(); i++) {
      cell(numbers.cell(layer, cells.get(i)));
    }
  }

  private void cell(long cell) throws IOException {
    room(LONGEST_GAP);
    long gap = cell - before - 1;
    before = cell;
    while (gap >= MORE) {
      buffer.put((byte) (gap | MORE));
      gap >>>= GROUP;
    }
    buffer.put((byte) gap);
  }

  private void end() throws IOException {
    flush();
    buffer.putInt((int) crc.getValue());
    flush();
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /**
   * Makes sure that everything is on the disk.
   *
   * @return bytes of the file
   * @throws IOException if it cannot be made sure of
   */
  public long settle() throws IOException {
    channel.force(true);
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
