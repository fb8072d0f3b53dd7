package dev.rewire.data.idx;

import dev.rewire.data.Bytes;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class IdxContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new IdxFormat();
  }

  @Override
  protected String fileName() {
    return "train-images-idx3-ubyte";
  }

  @Override
  protected void prepare(Path place) throws IOException {
    Files.write(place.resolve("train-labels-idx1-ubyte"), Bytes.labels(1, 0, 1));
  }

  @Override
  protected byte[] content() {
    return Bytes.images(3, 2, 2);
  }

  @Override
  protected Facts facts() {
    return new Facts(
        new float[][] {{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}},
        List.of("1", "0", "1"),
        List.of("0", "1"));
  }
}
