package dev.rewire.export;

/**
 * How connections lie in a matrix: a row for each neuron that they reach, a column for each that
 * they leave. A layer is outputs by inputs. A network is square, with a row and a column for every
 * neuron, so that the rows of its inputs are empty.
 *
 * @param wiring what to write
 */
record MatrixShape(Wiring wiring) {
  long rows() {
    return wiring.whole() ? wiring.neurons() : wiring.layers().getFirst().outputs();
  }

  long columns() {
    return wiring.whole() ? wiring.neurons() : wiring.layers().getFirst().inputs();
  }

  /** Rows before those of the first layer. */
  long emptyRows() {
    return wiring.whole() ? wiring.layers().getFirst().inputs() : 0;
  }

  /** The column of the first input of a layer. */
  long firstColumn(int layer) {
    return wiring.firstNeuron(layer);
  }

  String sentence() {
    return "%s: row = neuron that a connection reaches, column = neuron that it leaves"
        .formatted(wiring.title());
  }
}
