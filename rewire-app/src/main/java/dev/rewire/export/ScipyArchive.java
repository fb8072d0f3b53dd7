package dev.rewire.export;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Ints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A compressed sparse row matrix as {@code scipy.sparse.save_npz} writes it: a ZIP of five NumPy
 * arrays. Weights are {@code float32}, or {@code bool} where only the topology is asked for;
 * indices are {@code int32}, and {@code int64} beyond 2<sup>31</sup>.
 */
final class ScipyArchive {
  /** NumPy files begin like this: magic, then version 1.0. */
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private static final int ALIGNMENT = 64;
  private static final int BLOCK = 1 << 16;

  /** The first moment that a ZIP knows, so that the same network gives the same file. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final MatrixShape shape;
  private final Wiring wiring;
  private final ZipOutputStream zip;
  private final boolean wide;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

  private ScipyArchive(MatrixShape shape, ZipOutputStream zip) {
    this.shape = shape;
    this.zip = zip;
    wiring = shape.wiring();
    wide = Math.max(shape.columns(), wiring.connections()) > Integer.MAX_VALUE;
  }

  static void write(MatrixShape shape, boolean weights, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    ScipyArchive archive = new ScipyArchive(shape, zip);
    archive.indices();
    archive.rowStarts();
    archive.begin("format", "|S3", "()");
    archive.block.put("csr".getBytes(StandardCharsets.US_ASCII));
    archive.end();
    archive.begin("shape", "<i8", "(2,)");
    archive.block.putLong(shape.rows()).putLong(shape.columns());
    archive.end();
    archive.values(weights);
    zip.finish();
  }

  private void indices() throws IOException {
    begin("indices", indexType(), "(%d,)".formatted(wiring.connections()));
    for (int k = 0; k < wiring.layers().size(); k++) {
      Ints column = wiring.layers().get(k).topology().column();
      long first = shape.firstColumn(k);
      for (long e = 0; e < column.length(); e++) {
        index(first + column.get(e));
      }
    }
    end();
  }

  private void rowStarts() throws IOException {
    begin("indptr", indexType(), "(%d,)".formatted(shape.rows() + 1));
    for (long row = 0; row <= shape.emptyRows(); row++) {
      index(0);
    }
    long before = 0;
    for (SparseLayer layer : wiring.layers()) {
      Ints rowStart = layer.topology().rowStart();
      for (long j = 1; j < rowStart.length(); j++) {
        index(before + rowStart.get(j));
      }
      before += layer.topology().connections();
    }
    end();
  }

  private void values(boolean weights) throws IOException {
    begin("data", weights ? "<f4" : "|b1", "(%d,)".formatted(wiring.connections()));
    wiring.forEach((layer, source, target, weight) -> {
      room(Float.BYTES);
      if (weights) {
        block.putFloat(weight);
      } else {
        block.put((byte) 1);
      }
    });
    end();
  }

  private String indexType() {
    return wide ? "<i8" : "<i4";
  }

  private void index(long value) throws IOException {
    room(Long.BYTES);
    if (wide) {
      block.putLong(value);
    } else {
      block.putInt((int) value);
    }
  }

  /** Begins an array: its header is padded, so that what follows is aligned. */
  private void begin(String name, String type, String extents) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, extents);
    int before = MAGIC.length + Short.BYTES;
    int padded = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT - before;
    block.put(MAGIC).putShort((short) padded);
    block.put(
        (text + " ".repeat(padded - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void room(int bytes) throws IOException {
    if (block.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    zip.write(block.array(), 0, block.position());
    block.clear();
  }

  private void end() throws IOException {
    flush();
    zip.closeEntry();
  }
}
