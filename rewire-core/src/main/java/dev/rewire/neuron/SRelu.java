package dev.rewire.neuron;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Units;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The S-shaped rectified linear unit (Jin et al. 2016) with four learned numbers a neuron, in the
 * form that the published SET networks use (keras-contrib). With {@code r = t_left + |t_right|}:
 *
 * <pre>
 * y = t_left + a_left * (x - t_left)    where x &lt;= t_left
 * y = x                                 between
 * y = r + a_right * (x - r)             where x &gt;= r
 * </pre>
 *
 * <p>It begins as a leaky ReLU: {@code t_left = 0}, {@code a_left} from 0 to 1, {@code t_right}
 * from 0 to 5, {@code a_right = 1}. It is an activation: the one that follows should be the
 * identity.
 */
public record SRelu() implements NeuronLayer.PerNeuron {
  /** Name in settings and files. */
  static final String NAME = "srelu";

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public List<String> parameters() {
    return List.of("t_left", "a_left", "t_right", "a_right");
  }

  @Override
  public float initial(String name, RandomGenerator random) {
    return switch (name) {
      case "a_left" -> random.nextFloat();
      case "t_right" -> random.nextFloat() * 5;
      case "a_right" -> 1f;
      default -> 0f;
    };
  }

  /** That of a leaky ReLU whose slope is drawn from 0 to 1. */
  @Override
  public double gain() {
    return 1.5;
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
    private final NeuronNumbers numbers;
    private final boolean keeps;
    private final Activations input;
    private final Floats[] gradients = new Floats[4];
    private final Units units = KernelProvider.get().units();

    /** Of each neuron the two sums that a kernel gives. */
    private final Floats sums;

    Work(NeuronNumbers numbers, int batch, boolean training) {
      this.numbers = numbers;
      keeps = training;
      int kept = training ? numbers.neurons() : 1;
      input = new Activations(kept, batch);
      sums = new Floats(2L * kept);
      for (int p = 0; p < gradients.length; p++) {
        gradients[p] = new Floats(kept);
      }
    }

    @Override
    public void forward(Activations x, int samples, boolean training, int from, int to) {
      for (int tile = 0; tile < x.tilesOf(samples); tile++) {
        if (keeps) {
          long row = x.row(tile, from);
          input.values().copy(x.values(), row, input.row(tile, from), x.row(tile, to) - row);
        }
        for (int j = from; j < to; j++) {
          float left = numbers.parameter(0).get(j);
          float leftSlope = numbers.parameter(1).get(j);
          float right = left + Math.abs(numbers.parameter(2).get(j));
          float rightSlope = numbers.parameter(3).get(j);
          long row = x.row(tile, j);
          if (x.width() % Activations.LANES == 0) {
            units.sRelu(x.values(), row, row + x.width(), left, leftSlope, right, rightSlope);
          } else {
            bend(x.values(), row, x.width(), left, leftSlope, right, rightSlope);
          }
        }
      }
    }

    private static void bend(
        Floats x, long row, int count, float left, float leftSlope, float right, float rightSlope) {
      for (long i = row; i < row + count; i++) {
        float v = x.get(i);
        float low = Math.fma(leftSlope, v - left, left);
        float high = Math.fma(rightSlope, v - right, right);
        x.set(i, v <= left ? low : v >= right ? high : v);
      }
    }

    @Override
    public void backward(Activations d, int samples, int from, int to) {
      for (int j = from; j < to; j++) {
        float left = numbers.parameter(0).get(j);
        float leftSlope = numbers.parameter(1).get(j);
        float stretch = numbers.parameter(2).get(j);
        float right = left + Math.abs(stretch);
        float rightSlope = numbers.parameter(3).get(j);
        double belowSum = 0;
        double belowProducts = 0;
        double aboveSum = 0;
        double aboveProducts = 0;
        for (int tile = 0; tile < d.tilesOf(samples); tile++) {
          long row = d.row(tile, j);
          long keep = input.row(tile, j);
          if (d.width() % Activations.LANES == 0) {
            int width = d.width();
            long at = 2L * j;
            Floats in = input.values();
            units.sReluSums(in, keep, d.values(), row, width, left, right, false, sums, at);
            belowSum += sums.get(at);
            belowProducts += sums.get(at + 1);
            units.sReluSums(in, keep, d.values(), row, width, left, right, true, sums, at);
            aboveSum += sums.get(at);
            aboveProducts += sums.get(at + 1);
            units.sReluGradient(
                in, keep, d.values(), row, width, left, leftSlope, right, rightSlope);
            continue;
          }
          for (int b = 0; b < d.width(); b++) {
            float v = input.values().get(keep + b);
            float g = d.values().get(row + b);
            boolean below = v <= left;
            boolean above = !below && v >= right;
            belowSum += below ? g : 0;
            belowProducts += below ? (double) g * (v - left) : 0;
            aboveSum += above ? g : 0;
            aboveProducts += above ? (double) g * (v - right) : 0;
            d.values().set(row + b, below ? g * leftSlope : above ? g * rightSlope : g);
          }
        }
        gradients[0].set(j, (float) ((1 - leftSlope) * belowSum + (1 - rightSlope) * aboveSum));
        gradients[1].set(j, (float) belowProducts);
        gradients[2].set(j, (float) (Math.signum(stretch) * (1 - rightSlope) * aboveSum));
        gradients[3].set(j, (float) aboveProducts);
      }
    }

    @Override
    public Floats gradient(int parameter) {
      return gradients[parameter];
    }
  }
}
