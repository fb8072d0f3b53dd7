package dev.rewire.export;

import java.io.IOException;
import java.io.Writer;

/**
 * The text format of the Matrix Market (Boisvert, Pozo and Remington 1996): one line a connection,
 * rows and columns from 1.
 */
final class MatrixMarket {
  private MatrixMarket() {}

  static void write(MatrixShape shape, boolean weights, Writer out) throws IOException {
    Wiring wiring = shape.wiring();
    out.write("%%MatrixMarket matrix coordinate " + (weights ? "real" : "pattern") + " general\n");
    out.write("% " + shape.sentence().replaceAll("\\R", " ") + "\n");
    out.write(shape.rows() + " " + shape.columns() + " " + wiring.connections() + "\n");
    // Neurons are numbered through all ranks; the rows of a single layer begin with its first one.
    long before = wiring.whole() ? 0 : wiring.layers().getFirst().inputs();
    wiring.forEach((layer, source, target, weight) -> {
      out.write(Long.toString(target - before + 1));
      out.write(' ');
      out.write(Long.toString(source + 1));
      if (weights) {
        out.write(' ');
        out.write(Float.toString(weight));
      }
      out.write('\n');
    });
  }
}
