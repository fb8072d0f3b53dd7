package dev.rewire.history;

import dev.rewire.memory.Ints;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** The topology of a network at any moment of its history: 16 bytes a connection. */
public final class TopologyReplay {
  private final List<HistoryReader.Shape> shapes;
  private final List<CellList> cells = new ArrayList<>();
  private CellList next = new CellList();

  /**
   * Begins without connections.
   *
   * @param shapes the layers, as {@link HistoryReader#layers} has them
   */
  public TopologyReplay(List<HistoryReader.Shape> shapes) {
    this.shapes = List.copyOf(shapes);
    shapes.forEach(shape -> cells.add(new CellList()));
  }

  /**
   * Lets a layer change.
   *
   * @param change the next record
   * @throws IllegalArgumentException if it drops what is not there, grows what is, or does not come
   *     to the number of connections that it says
   */
  public void apply(TopologyChange change) {
    CellList current = cells.get(change.layer());
    next.clear(current.size() + change.grown().size());
    long dropped = 0;
    long grown = 0;
    for (long i = 0; i < current.size(); i++) {
      long cell = current.get(i);
      grown = growBelow(cell, change.grown(), grown);
      boolean there = true;
      if (dropped < change.dropped().size() && change.dropped().get(dropped) == cell) {
        dropped++;
        there = false;
      }
      if (grown < change.grown().size() && change.grown().get(grown) == cell) {
        check(!there, change);
        grown++;
        there = true;
      }
      if (there) {
        next.add(cell);
      }
    }
    growBelow(Long.MAX_VALUE, change.grown(), grown);
    check(dropped == change.dropped().size() && next.size() == change.connections(), change);
    cells.set(change.layer(), next);
    next = current;
  }

  private long growBelow(long cell, CellList grown, long from) {
    long at = from;
    while (at < grown.size() && grown.get(at) < cell) {
      next.add(grown.get(at++));
    }
    return at;
  }

  private static void check(boolean fits, TopologyChange change) {
    if (!fits) {
      throw new IllegalArgumentException(
          "the change of layer %d in epoch %d does not fit what was before"
              .formatted(change.layer(), change.epoch()));
    }
  }

  /**
   * Returns the connections of a layer now.
   *
   * @param layer its number
   * @return a copy
   */
  public Topology topology(int layer) {
    HistoryReader.Shape shape = shapes.get(layer);
    CellList list = cells.get(layer);
    Ints rowStart = new Ints(shape.outputs() + 1L);
    Ints column = new Ints(list.size());
    int row = 0;
    for (int e = 0; e < list.size(); e++) {
      long cell = list.get(e);
      while (cell >= (row + 1L) * shape.inputs()) {
        rowStart.set(++row, e);
      }
      column.set(e, (int) (cell - (long) row * shape.inputs()));
    }
    while (row < shape.outputs()) {
      rowStart.set(++row, (int) list.size());
    }
    return new Topology(shape.inputs(), shape.outputs(), rowStart, column);
  }
}
