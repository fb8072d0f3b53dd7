package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.layer.SparseLayer;

/**
 * All that a layer holds at one moment.
 *
 * @param rowStart first connection of each output
 * @param column input of each connection
 * @param weight one number a connection
 * @param bias one number a neuron
 * @param state what the optimizer remembers in its first slot
 */
record Snapshot(int[] rowStart, int[] column, float[] weight, float[] bias, float[] state) {
  static Snapshot of(SparseLayer layer) {
    return new Snapshot(
        layer.topology().rowStart().toArray(),
        layer.topology().column().toArray(),
        layer.weight().toArray(),
        layer.bias().toArray(),
        layer.weightState()[0].toArray());
  }

  void checkSame(SparseLayer layer) {
    Snapshot now = of(layer);
    assertThat(now.rowStart).as("row starts, which a rule must not change").isEqualTo(rowStart);
    assertThat(now.column).as("columns, which a rule must not change").isEqualTo(column);
    assertThat(now.weight).as("weights, which a rule must not change").isEqualTo(weight);
    assertThat(now.bias).as("biases, which a rule must not change").isEqualTo(bias);
    assertThat(now.state).as("state, which a rule must not change").isEqualTo(state);
  }
}
