package dev.rewire.neuron;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Norms;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.List;
import java.util.random.RandomGenerator;

/** A learned scale and shift of each neuron: {@code y = scale * x + shift}. */
public record NeuronAffine() implements NeuronLayer.PerNeuron {
  /** Name in settings and files. */
  static final String NAME = "affine";

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public List<String> parameters() {
    return List.of("scale", "shift");
  }

  @Override
  public float initial(String name, RandomGenerator random) {
    return name.equals("scale") ? 1f : 0f;
  }

  @Override
  public int kept() {
    return 1;
  }

  @Override
  public NeuronWork work(NeuronNumbers numbers, int batch, boolean training) {
    return new Work(numbers, batch, training);
  }

  private static final class Work implements NeuronWork {
    private final Floats scale;
    private final Floats shift;
    private final boolean keeps;
    private final Norms norms = KernelProvider.get().norms();
    private final Activations input;
    private final Floats scaleGradient;
    private final Floats shiftGradient;

    Work(NeuronNumbers numbers, int batch, boolean training) {
      scale = numbers.parameter(0);
      shift = numbers.parameter(1);
      keeps = training;
      int kept = training ? numbers.neurons() : 1;
      input = new Activations(kept, batch);
      scaleGradient = new Floats(kept);
      shiftGradient = new Floats(kept);
    }

    @Override
    public void forward(Activations x, int samples, boolean training, int from, int to) {
      for (int tile = 0; tile < x.tilesOf(samples); tile++) {
        if (keeps) {
          long row = x.row(tile, from);
          input.values().copy(x.values(), row, input.row(tile, from), x.row(tile, to) - row);
        }
        for (int j = from; j < to; j++) {
          long row = x.row(tile, j);
          float slope = scale.get(j);
          float start = shift.get(j);
          if (x.width() % Activations.LANES == 0) {
            norms.scaleAndShift(x.values(), row, row + x.width(), slope, start);
            continue;
          }
          for (int b = 0; b < x.width(); b++) {
            x.values().set(row + b, Math.fma(x.values().get(row + b), slope, start));
          }
        }
      }
    }

    @Override
    public void backward(Activations d, int samples, int from, int to) {
      for (int j = from; j < to; j++) {
        double sum = 0;
        double products = 0;
        float slope = scale.get(j);
        for (int tile = 0; tile < d.tilesOf(samples); tile++) {
          long row = d.row(tile, j);
          long keep = input.row(tile, j);
          if (d.width() % Activations.LANES == 0) {
            sum += norms.rowSum(d.values(), row, d.width());
            products += norms.rowProducts(d.values(), row, input.values(), keep, d.width());
            norms.shiftAndScale(d.values(), row, row + d.width(), 0f, slope);
            continue;
          }
          for (int b = 0; b < d.width(); b++) {
            float gradient = d.values().get(row + b);
            sum += gradient;
            products += (double) gradient * input.values().get(keep + b);
            d.values().set(row + b, gradient * slope);
          }
        }
        shiftGradient.set(j, (float) sum);
        scaleGradient.set(j, (float) products);
      }
    }

    @Override
    public Floats gradient(int parameter) {
      return parameter == 0 ? scaleGradient : shiftGradient;
    }
  }
}
