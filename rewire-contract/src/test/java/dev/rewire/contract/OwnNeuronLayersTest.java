package dev.rewire.contract;

import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.KWinners;
import dev.rewire.neuron.LayerNorm;
import dev.rewire.neuron.NeuronAffine;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronLayers;
import dev.rewire.neuron.SRelu;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** Our own neuron layers keep the contract. */
class OwnNeuronLayersTest {
  /** Layers that model files know by name. */
  abstract static class Named extends NeuronLayerContract {
    @Override
    protected NeuronLayer named(String id) {
      return NeuronLayers.of(id);
    }
  }

  @Nested
  class BatchNormTest extends Named {
    @Override
    protected NeuronLayer layer() {
      return BatchNorm.DEFAULT;
    }

    @Override
    protected List<Supplier<NeuronLayer>> illegal() {
      return List.of(
          () -> new BatchNorm(0, 1e-5),
          () -> new BatchNorm(1.1, 1e-5),
          () -> new BatchNorm(Double.NaN, 1e-5),
          () -> new BatchNorm(0.1, 0));
    }
  }

  @Nested
  class SlowBatchNormTest extends Named {
    @Override
    protected NeuronLayer layer() {
      return new BatchNorm(0.01, 1e-3);
    }

    @Override
    protected List<Supplier<NeuronLayer>> illegal() {
      return List.of(() -> new BatchNorm(0.1, Double.POSITIVE_INFINITY));
    }
  }

  @Nested
  class LayerNormTest extends Named {
    @Override
    protected NeuronLayer layer() {
      return LayerNorm.DEFAULT;
    }

    @Override
    protected List<Supplier<NeuronLayer>> illegal() {
      return List.of(() -> new LayerNorm(0), () -> new LayerNorm(Double.NaN));
    }
  }

  @Nested
  class NeuronAffineTest extends Named {
    @Override
    protected NeuronLayer layer() {
      return new NeuronAffine();
    }

    @Override
    protected List<Supplier<NeuronLayer>> illegal() {
      return List.of();
    }
  }

  @Nested
  class SReluTest extends Named {
    @Override
    protected NeuronLayer layer() {
      return new SRelu();
    }

    @Override
    protected List<Supplier<NeuronLayer>> illegal() {
      return List.of();
    }
  }

  @Nested
  class KWinnersTest extends Named {
    @Override
    protected NeuronLayer layer() {
      return KWinners.share(0.3);
    }

    @Override
    protected List<Supplier<NeuronLayer>> illegal() {
      return List.of(
          () -> KWinners.share(0),
          () -> KWinners.share(1.5),
          () -> new KWinners(0.1, 0, 1),
          () -> new KWinners(0.1, 0.1, -1));
    }
  }
}
