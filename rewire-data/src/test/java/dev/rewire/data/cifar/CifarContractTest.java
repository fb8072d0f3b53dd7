package dev.rewire.data.cifar;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two pictures; a file that ends between them is whole. */
final class CifarContractTest extends ReaderContract {
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

  @Override
  protected Format format() {
    return new Cifar();
  }

  @Override
  protected String fileName() {
    return "data_batch_1.bin";
  }

  @Override
  protected void prepare(Path place) throws IOException {
    Files.write(place.resolve("batches.meta.txt"), NAMES);
  }

  @Override
  protected byte[] content() {
    return records(7, 2);
  }

  @Override
  protected Facts facts() {
    byte[] content = content();
    float[][] values = new float[2][3072];
    for (int s = 0; s < 2; s++) {
      for (int p = 0; p < 3072; p++) {
        values[s][p] = content[s * 3073 + 1 + p] & 0xff;
      }
    }
    return new Facts(values, List.of("h", "c"), NAMES);
  }

  @Override
  protected boolean cutMayPass() {
    return true;
  }

  /** Pictures whose bytes count up. */
  static byte[] records(int... labels) {
    byte[] bytes = new byte[labels.length * 3073];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = i % 3073 == 0 ? (byte) labels[i / 3073] : (byte) i;
    }
    return bytes;
  }
}
