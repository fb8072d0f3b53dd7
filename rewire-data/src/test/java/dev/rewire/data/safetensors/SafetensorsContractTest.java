package dev.rewire.data.safetensors;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;

final class SafetensorsContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Safetensors();
  }

  @Override
  protected String fileName() {
    return "dense.safetensors";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("dense.safetensors");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }
}
