package dev.rewire.export;

import dev.rewire.model.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * A network on its way to other programs. The same network gives the same bytes.
 *
 * @param wiring what to write
 * @param format how
 * @param weights whether weights and biases are written, or only who is connected to whom
 * @param mostEdges connections of a graph at most, 0 or more; beyond, so many are drawn at random.
 *     A matrix always has all of them
 */
public record Export(Wiring wiring, ExportFormat format, boolean weights, long mostEdges) {
  /** Connections of a graph beyond which programs that draw graphs have a hard time. */
  public static final long DRAWABLE = 100_000;

  private static final int BUFFER = 1 << 16;

  /** Checks the limit. */
  public Export {
    if (mostEdges < 0) {
      throw new IllegalArgumentException("most edges must be 0 or more: " + mostEdges);
    }
  }

  /**
   * Writes the file; its text is compressed if it is called {@code .gz}. It has its name only when
   * it is whole.
   *
   * @param file where to, replaced if it exists; its folder must exist
   * @return how many connections are in it
   * @throws IOException if it cannot be written, or a weight is no number and the format is text
   */
  public long write(Path file) throws IOException {
    checkPlace(file);
    boolean compressed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    long[] written = new long[1];
    AtomicFile.write(
        file,
        (WritableByteChannel channel) -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
          written[0] = write(out, compressed);
          out.flush();
        });
    return written[0];
  }

  private static void checkPlace(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "a folder is in the way");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileSystemException(String.valueOf(folder), null, "there is no such folder");
    }
  }

  private long write(OutputStream out, boolean compressed) throws IOException {
    if (format == ExportFormat.NPZ) {
      ScipyArchive.write(new MatrixShape(wiring), weights, out);
      return wiring.connections();
    }
    float largest = weights ? wiring.checkFinite() : 0;
    OutputStream bytes = compressed ? new GZIPOutputStream(out, BUFFER) : out;
    Writer text = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER);
    long written = wiring.connections();
    if (format == ExportFormat.MTX) {
      MatrixMarket.write(new MatrixShape(wiring), weights, text);
    } else {
      EdgeSample sample = new EdgeSample(wiring.connections(), mostEdges);
      GraphText graph =
          switch (format) {
            case GRAPHML -> new GraphMl(text, weights);
            case GEXF -> new Gexf(text, weights);
            default -> new Dot(text, weights, largest);
          };
      graph.write(wiring, sample);
      written = sample.size();
    }
    text.flush();
    if (bytes instanceof GZIPOutputStream gzip) {
      gzip.finish();
    }
    return written;
  }
}
