package dev.rewire.data.catalogue;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class CsvContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new CsvFormat();
  }

  @Override
  protected String fileName() {
    return "flowers.tsv";
  }

  @Override
  protected byte[] content() {
    return "length\twidth\tkind\n1.5\t-2\t\"water\tlily\"\n0\t1e3\trose\n7\t8\trose\n"
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected Facts facts() {
    return new Facts(
        new float[][] {{1.5f, -2}, {0, 1000}, {7, 8}},
        List.of("water\tlily", "rose", "rose"),
        List.of("rose", "water\tlily"));
  }

  @Override
  protected boolean cutMayPass() {
    return true;
  }
}
