package dev.rewire.saliency;

import dev.rewire.evolution.TopCells;
import dev.rewire.layer.Compute;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Iterative pruning by synaptic flow (SynFlow, Tanaka et al. 2020): what flows through all absolute
 * weights from inputs of 1 is conserved by layers and neurons, and a connection is worth its share
 * of it. In many rounds the cells with the smallest shares go, so that no layer is ever emptied.
 *
 * <p>Flows are products of as many numbers as there are layers, so each layer's have an exponent of
 * their own.
 */
final class SynFlow {
  /** Rounds of the paper. */
  static final int ROUNDS = 100;

  /** Cells that are stored even where that is many times what remains. */
  static final long STORED = 1 << 22;

  /** They are stored as soon as there are so many times fewer than will remain. */
  private static final int TIMES = 4;

  private static final int ROWS = 16;

  private final WorkerTeam team;
  private final List<Survivors> layers = new ArrayList<>();
  private final Candidates candidates;
  private final long begin;
  private final long stored;
  private final Survivors.Buffer[] buffers;
  private final long[][] cells;
  private final int[][] scores;

  /** The rounds' longest history, for those who want to know. */
  private int longest;

  /**
   * Begins.
   *
   * @param weights all layers
   * @param candidates those that take part
   * @param wide cells to begin with, one graph a layer, or empty for all
   * @param stored cells that may be stored however few remain
   */
  SynFlow(
      Compute compute,
      List<ImplicitLayer> weights,
      Candidates candidates,
      List<Topology> wide,
      long stored) {
    team = compute.team();
    this.candidates = candidates;
    this.stored = stored;
    long sum = 0;
    for (int l = 0; l < weights.size(); l++) {
      boolean taking = l < candidates.taking();
      Topology graph = wide.isEmpty() || !taking ? null : wide.get(l);
      layers.add(new Survivors(weights.get(l), taking ? candidates.first(l) : 0, graph, team));
      long own = graph == null ? weights.get(l).cells() : graph.connections();
      sum += taking ? own : 0;
    }
    begin = sum;
    buffers = new Survivors.Buffer[team.threads()];
    Arrays.setAll(buffers, worker -> new Survivors.Buffer());
    cells = new long[team.threads()][Survivors.PIECE];
    scores = new int[team.threads()][Survivors.PIECE];
  }

  /** The longest history that any round had to test. */
  int longest() {
    return longest;
  }

  /** How many are left after a round: {@code begin * (wanted / begin) ^ (round / rounds)}. */
  static long left(long begin, long wanted, int round, int rounds) {
    if (round == rounds) {
      return wanted;
    }
    double share = StrictMath.pow((double) wanted / begin, (double) round / rounds);
    return Math.max(wanted, Math.round(begin * share));
  }

  /**
   * Goes through all rounds; the last one offers who is left.
   *
   * @param wanted cells in the end, 1 or more
   */
  void run(long wanted, int rounds, TopCells best, Steps steps) {
    long left = begin;
    for (int round = 1; round < rounds; round++) {
      long keep = left(begin, wanted, round, rounds);
      if (keep < left) {
        List<Flow> flows = flows();
        Cut cut = new Ranking(team, source(flows), Ranking.HELD).find(keep);
        for (int l = 0; l < candidates.taking(); l++) {
          layers.get(l).cut(flows.get(l), cut);
          longest = Math.max(longest, layers.get(l).untested());
        }
        left = keep;
        if (left <= Math.max(stored, TIMES * wanted)) {
          for (int l = 0; l < candidates.taking(); l++) {
            layers.get(l).store(team, buffers);
          }
        }
      }
      steps.done();
    }
    Ranking.Source last = source(flows());
    team.run(
        last.parts(),
        (part, worker) ->
            last.show(
                part,
                worker,
                (cell, score, count) -> {
                  for (int k = 0; k < count; k++) {
                    if (score[k] >= best.bound()) {
                      best.offer(worker, cell[k], score[k]);
                    }
                  }
                }));
    steps.done();
  }

