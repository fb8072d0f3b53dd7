package dev.rewire.evolution;

import dev.rewire.random.RandomStreams;

/**
 * The growth of Cannistraci-Hebb training (Zhang et al. 2024): connections come where the topology
 * alone predicts them. An absent connection from input {@code u} to output {@code v} is the more
 * likely the more paths of three connections there are, {@code u - z1 - z2 - v}, and the less their
 * two neurons in between are connected elsewhere. Connections that go have no part in it. Where
 * fewer cells have a path than are to grow, the rest grows anywhere.
 *
 * <p>Time is that of one addition for each path of three connections and of one look at each cell;
 * memory is eight bytes a connection, and 3 MB or a few numbers an input and output for each
 * thread.
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
    SurvivingLinks links = new SurvivingLinks(situation.layer().topology(), situation.dropped());
    PathScores[] paths = new PathScores[situation.team().threads()];
    int rows = PathScores.rows(links, paths.length);
    long key = situation.key();
    try (TopCells best = new TopCells(count, paths.length)) {
      situation
          .team()
          .run(
              Math.ceilDiv(links.outputs(), rows),
              (part, worker) -> {
                if (paths[worker] == null) {
                  paths[worker] = new PathScores(links, rows);
                }
                int from = part * rows;
                int to = Math.min(from + rows, links.outputs());
                score(paths[worker], from, to);
                for (int v = from; v < to; v++) {
                  offer(situation, key, paths[worker].row(v - from), v, best, worker);
                }
              });
      best.finish(situation.grown());
    }
    situation.growAlso((int) (count - situation.grown().size()));
  }

  private void score(PathScores paths, int from, int to) {
    switch (score) {
      case CH3_L3 -> paths.external(from, to);
      case RA_L3 -> paths.allocation(from, to);
    }
  }

  private void offer(
      GrowSituation situation, long key, double[] scores, int output, TopCells best, int worker) {
    long row = (long) output * scores.length;
    for (int input = 0; input < scores.length; input++) {
      float found = (float) scores[input];
      scores[input] = 0;
      int bound = best.bound();
      if (sampled) {
        found = draw(found, key + row + input, Float.intBitsToFloat(bound));
      }
      int bits = Float.floatToRawIntBits(found);
      if (found > 0 && bits >= bound && situation.isFree(row + input)) {
        best.offer(worker, row + input, bits);
      }
    }
  }

  /**
   * Weight / exponential: the largest of them are a draw without replacement. Returns 0 where that
   * is below a bound for sure, which takes no logarithm: {@code -log(x)} is {@code 1 - x} or more.
   */
  private static float draw(float weight, long key, float bound) {
    double uniform = (RandomStreams.mix(key) >>> 11) * 0x1p-53 + 0x1p-54;
    if (weight * (1 + 1e-9) < bound * (1 - uniform)) {
      return 0;
    }
    return (float) (weight / -StrictMath.log(uniform));
  }
}
