package dev.rewire.example;

import dev.rewire.contract.NeuronLayerContract;
import dev.rewire.neuron.NeuronLayer;
import java.util.List;
import java.util.function.Supplier;

class SoftsignTest extends NeuronLayerContract {
  @Override
  protected NeuronLayer layer() {
    return new Softsign();
  }

  @Override
  protected NeuronLayer named(String id) {
    return new Softsign();
  }

  @Override
  protected List<Supplier<NeuronLayer>> illegal() {
    return List.of();
  }
}
