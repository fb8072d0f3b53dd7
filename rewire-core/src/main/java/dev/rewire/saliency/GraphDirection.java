package dev.rewire.saliency;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import java.util.List;

/** The gradient of the connections of a sparse network as a direction: one number each. */
final class GraphDirection implements Direction {
  private final BatchPass pass;
  private final GraphProduct product;

  /**
   * Wraps a gradient.
   *
   * @param gradient one number a connection of each layer
   */
  GraphDirection(BatchPass pass, GraphProduct product, List<Floats> gradient) {
    this.pass = pass;
    this.product = product.with(gradient);
  }

  @Override
  public void forward(int layer, Activations y) {
    Activations in = pass.inputs(layer);
    SparseBatch sparse = pass.sparseInputs(layer);
    Activations more = new Activations(y.units(), BatchPass.batch(pass.samples()));
    if (in != null) {
      product.forward(layer, in, pass.tiles(), false, more);
    } else if (sparse != null) {
      product.forward(sparse, pass.tiles(), new Floats(y.units()), more);
    }
    add(more, y);
  }

  @Override
  public void backward(int layer, Activations e) {
    Activations more = new Activations(e.units(), BatchPass.batch(pass.samples()));
    product.backward(layer, pass.gradients(layer), pass.tiles(), more);
    add(more, e);
  }

  private static void add(Activations more, Activations to) {
    for (long k = 0; k < to.values().length(); k++) {
      to.values().set(k, to.values().get(k) + more.values().get(k));
    }
  }
}
