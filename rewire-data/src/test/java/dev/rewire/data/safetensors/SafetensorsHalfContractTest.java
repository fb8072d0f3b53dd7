package dev.rewire.data.safetensors;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;

final class SafetensorsHalfContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Safetensors();
  }

  @Override
  protected String fileName() {
    return "bf16.safetensors";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("bf16.safetensors");
  }

  @Override
  protected Facts facts() {
    return SampleFile.NUMBERS;
  }
}
