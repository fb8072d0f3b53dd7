package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.ImageShape;
import dev.rewire.layer.SparseLayer;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
import org.junit.jupiter.api.Test;

/** Connectivity and strength of a layer of 4 inputs and 3 outputs that is drawn by hand. */
class InputMeasuresTest {
  // Output 0 sees inputs 0 and 3, output 1 sees 3, output 2 sees 0, 1 and 3.
  private final Topology topology =
      Topology.ofCells(4, 3, new long[] {0, 3, 4 + 3, 8, 8 + 1, 8 + 3});

  @Test
  void connectionsAreCountedOnBothSides() {
    ImageShape shape = new ImageShape(2, 2, 1);
    InputConnectivity connectivity = InputConnectivity.of(topology, shape);
    assertThat(connectivity.outgoing()).containsExactly(2, 1, 0, 3);
    assertThat(connectivity.incoming()).containsExactly(2, 1, 3);
    assertThat(connectivity.connections()).isEqualTo(6);
    assertThat(connectivity.pixels(shape)).containsExactly(2, 1, 0, 3);
    assertThat(topology.indexed()).isFalse();
  }

  @Test
  void strengthsAreSumsOfAbsoluteWeights() {
    SparseLayer layer = Layers.of(topology, 1, -2, 4, -8, 16, 32);
    InputStrength strength = InputStrength.of(layer, new ImageShape(1, 2, 2));
    assertThat(strength.values()).containsExactly(9, 16, 0, 38);
    assertThat(strength.pixels(new ImageShape(1, 2, 2))).containsExactly(9, 54);
  }
}
