package dev.rewire.neuron;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.Arrays;
import java.util.List;

/**
 * Only the neurons with the largest sums of a sample speak, the others give 0 (Ahmad and Scheinkman
 * 2019, "How can we be so dense?"). Neurons that win seldom are helped: the winners are those with
 * the largest {@code x * exp(boost * (share - duty))}, where {@code duty} is the part of the
 * samples, about the last thousand, in which a neuron has won.
 *
 * <p>It is an activation: the one that follows should be the identity. Ties go to the neuron with
 * the lower number.
 *
 * @param share of the neurons that win while training, above 0, up to 1; at least one does
 * @param predictionShare of the neurons that win in prediction, above 0, up to 1
 * @param boost how much neurons that win seldom are helped, 0 or more
 */
public record KWinners(double share, double predictionShare, double boost)
    implements NeuronLayer.PerSample {
  /** Samples over which the duty cycle is averaged. */
  static final int PERIOD = 1000;

  /** Name in settings and files. */
  static final String NAME = "k-winners";

  /** Boost and widening at prediction of the paper. */
  private static final double BOOST = 1.5;

  private static final double WIDENING = 1.5;

  /** Checks the ranges. */
  public KWinners {
    if (!(share > 0 && share <= 1 && predictionShare > 0 && predictionShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of winners must be above 0 and at most 1: " + share + ", " + predictionShare);
    }
    if (!(boost >= 0 && boost < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("boost of k-winners must be 0 or more: " + boost);
    }
  }

  /**
   * With the paper's boost of 1.5, and half as many winners more in prediction.
   *
   * @param share of the neurons that win while training, above 0, up to 1
   * @return the layer
   */
  public static KWinners share(double share) {
    return new KWinners(share, Math.min(1, WIDENING * share), BOOST);
  }

  @Override
  public String id() {
    String usual = NAME + ":" + share;
    return equals(share(share)) ? usual : usual + ":" + predictionShare + ":" + boost;
  }

  @Override
  public List<String> memory() {
    return List.of("duty", "seen");
  }

  @Override
  public int kept() {
    return 1;
  }

  /** How many of some neurons win. */
  int winners(double share, int neurons) {
    return Math.clamp(Math.round(share * neurons), 1, neurons);
  }

  @Override
  public NeuronWork work(NeuronNumbers numbers, int batch, boolean training) {
    return new Work(this, numbers, batch);
  }

  private static final class Work implements NeuronWork {
    private static final int DIGITS = 1 << 8;

    private final KWinners settings;
    private final int neurons;
    private final Floats duty;
    private final Floats seen;

    /** What the sums of each neuron are multiplied with before they are compared. */
    private final float[] help;

    /** 1 for winners, 0 for the others. */
    private final Activations won;

    /** Of each sample how many scores have each value of the eight bits looked at. */
    private final int[][] counts;

    /** Of each sample what is known of the key of its last winner. */
    private final int[] prefix;

    /** Of each sample how many of the keys that begin so win. */
    private final int[] missing;

    Work(KWinners settings, NeuronNumbers numbers, int batch) {
      this.settings = settings;
      neurons = numbers.neurons();
      duty = numbers.memory(0);
      seen = numbers.memory(1);
      help = new float[neurons];
      helpNeurons(0, neurons);
      won = new Activations(neurons, batch);
      counts = new int[won.samples()][DIGITS];
      prefix = new int[won.samples()];
      missing = new int[won.samples()];
    }

    @Override
    public void forward(Activations x, int samples, boolean training, int from, int to) {
      double share = training ? settings.share() : settings.predictionShare();
      choose(x, from, to, settings.winners(share, neurons));
    }

    /** The order of floats as ints: larger ones later, NaN among the largest. */
    private static int key(float value) {
      int bits = Float.floatToRawIntBits(value + 0f);
      return bits ^ ((bits >> 31) | Integer.MIN_VALUE);
    }

    /** StrictMath, because Math may differ in the last bit from machine to machine. */
    private void helpNeurons(int from, int to) {
      for (int j = from; j < to; j++) {
        help[j] = (float) StrictMath.exp(settings.boost() * (settings.share() - duty.get(j)));
      }
    }

    /**
     * Finds the key of the last winner of each sample, eight bits at a time from the top, until all
     * that begin alike win alike. Samples lie side by side in a row.
     */
    private void choose(Activations x, int from, int to, int winners) {
      int known = 0;
      boolean open = true;
      Arrays.fill(prefix, from, to, 0);
      Arrays.fill(missing, from, to, winners);
      for (int shift = 24; shift >= 0 && open; shift -= 8) {
        for (int s = from; s < to; s++) {
          Arrays.fill(counts[s], 0);
        }
        for (int j = 0; j < neurons; j++) {
          count(x.values(), x.at(j, from), help[j], from, to, shift, known);
        }
        open = false;
        for (int s = from; s < to; s++) {
          int digit = DIGITS - 1;
          while (counts[s][digit] < missing[s]) {
            missing[s] -= counts[s][digit--];
          }
          open |= counts[s][digit] > missing[s];
          prefix[s] |= digit << shift;
        }
        known |= (DIGITS - 1) << shift;
      }
      for (int j = 0; j < neurons; j++) {
        long at = x.at(j, from);
        long wins = won.at(j, from);
        for (int s = from; s < to; s++, at++, wins++) {
          int key = key(x.values().get(at) * help[j]) & known;
          int order = Integer.compareUnsigned(key, prefix[s]);
          if (order > 0 || (order == 0 && missing[s]-- > 0)) {
            won.values().set(wins, 1f);
          } else {
            won.values().set(wins, 0f);
            x.values().set(at, 0f);
          }
        }
      }
    }

    private void count(Floats row, long at, float help, int from, int to, int shift, int known) {
      for (int s = from; s < to; s++) {
        int key = key(row.get(at + s - from) * help);
        if ((key & known) == prefix[s]) {
          counts[s][(key >>> shift) & (DIGITS - 1)]++;
        }
      }
    }

    @Override
    public void backward(Activations d, int samples, int from, int to) {
      for (int j = 0; j < neurons; j++) {
        long at = d.at(j, from);
        long wins = won.at(j, from);
        for (int b = 0; b < to - from; b++) {
          d.values().set(at + b, d.values().get(at + b) * won.values().get(wins + b));
        }
      }
    }

    @Override
    public void learn(int samples, int from, int to) {
      for (int j = from; j < to; j++) {
        int wins = 0;
        for (int s = 0; s < samples; s++) {
          wins += won.get(j, s) > 0 ? 1 : 0;
        }
        float now = Math.min(PERIOD, seen.get(j) + samples);
        float old = Math.max(0f, now - samples);
        duty.set(j, (duty.get(j) * old + wins * (now - old) / samples) / now);
        seen.set(j, now);
      }
      helpNeurons(from, to);
    }
  }
}
