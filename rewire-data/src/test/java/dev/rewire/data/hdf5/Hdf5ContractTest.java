package dev.rewire.data.hdf5;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;

final class Hdf5ContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Hdf5();
  }

  @Override
  protected String fileName() {
    return "dense.h5";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("dense.h5");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }
}
