package dev.rewire.bench;

import dev.rewire.layer.SparseLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A square layer whose activations lie in one level of memory.
 *
 * @param level its name
 * @param random whether it is so far away that the order of rows matters
 * @param layer with ε connections for each of its neurons
 */
record Place(String level, boolean random, SparseLayer layer) {
  private static final long MOST_BYTES = 512L << 20;

  /** Half of L2 and a quarter of L3, so that what else a kernel needs fits beside it. */
  static List<Place> all(Scope scope, Caches caches, Watch watch) {
    long memory = Math.min(MOST_BYTES, (long) (scope.beyond() * caches.l3()));
    long[] bytes = {caches.l2() / 2, caches.l3() / 4, memory};
    String[] levels = {"L2", "L3", "memory"};
    List<Place> places = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      watch.at("drawing a layer for " + levels[l], l, levels.length);
      int neurons = (int) Math.max(1, bytes[l] / row(scope));
      double density = Math.min(1, 2 * scope.epsilon() / neurons);
      places.add(new Place(levels[l], l == 2, LayerAtWork.sparse(neurons, neurons, density)));
    }
    return places;
  }

  private static long row(Scope scope) {
    return (long) Float.BYTES * scope.batch();
  }

  /** Bytes of the activations of its inputs. */
  long bytes(Scope scope) {
    return layer.inputs() * row(scope);
  }

  String title() {
    return String.format(Locale.ROOT, "%,d neurons in %s", layer.inputs(), level);
  }
}
