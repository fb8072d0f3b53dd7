package dev.rewire.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.data.Bytes;
import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Formats;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CifarArchiveTest {
  private static final String NAMES = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n";

  @TempDir Path folder;

  @Test
  void trainingAndTestPictures() throws IOException {
    Path path = Files.write(folder.resolve("cifar-10-binary.tar.gz"), Bytes.gzip(archive()));

    DatasetPair pair =
        new Datasets(new Places(null, null, folder), Progress.SILENT)
            .open(DatasetRequest.of(path.toString()));

    assertThat(Formats.of(path)).isInstanceOf(CifarArchive.class);
    assertThat(pair.train().size()).isEqualTo(3);
    assertThat(pair.train().label(2)).isEqualTo(9);
    assertThat(pair.test().size()).isEqualTo(1);
    assertThat(pair.test().classNames()).containsExactly(NAMES.strip().split("\n"));
    assertThat(pair.train().image().channels()).isEqualTo(3);
    assertThat(Files.list(folder)).containsExactly(path);
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] whole = Bytes.gzip(archive());
    Path path = folder.resolve("cifar-10-binary.tar.gz");
    for (int length = 20; length < whole.length; length += 37) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(() ->
              new Datasets(new Places(null, null, folder), Progress.SILENT)
                  .open(DatasetRequest.of(path.toString())))
          .as("cut to " + length)
          .isInstanceOf(DataException.class);
    }
  }

  @Test
  void folder() throws IOException {
    Files.write(folder.resolve("data_batch_2.bin"), CifarContractTest.records(1));
    Files.write(folder.resolve("data_batch_1.bin.gz"), Bytes.gzip(CifarContractTest.records(4, 5)));
    Files.write(folder.resolve("test_batch.bin"), CifarContractTest.records(6));

    DatasetPair pair =
        new Datasets(new Places(null, null, folder), Progress.SILENT)
            .open(DatasetRequest.of(folder.toString()));

    assertThat(pair.train().size()).isEqualTo(3);
    assertThat(pair.train().label(0)).isEqualTo(4);
    assertThat(pair.train().label(2)).isEqualTo(1);
    assertThat(pair.test().classNames()).contains("0", "9");
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    part(tar, "cifar-10-batches-bin/", new byte[0]);
    part(tar, "cifar-10-batches-bin/data_batch_1.bin", CifarContractTest.records(7, 0));
    part(tar, "cifar-10-batches-bin/batches.meta.txt", NAMES.getBytes(StandardCharsets.UTF_8));
    part(tar, "cifar-10-batches-bin/readme.html", new byte[700]);
    part(tar, "cifar-10-batches-bin/data_batch_2.bin", CifarContractTest.records(9));
    part(tar, "cifar-10-batches-bin/test_batch.bin", CifarContractTest.records(3));
    tar.write(new byte[1024]);
    return tar.toByteArray();
  }

  private static void part(ByteArrayOutputStream tar, String name, byte[] content)
      throws IOException {
    byte[] header = new byte[512];
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(letters, 0, header, 0, letters.length);
    byte[] size = "%011o".formatted(content.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, size.length);
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 5);
    tar.write(header);
    tar.write(content);
    tar.write(new byte[Math.floorMod(-content.length, 512)]);
  }
}
