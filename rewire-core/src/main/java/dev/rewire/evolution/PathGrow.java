package dev.rewire.evolution;

import java.util.Arrays;

/**
 * The growth of Cannistraci-Hebb training (Zhang et al. 2024): connections come where the topology
 * alone predicts them. An absent connection from input {@code u} to output {@code v} is the more
 * likely the more paths of three connections there are, {@code u - z1 - z2 - v}, and the less their
 * two neurons in between are connected elsewhere. Connections that go have no part in it. Where
 * fewer cells have a path than are to grow, the rest grows anywhere.
 *
 * <p>Time is proportional to the paths of three connections. Where they are many, cells are looked
 * at in turn ({@link PathScores}), which takes one addition a path; where they are few, the paths
 * are walked ({@link PathWalk}). Memory is eight bytes a connection, and 5 MB or a few numbers an
 * input and output for each thread.
 *
 * @param score how paths count
 * @param sampled false for the largest scores, as in CHT; true for a draw in proportion to the
 *     scores, as in CHTs
 */
public record PathGrow(Score score, boolean sampled) implements GrowRule {
  /** Paths that take as long as a look at a cell does, about. */
  private static final int PATHS_OF_A_LOOK = 8;

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
    int threads = situation.team().threads();
    try (TopCells best = new TopCells(count, threads)) {
      long looks = (long) links.outputs() * (links.inputs() + (long) links.outputs());
      if (links.paths() >= looks / PATHS_OF_A_LOOK) {
        lookAtAllCells(situation, links, best, threads);
      } else {
        walk(situation, links, best, threads);
      }
      best.finish(situation.grown());
    }
    situation.growAlso((int) (count - situation.grown().size()));
  }

  private void lookAtAllCells(
      GrowSituation situation, SurvivingLinks links, TopCells best, int threads) {
    PathScores[] paths = new PathScores[threads];
    CellDraw[] draws = new CellDraw[threads];
    long key = situation.key();
    int rows = PathScores.rows(links, threads);
    situation
        .team()
        .run(
            Math.ceilDiv(links.outputs(), rows),
            (part, worker) -> {
              if (paths[worker] == null) {
                paths[worker] = new PathScores(links, rows);
                draws[worker] = new CellDraw(links.inputNumber());
              }
              int from = part * rows;
              int to = Math.min(from + rows, links.outputs());
              switch (score) {
                case CH3_L3 -> paths[worker].external(from, to);
                case RA_L3 -> paths[worker].allocation(from, to);
              }
              for (int v = from; v < to; v++) {
                double[] scores = paths[worker].row(v - from);
                offerAll(situation, links, v, scores, key, draws[worker], best, worker);
                Arrays.fill(scores, 0);
              }
            });
  }

  private void walk(GrowSituation situation, SurvivingLinks links, TopCells best, int threads) {
    PathWalk[] walks = new PathWalk[threads];
    long key = situation.key();
    int parts = Math.clamp(links.outputs() / 16, 1, 1024);
    situation
        .team()
        .run(
            parts,
            (part, worker) -> {
              if (walks[worker] == null) {
                walks[worker] = new PathWalk(links);
              }
              PathWalk walk = walks[worker];
              int to = (int) ((part + 1L) * links.outputs() / parts);
              for (int v = (int) ((long) part * links.outputs() / parts); v < to; v++) {
                walk.begin();
                switch (score) {
                  case CH3_L3 -> walk.external(v);
                  case RA_L3 -> walk.allocation(v);
                }
                for (int i = 0; i < walk.touched(); i++) {
                  int u = walk.input(i);
                  long cell = row(situation, links, v) + links.inputNumber()[u];
                  float score = (float) walk.take(u);
                  float bound = Float.intBitsToFloat(best.bound());
                  float found = sampled ? CellDraw.draw(score, key + cell, bound) : score;
                  offer(situation, cell, found, best, worker);
                }
              }
            });
  }

  /** The first cell of an output, in the layer. */
  private static long row(GrowSituation situation, SurvivingLinks links, int v) {
    return (long) links.outputNumber()[v] * situation.layer().inputs();
  }

  /** One row of cells, of which few are worth an offer. */
  private void offerAll(
      GrowSituation situation,
      SurvivingLinks links,
      int v,
      double[] scores,
      long key,
      CellDraw draw,
      TopCells best,
      int worker) {
    long row = row(situation, links, v);
    int[] inputs = links.inputNumber();
    float bound = Float.intBitsToFloat(best.bound());
    if (sampled) {
      draw.look(scores, key + row, bound);
    }
    for (int u = 0; u < scores.length; u++) {
      float score = (float) scores[u];
      if (sampled ? draw.mayReach(u) : score >= bound) {
        long cell = row + inputs[u];
        float found = sampled ? CellDraw.draw(score, key + cell) : score;
        offer(situation, cell, found, best, worker);
      }
    }
  }

  private static void offer(
      GrowSituation situation, long cell, float found, TopCells best, int worker) {
    int bits = Float.floatToRawIntBits(found);
    if (found > 0 && bits >= best.bound() && situation.isFree(cell)) {
      best.offer(worker, cell, bits);
    }
  }
}