  /** All scores of now. */
  private Ranking.Source source(List<Flow> flows) {
    int[] firstPart = new int[candidates.taking() + 1];
    for (int l = 0; l < candidates.taking(); l++) {
      firstPart[l + 1] = firstPart[l] + Math.ceilDiv(layers.get(l).layer().outputs(), ROWS);
    }
    return new Ranking.Source() {
      @Override
      public int parts() {
        return firstPart[candidates.taking()];
      }

      @Override
      public void show(int part, int worker, Ranking.Run run) {
        int l = 0;
        while (part >= firstPart[l + 1]) {
          l++;
        }
        int from = (part - firstPart[l]) * ROWS;
        int to = Math.min(layers.get(l).layer().outputs(), from + ROWS);
        for (int j = from; j < to; j++) {
          for (int c = 0; c < layers.get(l).pieces(j); c++) {
            run.cells(
                cells[worker], scores[worker], score(layers.get(l), flows.get(l), j, c, worker));
          }
        }
      }
    };
  }

  private int score(Survivors survivors, Flow flow, int output, int piece, int worker) {
    Survivors.Buffer buffer = buffers[worker];
    survivors.read(output, piece, buffer);
    long row = survivors.first() + (long) output * survivors.layer().inputs();
    double out = flow.output()[output];
    for (int k = 0; k < buffer.count; k++) {
      int input = buffer.input[k];
      cells[worker][k] = row + input;
      scores[worker][k] = Flow.score(buffer.magnitude[k], flow.input()[input], out);
    }
    return buffer.count;
  }

  /** The flow through each layer, as shares of the whole. */
  private List<Flow> flows() {
    int count = layers.size();
    double[][] forward = new double[count + 1][];
    long[] exponent = new long[count + 1];
    forward[0] = new double[layers.getFirst().layer().inputs()];
    Arrays.fill(forward[0], 1);
    for (int l = 0; l < count; l++) {
      forward[l + 1] = forward(layers.get(l), forward[l]);
      exponent[l + 1] = exponent[l] + normalise(forward[l + 1]);
    }
    List<Flow> flows = new ArrayList<>();
    double[] back = new double[layers.getLast().layer().outputs()];
    Arrays.fill(back, 1);
    long backExponent = 0;
    for (int l = count - 1; l >= 0; l--) {
      double[] scaled = back.clone();
      // a layer's scores add up to the whole, whose exponent is that of the last outputs
      int shift = Math.toIntExact(exponent[l] + backExponent - exponent[count]);
      for (int j = 0; j < scaled.length; j++) {
        scaled[j] = Math.scalb(scaled[j], shift);
      }
      flows.addFirst(new Flow(forward[l], scaled));
      back = backward(layers.get(l), back);
      backExponent += normalise(back);
    }
    return flows;
  }

  /** Brings the largest number near 1 by a power of two, which is returned. */
  private static int normalise(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, number);
    }
    if (largest == 0) {
      return 0;
    }
    int exponent = Math.getExponent(largest);
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = Math.scalb(numbers[k], -exponent);
    }
    return exponent;
  }

  /** Each thread adds up whole rows. */
  private double[] forward(Survivors survivors, double[] in) {
    double[] out = new double[survivors.layer().outputs()];
    team.run(
        Math.ceilDiv(out.length, ROWS),
        (part, worker) -> {
          Survivors.Buffer buffer = buffers[worker];
          for (int j = part * ROWS; j < Math.min(out.length, (part + 1) * ROWS); j++) {
            double sum = 0;
            for (int c = 0; c < survivors.pieces(j); c++) {
              survivors.read(j, c, buffer);
              for (int k = 0; k < buffer.count; k++) {
                sum += buffer.magnitude[k] * in[buffer.input[k]];
              }
            }
            out[j] = sum;
          }
        });
    return out;
  }

  /** Each thread owns some inputs and goes through all rows. */
  private double[] backward(Survivors survivors, double[] out) {
    double[] in = new double[survivors.layer().inputs()];
    team.run(
        survivors.ranges(),
        (range, worker) -> {
          Survivors.Buffer buffer = buffers[worker];
          for (int j = 0; j < out.length; j++) {
            survivors.readRange(j, range, buffer);
            for (int k = 0; k < buffer.count; k++) {
              in[buffer.input[k]] += buffer.magnitude[k] * out[j];
            }
          }
        });
    return in;
  }
}
