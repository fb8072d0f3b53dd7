package dev.rewire.data.catalogue;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class LibsvmContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new LibsvmFormat();
  }

  @Override
  protected String fileName() {
    return "words";
  }

  @Override
  protected byte[] content() {
    return "-1 1:0.5 3:2 # nothing\n+1 2:-7\n-1\n1 3:1e2\n".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected Facts facts() {
    return new Facts(
        new float[][] {{.5f, 0, 2}, {0, -7, 0}, {0, 0, 0}, {0, 0, 100}},
        List.of("-1", "1", "-1", "1"),
        List.of("-1", "1"));
  }

  @Override
  protected boolean cutMayPass() {
    return true;
  }
}
