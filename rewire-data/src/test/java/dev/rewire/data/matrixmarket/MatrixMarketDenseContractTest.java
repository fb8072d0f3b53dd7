package dev.rewire.data.matrixmarket;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.LabelList;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.ReaderContract;
import dev.rewire.data.format.SampleFile;
import java.io.IOException;
import java.util.List;

final class MatrixMarketDenseContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new MatrixMarket();
  }

  @Override
  protected String fileName() {
    return "dense.mtx";
  }

  @Override
  protected byte[] content() throws IOException {
    return SampleFile.bytes("dense.mtx");
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

  @Override
  protected boolean cutMayPass() {
    return true; // the last letters of a number, or of the last line
  }
}
