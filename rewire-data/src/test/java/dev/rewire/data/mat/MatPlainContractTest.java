package dev.rewire.data.mat;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;

final class MatPlainContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Mat();
  }

  @Override
  protected String fileName() {
    return "plain.mat";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("plain.mat");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }
}
