package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;

/**
 * The growth of Cannistraci-Hebb training (Zhang et al. 2024): connections come where the topology
 * alone predicts them. An absent connection from input {@code u} to output {@code v} is the more
 * likely the more paths of three connections there are, {@code u - z1 - z2 - v}, and the less their
 * two neurons in between are connected elsewhere. Connections that go have no part in it. Where
 * fewer cells have a path than are to grow, the rest grows anywhere.
 *
 * <p>Time is that of walking all paths of three connections, memory a few numbers an input and
 * output for each thread. The transposed index is built if it is not there.
 *
 * @param score how paths count
 * @param sampled false for the largest scores, as in CHT; true for a draw in proportion to the
 *     scores, as in CHTs
 */
public record PathGrow(Score score, boolean sampled) implements GrowRule {
  /** How the two neurons in between count. */
  public enum Score {
    /**
     * Their connections that lead out of the local community of the two ends: 1 / sqrt((1 + e1) (1
     * + e2)), CH3-L3 of the paper. The community is the two ends and all neurons in between.
     */
    CH3_L3,
    /** All of their connections: 1 / sqrt(d1 d2), resource allocation; some times faster. */
    RA_L3
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    if (count == 0) {
      return;
    }
    Topology topology = situation.layer().topology();
    topology.index(situation.team());
    int[] outputDegree = new int[topology.outputs()];
    int[] inputDegree = new int[topology.inputs()];
    degrees(topology, situation.dropped(), outputDegree, inputDegree);
    Walk[] walks = new Walk[situation.team().threads()];
    int parts = Math.clamp(topology.outputs() / 16, 1, 1024);
    try (TopCells best = new TopCells(count, walks.length)) {
      situation
          .team()
          .run(
              parts,
              (part, worker) -> {
                if (walks[worker] == null) {
                  walks[worker] = new Walk(situation, outputDegree, inputDegree);
                }
                int to = (int) ((part + 1L) * topology.outputs() / parts);
                for (int v = (int) ((long) part * topology.outputs() / parts); v < to; v++) {
                  offer(situation, walks[worker], v, best, worker);
                }
              });
      best.finish(situation.grown());
    }
    situation.growAlso((int) (count - situation.grown().size()));
  }

