package dev.rewire.example;

import dev.rewire.memory.Activations;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.NeuronWork;

/** Softsign (Bergstra et al. 2009): {@code x / (1 + |x|)}. */
public record Softsign() implements NeuronLayer.PerNeuron {
  @Override
  public String id() {
    return "softsign";
  }

  @Override
  public int kept() {
    return 1;
  }

  @Override
  public NeuronWork work(NeuronNumbers numbers, int batch, boolean trains) {
    Activations output = new Activations(numbers.neurons(), batch);
    return new NeuronWork() {
      @Override
      public void forward(Activations x, int samples, boolean training, int from, int to) {
        for (int j = from; j < to; j++) {
          for (int b = 0; b < samples; b++) {
            output.set(j, b, x.get(j, b) / (1 + Math.abs(x.get(j, b))));
            x.set(j, b, output.get(j, b));
          }
        }
      }

      @Override
      public void backward(Activations d, int samples, int from, int to) {
        for (int j = from; j < to; j++) {
          for (int b = 0; b < samples; b++) {
            float rest = 1 - Math.abs(output.get(j, b));
            d.set(j, b, d.get(j, b) * rest * rest);
          }
        }
      }
    };
  }
}
