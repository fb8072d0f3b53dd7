package dev.rewire.data.mat;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;

final class MatTurnedContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Mat();
  }

  @Override
  protected String fileName() {
    return "turned.mat";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("turned.mat");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }
}
