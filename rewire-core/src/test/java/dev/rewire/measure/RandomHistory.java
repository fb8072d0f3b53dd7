package dev.rewire.measure;

import dev.rewire.history.TopologyChange;
import dev.rewire.topology.CellList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Changes of one layer, drawn at random; some cells come back at once, some later. */
final class RandomHistory {
  final List<TopologyChange> changes = new ArrayList<>();
  final TreeSet<Long> alive = new TreeSet<>();

  RandomHistory(int cells, int connections, int updates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    grow(cells, connections, random, new TreeSet<>());
    changes.add(change(-1, List.of(), alive));
    for (int u = 0; u < updates; u++) {
      TreeSet<Long> dropped = new TreeSet<>();
      for (long cell : List.copyOf(alive)) {
        if (random.nextInt(4) == 0) {
          dropped.add(cell);
        }
      }
      alive.removeAll(dropped);
      TreeSet<Long> grown = new TreeSet<>();
      grow(cells, connections, random, grown);
      changes.add(change(u, dropped, grown));
    }
  }

  private void grow(int cells, int connections, SplittableRandom random, TreeSet<Long> grown) {
    while (alive.size() < connections) {
      long cell = random.nextInt(cells);
      if (alive.add(cell)) {
        grown.add(cell);
      }
    }
  }

  private TopologyChange change(int epoch, Collection<Long> dropped, Collection<Long> grown) {
    return new TopologyChange(
        0, epoch, 10L * (epoch + 1), alive.size(), list(dropped), list(grown));
  }

  static CellList list(Collection<Long> cells) {
    CellList list = new CellList();
    list.clear(cells.size());
    cells.forEach(list::add);
    return list;
  }
}