  private static void degrees(Topology topology, Bits dropped, int[] outputs, int[] inputs) {
    for (int j = 0; j < outputs.length; j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        if (!dropped.get(e)) {
          outputs[j]++;
          inputs[topology.column().get(e)]++;
        }
      }
    }
  }

  private void offer(GrowSituation situation, Walk walk, int output, TopCells best, int worker) {
    if (score == Score.CH3_L3) {
      walk.external(output);
    } else {
      walk.allocation(output);
    }
    long row = (long) output * situation.layer().inputs();
    for (int i = 0; i < walk.touched; i++) {
      int input = walk.inputs[i];
      float found = (float) walk.scores[input];
      walk.scores[input] = 0;
      if (sampled) {
        // The largest of weight / exponential: a draw without replacement.
        long bits = RandomStreams.mix(situation.key() + row + input);
        found = (float) (found / -StrictMath.log((bits >>> 11) * 0x1p-53 + 0x1p-54));
      }
      int key = Float.floatToRawIntBits(found);
      if (found > 0 && key >= best.bound() && situation.isFree(row + input)) {
        best.offer(worker, row + input, key);
      }
    }
    walk.touched = 0;
  }

  /** The paths to one output at a time; memory of one thread. */
  private static final class Walk {
    private final Topology topology;
    private final Bits dropped;
    private final int[] outputDegree;
    private final int[] inputDegree;

    /** Of each input its score so far, and the list of those that have one. */
    private final double[] scores;

    private final int[] inputs;
    private int touched;

    /** Of each output the common inputs with the one under way, and the list of those that have. */
    private final double[] common;

    private final int[] outputs;

    /** Of each input the outputs that it shares with another input, and the list. */
    private final int[] shared;

    private final int[] sharing;

    Walk(GrowSituation situation, int[] outputDegree, int[] inputDegree) {
      topology = situation.layer().topology();
      dropped = situation.dropped();
      this.outputDegree = outputDegree;
      this.inputDegree = inputDegree;
      scores = new double[inputDegree.length];
      inputs = new int[inputDegree.length];
      shared = new int[inputDegree.length];
      sharing = new int[inputDegree.length];
      common = new double[outputDegree.length];
      outputs = new int[outputDegree.length];
    }

    /** Adds to the score of an input. */
    private void add(int input, double score) {
      if (scores[input] == 0) {
        inputs[touched++] = input;
      }
      scores[input] += score;
    }

    /**
     * For each output z1 the sum over the common inputs z2 with v; returns how many z1 have one.
     */
    private int common(int v, boolean byDegree) {
      int count = 0;
      int end = topology.rowStart().get(v + 1L);
      for (int e = topology.rowStart().get(v); e < end; e++) {
        int z2 = topology.column().get(e);
        double part = byDegree ? 1 / Math.sqrt(inputDegree[z2]) : 1;
        int last = topology.inputStart().get(z2 + 1L);
        for (int k = topology.inputStart().get(z2); !dropped.get(e) && k < last; k++) {
          int z1 = topology.target().get(k);
          if (z1 != v && !dropped.get(topology.edge().get(k))) {
            if (common[z1] == 0) {
              outputs[count++] = z1;
            }
            common[z1] += part;
          }
        }
      }
      return count;
    }

    void allocation(int v) {
      int count = common(v, true);
      for (int i = 0; i < count; i++) {
        int z1 = outputs[i];
        double part = common[z1] / Math.sqrt(outputDegree[z1]);
        common[z1] = 0;
        int end = topology.rowStart().get(z1 + 1L);
        for (int e = topology.rowStart().get(z1); e < end; e++) {
          if (!dropped.get(e)) {
            add(topology.column().get(e), part);
          }
        }
      }
    }

    void external(int v) {
      int count = common(v, false);
      int end = topology.rowStart().get(v + 1L);
      for (int e = topology.rowStart().get(v); e < end; e++) {
        if (!dropped.get(e)) {
          through(v, topology.column().get(e));
        }
      }
      for (int i = 0; i < count; i++) {
        common[outputs[i]] = 0;
      }
    }

    /** All paths whose last connection comes from z2. */
    private void through(int v, int z2) {
      int found = 0;
      int last = topology.inputStart().get(z2 + 1L);
      for (int k = topology.inputStart().get(z2); k < last; k++) {
        int z1 = topology.target().get(k);
        if (z1 != v && !dropped.get(topology.edge().get(k))) {
          found = countShared(z1, z2, found);
        }
      }
      for (int k = topology.inputStart().get(z2); k < last; k++) {
        int z1 = topology.target().get(k);
        if (z1 != v && !dropped.get(topology.edge().get(k))) {
          // Of the links of z1, those to u and to inputs of v stay in the community: 1 + e1.
          double first = outputDegree[z1] - common[z1];
          addPaths(z1, z2, first);
        }
      }
      for (int i = 0; i < found; i++) {
        shared[sharing[i]] = 0;
      }
    }

    private int countShared(int z1, int z2, int found) {
      int count = found;
      int end = topology.rowStart().get(z1 + 1L);
      for (int e = topology.rowStart().get(z1); e < end; e++) {
        int u = topology.column().get(e);
        if (u != z2 && !dropped.get(e)) {
          if (shared[u]++ == 0) {
            sharing[count++] = u;
          }
        }
      }
      return count;
    }

    private void addPaths(int z1, int z2, double first) {
      int end = topology.rowStart().get(z1 + 1L);
      for (int e = topology.rowStart().get(z1); e < end; e++) {
        int u = topology.column().get(e);
        if (u != z2 && !dropped.get(e)) {
          // The same for z2: its link to v, and those to outputs of u.
          double second = inputDegree[z2] - shared[u];
          add(u, 1 / Math.sqrt(first * second));
        }
      }
    }
  }
}
