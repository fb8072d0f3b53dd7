package dev.rewire.bench;

import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import java.util.ArrayList;
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
    int of = scope.widths().size() * scope.densities().size();
    int done = 0;
    try (Compute compute = new Compute(threads)) {
      for (int width : scope.widths()) {
        double[] dense = new double[scope.batches().size()];
        if (!watch.stop()) {
          watch.at("dense layer of %d x %d".formatted(width, width), done, of);
          dense = seconds(LayerAtWork.dense(width, width), scope, compute, width, watch);
        }
        for (double density : scope.densities()) {
          if (watch.stop()) {
            return new Race(heats);
          }
          watch.at("%d x %d, density %.0f %%".formatted(width, width, 100 * density), done++, of);
          SparseLayer layer = LayerAtWork.sparse(width, width, density);
          double[] sparse = seconds(layer, scope, compute, width, watch);
          for (int b = 0; b < sparse.length; b++) {
            if (sparse[b] > 0 && dense[b] > 0) {
              heats.add(new Heat(width, scope.batches().get(b), density, sparse[b], dense[b]));
            }
          }
        }
      }
    }
    return new Race(heats);
  }

  /** Seconds for each batch; 0 for those that were left out. */
  private static double[] seconds(
      SparseLayer layer, Scope scope, Compute compute, int width, Watch watch) {
    double[] seconds = new double[scope.batches().size()];
    for (int b = 0; b < seconds.length && !watch.stop(); b++) {
      LayerAtWork work = new LayerAtWork(layer, compute, scope.batches().get(b));
      if (width == scope.widths().getFirst()
          && (layer.topology().density() == 1
              || layer.topology().density() < 1.5 * scope.densities().getFirst())) {
        scope.timing().warmUp(work::step);
      }
      seconds[b] = scope.timing().fastest(work::step);
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
