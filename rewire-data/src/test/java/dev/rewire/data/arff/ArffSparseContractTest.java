package dev.rewire.data.arff;

import dev.rewire.data.format.Format;
import dev.rewire.data.format.ReaderContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class ArffSparseContractTest extends ReaderContract {
  @Override
  protected Format format() {
    return new Arff();
  }

  @Override
  protected String fileName() {
    return "words.arff";
  }

  @Override
  protected byte[] content() {
    return """
    @relation words
    @attribute w1 real
    @attribute w2 integer
    @attribute colour {red, green, blue}
    @attribute class {'no spam', spam}
    @data
    {1 4, 3 spam}
    {}
    {0 1.5, 2 blue , 3 'no spam'}
    """
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected Facts facts() {
    return new Facts(
        new float[][] {{0, 4, 1, 0, 0}, {0, 0, 1, 0, 0}, {1.5f, 0, 0, 0, 1}},
        List.of("spam", "no spam", "no spam"),
        List.of("no spam", "spam"));
  }

  @Override
  protected boolean cutMayPass() {
    return true;
  }
}
