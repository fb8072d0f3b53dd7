package dev.rewire.data.npy;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;

final class NpzContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Npz();
  }

  @Override
  protected String fileName() {
    return "dense.npz";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("dense.npz");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }
}
