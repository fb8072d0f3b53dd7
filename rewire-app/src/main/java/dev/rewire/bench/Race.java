package dev.rewire.bench;

import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where sparse beats dense: the training step of one square layer, with some of its connections and
 * with all of them.
 *
 * @param heats what was measured
 */
public record Race(List<Heat> heats) {
  /**
   * How often everything is measured, from one end to the other: what the compiler had not finished
   * in the first round, or another program disturbed, is made up for in the next.
   */
  private static final int ROUNDS = 2;

  /**
   * One measurement.
   *
   * @param width neurons on both sides
   * @param batch samples
   * @param density fraction of the connections that exist
   * @param sparseSeconds of a training step of the sparse layer
   * @param denseSeconds of a training step of the layer with all connections
   */
  public record Heat(
      int width, int batch, double density, double sparseSeconds, double denseSeconds) {
    /**
     * Returns how many times faster the sparse layer is.
     *
     * @return below 1 where dense is faster
     */
    public double speedUp() {
      return denseSeconds / sparseSeconds;
    }
  }

  /**
   * The heats of one curve.
   *
   * @param width neurons on both sides
   * @param batch samples
   */
  public record Curve(int width, int batch) {}

  /** Copies the list. */
  public Race {
    heats = List.copyOf(heats);
  }

  /**
   * Measures.
   *
   * @param scope what to measure
   * @param threads to compute with
   * @param watch hears about it
   * @return all that was measured before the watch ended it
   */
  static Race run(Scope scope, int threads, Watch watch) {
    List<Heat> heats = new ArrayList<>();
    int points = scope.densities().size() + 1;
    int of = 1 + scope.widths().size() * ROUNDS * points;
    int done = 0;
    watch.at("warming up", done++, of);
    warmUp(scope);
    try (Compute compute = new Compute(threads)) {
      for (int width : scope.widths()) {
        double[][] best = new double[points][scope.batches().size()];
        for (int round = 1; round <= ROUNDS; round++) {
          for (int point = 0; point < points && !watch.stop(); point++) {
            // dense first, so that a bench that is ended early has something to compare with
            boolean all = point == 0;
            double density = all ? 1 : scope.densities().get(point - 1);
            watch.at(
                all
                    ? "dense layer of %d x %d, round %d".formatted(width, width, round)
                    : "%d x %d, density %.0f %%, round %d"
                        .formatted(width, width, 100 * density, round),
                done++,
                of);
            SparseLayer layer =
                all ? LayerAtWork.dense(width, width) : LayerAtWork.sparse(width, width, density);
            double[] seconds = seconds(layer, scope, compute, watch);
            double[] before = best[point];
            Arrays.setAll(before, i -> least(before[i], seconds[i]));
          }
        }
        collect(scope, width, best, heats);
      }
    }
    return new Race(heats);
  }

  private static double least(double before, double now) {
    return before == 0 || (now > 0 && now < before) ? now : before;
  }

  private static void collect(Scope scope, int width, double[][] best, List<Heat> heats) {
    double[] dense = best[0];
    for (int d = 0; d < scope.densities().size(); d++) {
      for (int b = 0; b < dense.length; b++) {
        double sparse = best[d + 1][b];
        if (sparse > 0 && dense[b] > 0) {
          heats.add(
              new Heat(width, scope.batches().get(b), scope.densities().get(d), sparse, dense[b]));
        }
      }
    }
  }

  /** On one thread, so that the compiler has the others; sparse and dense alike. */
  private static void warmUp(Scope scope) {
    int width = scope.widths().getFirst();
    try (Compute compute = new Compute(1)) {
      for (int batch : scope.batches()) {
        for (SparseLayer layer :
            List.of(LayerAtWork.sparse(width, width, 0.05), LayerAtWork.dense(width, width))) {
          scope.timing().warmUp(new LayerAtWork(layer, compute, batch)::step);
        }
      }
    }
  }

  /** Seconds for each batch; 0 for those that were left out. */
  private static double[] seconds(SparseLayer layer, Scope scope, Compute compute, Watch watch) {
    double[] seconds = new double[scope.batches().size()];
    for (int b = 0; b < seconds.length && !watch.stop(); b++) {
      seconds[b] =
          scope.timing().fastest(new LayerAtWork(layer, compute, scope.batches().get(b))::step);
    }
    return seconds;
  }

  /**
   * Sorts the heats into curves.
   *
   * @return for each width and batch its heats, densities ascending
   */
  public Map<Curve, List<Heat>> curves() {
    Map<Curve, List<Heat>> curves = new LinkedHashMap<>();
    heats.stream()
        .sorted(
            Comparator.comparingInt(Heat::width)
                .thenComparingInt(Heat::batch)
                .thenComparingDouble(Heat::density))
        .forEach(heat ->
            curves
                .computeIfAbsent(new Curve(heat.width(), heat.batch()), curve -> new ArrayList<>())
                .add(heat));
    return curves;
  }

  /**
   * Finds the density from which on the sparse layer is no longer faster, between two heats by a
   * straight line in logarithms. A layer with all connections is dense by itself and does not
   * count.
   *
   * @param curve heats of one curve, densities ascending
   * @return the density; 0 if dense is faster from the first heat on, 1 if it never is
   */
  public static double crossover(List<Heat> curve) {
    Heat before = null;
    for (Heat heat : curve) {
      if (heat.density() >= 1) {
        break;
      }
      if (heat.speedUp() < 1) {
        if (before == null) {
          return 0;
        }
        double high = Math.log(before.speedUp());
        double low = Math.log(heat.speedUp());
        double from = Math.log(before.density());
        double to = Math.log(heat.density());
        return Math.exp(from + (to - from) * high / (high - low));
      }
      before = heat;
    }
    return 1;
  }
}
