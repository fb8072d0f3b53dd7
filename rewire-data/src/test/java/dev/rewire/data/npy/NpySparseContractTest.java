package dev.rewire.data.npy;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;
import java.util.List;

final class NpySparseContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Npz();
  }

  @Override
  protected String fileName() {
    return "csr.npz";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("csr.npz");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }

  @Override
  protected ReadOptions options() {
    return ReadOptions.DEFAULT.withLabels(
        new LabelList("labels", "", List.of("1", "2", "3", "1", "2", "3")));
  }
}
