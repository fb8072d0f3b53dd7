package dev.rewire.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.Bytes;
import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.FeatureTable;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdxTest {
  @TempDir Path folder;

  @Test
  void readsPlainFiles() throws IOException {
    InMemoryDataset data =
        Idx.read(
            "set", file("images", Bytes.images(3, 2, 5)), file("labels", Bytes.labels(1, 0, 4)));

    assertThat(data.name()).isEqualTo("set");
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.features()).isEqualTo(10);
    assertThat(data.image()).isEqualTo(new ImageShape(2, 5, 1));
    assertThat(data.classNames()).containsExactly("0", "1", "2", "3", "4");
    assertThat(data.label(2)).isEqualTo(4);
    assertThat(data.feature(2, 9)).isEqualTo(29f);
  }

  @Test
  void recognisesGzipByContentNotByName() throws IOException {
    Path packed = file("images.bin", Bytes.gzip(Bytes.images(2, 3, 3)));
    Path plain = file("labels.gz", Bytes.labels(0, 1));

    assertThat(Idx.read("set", packed, plain).feature(1, 8)).isEqualTo(17f);
  }

  @Test
  void pixelsAreUnsignedAndSpanBlocks() throws IOException {
    int count = 400;
    Path images = file("images", Bytes.gzip(Bytes.images(count, 28, 28)));

    FeatureTable table = Idx.images("set", images);

    assertThat(table.rows()).isEqualTo(count);
    assertThat(table.columns()).isEmpty();
    for (int i = 0; i < count * 784; i += 101) {
      assertThat(table.values().get(i)).isEqualTo(i & 0xff);
    }
    assertThat(table.values().get(count * 784 - 1)).isEqualTo((count * 784 - 1) & 0xff);
    assertThat(table.dataset(List.of("a", "b")).label(count - 1)).isZero();
  }

  @Test
  void missingFile() {
    Path nowhere = folder.resolve("nowhere");

    refused(nowhere, nowhere + " does not exist: check the path.");
    refused(folder, folder + " is a folder: give the path of a file.");
  }

  @Test
  void emptyFile() throws IOException {
    refused(file("f", new byte[0]), "ends at byte 0, inside the IDX header of 16 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 60})
  void truncatedGzip(int length) throws IOException {
    byte[] packed = Bytes.gzip(Bytes.images(10, 20, 20));

    refused(file("f", Arrays.copyOf(packed, length)), "is gzip that ends too early");
  }

  @Test
  void truncatedGzipTrailer() throws IOException {
    byte[] packed = Bytes.gzip(Bytes.images(10, 20, 20));

    refused(
        file("f", Arrays.copyOf(packed, packed.length - 3)),
        "is gzip that ends too early after byte 4016 of its unpacked content");
  }

  @Test
  void corruptGzip() throws IOException {
    byte[] packed = Bytes.gzip(Bytes.images(10, 20, 20));
    packed[packed.length - 6] ^= 1;

    refused(file("f", packed), "is damaged gzip (Corrupt GZIP trailer) after byte 4016");
  }

  @Test
  void wrongMagic() throws IOException {
    refused(
        file("f", "sepal,petal,species\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
        "begins with the number 1936027745 at byte 0 where an IDX file of images has 2051");
    refused(file("g", Bytes.labels(1, 2, 3)), "(it holds labels): give an IDX file of images.");
    Path images = file("h", Bytes.images(1, 1, 1));
    assertThatThrownBy(() -> Idx.labels(images))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2051 at byte 0 where an IDX file of labels has 2049");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void headerPromisesMore(boolean packed) throws IOException {
    byte[] all = Bytes.images(10, 4, 4);
    byte[] cut = Arrays.copyOf(all, all.length - 7);

    refused(
        file("f", packed ? Bytes.gzip(cut) : cut),
        "ends at byte 169, but its header promises 10 items of 16 bytes up to byte 176");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trailingBytes(boolean packed) throws IOException {
    byte[] all = Bytes.images(10, 4, 4);
    byte[] more = Arrays.copyOf(all, all.length + 1);

    refused(file("f", packed ? Bytes.gzip(more) : more), "goes on at byte 176");
  }

  @Test
  void zeroItems() throws IOException {
    refused(file("f", Bytes.images(0, 28, 28)), "has 0 images (byte 4)");
    Path labels = file("g", Bytes.labels());
    assertThatThrownBy(() -> Idx.labels(labels)).hasMessageContaining("has 0 labels (byte 4)");
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, 32767, 32767, ends at byte 16",
    "2147483647, 1, 1, ends at byte 16",
    "-1, 28, 28, claims to have 4294967295 images",
    "10, 0, 28, images of 0 rows (byte 8)",
    "10, 28, -1, images of 4294967295 columns (byte 12)",
    "10, 65536, 65536, images of 65536 rows (byte 8)",
  })
  void absurdSizesCostNoMemory(int count, int height, int width, String message)
      throws IOException {
    byte[] header =
        ByteBuffer.allocate(16).putInt(2051).putInt(count).putInt(height).putInt(width).array();

    refused(file("plain", header), message);
    refused(file("packed", Bytes.gzip(header)), message);
  }

  @Test
  void countsOfImagesAndLabelsDiffer() throws IOException {
    Path images = file("images", Bytes.images(3, 2, 2));
    Path labels = file("labels", Bytes.labels(1, 2));

    assertThatThrownBy(() -> Idx.read("set", images, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(
            images
                + " has 3 images (byte 4), but "
                + labels
                + " has 2 labels: give two files that belong together.");
  }

  @Test
  void labelWithoutClass() throws IOException {
    Path images = file("images", Bytes.images(3, 2, 2));
    Path labels = file("labels", Bytes.labels(0, 2, 1));

    assertThatThrownBy(() -> Idx.read("set", images, labels, List.of("a", "b")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has the label 2 at byte 9, but there are only the classes 0 to 1");
  }

  @Test
  void findsLabelsBesideImages() throws IOException {
    Path images = file("train-images-idx3-ubyte.gz", new byte[0]);
    Path old = file("old-images.idx3-ubyte", new byte[0]);
    Path oldLabels = file("old-labels.idx1-ubyte", new byte[0]);

    assertThat(Idx.labelsBeside(old)).isEqualTo(oldLabels);
    assertThatThrownBy(() -> Idx.labelsBeside(images))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-labels-idx1-ubyte.gz does not exist: put the label file of");
    Path plain = file("train-labels-idx1-ubyte", new byte[0]);
    assertThat(Idx.labelsBeside(images)).isEqualTo(plain);
    Path packed = file("train-labels-idx1-ubyte.gz", new byte[0]);
    assertThat(Idx.labelsBeside(images)).isEqualTo(packed);
    Path other = file("pictures.bin", new byte[0]);
    assertThatThrownBy(() -> Idx.labelsBeside(other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no images-idx3 in its name");
  }

  @Test
  void pairHasTheClassesOfBothFiles() throws IOException {
    Path train = file("train-images-idx3-ubyte", Bytes.images(2, 2, 2));
    file("train-labels-idx1-ubyte", Bytes.labels(0, 1));
    Path test = file("t10k-images-idx3-ubyte.gz", Bytes.gzip(Bytes.images(1, 2, 2)));
    file("t10k-labels-idx1-ubyte.gz", Bytes.gzip(Bytes.labels(3)));

    assertThat(IdxPair.testBeside(train)).isEqualTo(test);
    assertThat(IdxPair.testBeside(test)).isNull();
    assertThat(IdxPair.find(folder, IdxPair.TRAIN)).isEqualTo(train);
    assertThat(IdxPair.find(folder, IdxPair.TEST)).isEqualTo(test);
    DatasetPair pair = IdxPair.read("set", train, test, null);
    assertThat(pair.train().classNames()).containsExactly("0", "1", "2", "3");
    assertThat(pair.test().label(0)).isEqualTo(3);
  }

  @Test
  void pairOfDifferentSizes() throws IOException {
    Path train = file("train-images-idx3-ubyte", Bytes.images(2, 2, 2));
    file("train-labels-idx1-ubyte", Bytes.labels(0, 1));
    Path test = file("t10k-images-idx3-ubyte", Bytes.images(2, 2, 3));
    file("t10k-labels-idx1-ubyte", Bytes.labels(0, 1));

    assertThatThrownBy(() -> IdxPair.read("set", train, test, null))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 4 features for training and 6 for testing");
  }

  private void refused(Path images, String message) {
    assertThatThrownBy(() -> Idx.images("set", images))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(images.toString())
        .hasMessageContaining(message);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
