package dev.rewire.data.arff;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class ArffContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Arff();
  }

  @Override
  protected String fileName() {
    return "flowers.arff";
  }

  @Override
  protected byte[] content() {
    return """
    % flowers
    @RELATION 'some flowers'

    @attribute 'petal length' NUMERIC
    @attribute size {1, 2, 3}
    @attribute scent {no, yes}
    @attribute colour {red, 'light blue', "it's green"}
    @attribute kind {rose, lily}
    @data
    1.5, 2, yes, 'light blue', rose
    % nothing
    -2, 3, no, "it's green" ,lily
    0,1,no,red,rose
    """
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected Facts facts() {
    return new Facts(
        new float[][] {{1.5f, 2, 1, 0, 1, 0}, {-2, 3, 0, 0, 0, 1}, {0, 1, 0, 1, 0, 0}},
        List.of("rose", "lily", "rose"),
        List.of("lily", "rose"));
  }

  @Override
  protected boolean cutMayPass() {
    return true;
  }
}
