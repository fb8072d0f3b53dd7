package dev.rewire.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes data of any size that can be learned: ten noisy patterns of 28 x 28 pixels, as {@code
 * x.npy} (float32) and {@code y.npy} (uint8). Needs nothing but the JDK, so that {@code java
 * LargeFile.java} runs it.
 */
public final class LargeFile {
  private static final int WIDTH = 28 * 28;
  private static final int CLASSES = 10;
  private static final int ROWS = 1024;

  private LargeFile() {}

  /**
   * Writes both files.
   *
   * @param args an existing folder, and how many bytes {@code x.npy} shall have at least
   * @throws IOException if they cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int samples = Math.toIntExact(Math.ceilDiv(Long.parseLong(args[1]), 4L * WIDTH));
    ByteBuffer block = ByteBuffer.allocateDirect(ROWS * WIDTH * 4).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel x = create(folder.resolve("x.npy"), "<f4", samples + ", 28, 28")) {
      for (int from = 0; from < samples; from += ROWS) {
        block.clear();
        for (int s = from; s < Math.min(samples, from + ROWS); s++) {
          row(s, block);
        }
        write(x, block.flip());
      }
    }
    try (FileChannel y = create(folder.resolve("y.npy"), "|u1", samples + ",")) {
      ByteBuffer labels = ByteBuffer.allocate(samples);
      for (int s = 0; s < samples; s++) {
        labels.put((byte) label(s));
      }
      write(y, labels.flip());
    }
  }

  private static int label(int sample) {
    return (int) Long.remainderUnsigned(mix(sample), CLASSES);
  }

  /** A faint pattern of the class under uniform noise: one picture says little, many say enough. */
  private static void row(int sample, ByteBuffer block) {
    long pattern = 1000L * label(sample);
    long noise = mix(~(long) sample);
    for (int f = 0; f < WIDTH; f++) {
      float signal = (mix(pattern + f) & 1) == 0 ? 0.1f : -0.1f;
      noise = noise * 6364136223846793005L + 1442695040888963407L;
      block.putFloat(signal + (noise >>> 40) * 0x1p-23f - 1);
    }
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static FileChannel create(Path path, String type, String shape) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int length = 118; // with the ten bytes before it, two cache lines
    ByteBuffer bytes = ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) length);
    bytes.put(
        (header + " ".repeat(length - 1 - header.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    write(channel, bytes.flip());
    return channel;
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
