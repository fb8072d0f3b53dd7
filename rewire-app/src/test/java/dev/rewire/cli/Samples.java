package dev.rewire.cli;

import dev.rewire.data.digits.Digits;
import dev.rewire.dataset.InMemoryDataset;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small data sets in files. */
final class Samples {
  static final String IMAGES = "train-images-idx3-ubyte.gz";
  static final String LABELS = "train-labels-idx1-ubyte.gz";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";

  private Samples() {}

  /** Writes digits as MNIST is published: four files in a folder. */
  static Path digits(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    write(folder, "train", Digits.train(train, 1));
    write(folder, "t10k", Digits.test(test, 1));
    return folder;
  }

  private static void write(Path folder, String part, InMemoryDataset data) throws IOException {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    try (DataOutputStream pixels = new DataOutputStream(new GZIPOutputStream(images));
        DataOutputStream classes = new DataOutputStream(new GZIPOutputStream(labels))) {
      pixels.writeInt(2051);
      pixels.writeInt(data.size());
      pixels.writeInt(Digits.SIDE);
      pixels.writeInt(Digits.SIDE);
      classes.writeInt(2049);
      classes.writeInt(data.size());
      for (int s = 0; s < data.size(); s++) {
        classes.writeByte(data.label(s));
        for (int f = 0; f < data.features(); f++) {
          pixels.writeByte(Math.round(data.feature(s, f)));
        }
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte.gz"), images.toByteArray());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte.gz"), labels.toByteArray());
  }

  /** Writes a table of two classes that a line can tell apart. */
  static Path table(Path file, int rows) throws IOException {
    StringBuilder text = new StringBuilder("length,width,colour,kind\n");
    for (int r = 0; r < rows; r++) {
      double x = r % 2 == 0 ? 1 : -1;
      text.append(
          "%s,%s,%s,%s%n"
              .formatted(x + r % 7 * 0.1, -x + r % 5 * 0.1, r % 3, r % 2 == 0 ? "cat" : "dog"));
    }
    return Files.writeString(file, text);
  }
}
