package dev.rewire.measure;

import dev.rewire.history.TopologyChange;
import dev.rewire.topology.CellList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lives of the connections: when they were born, how old they are, at what age they died. An
 * age is counted in updates of the layer that a connection has survived; one that goes in the
 * update after its birth dies at age 0. Memory is 12 bytes a connection (24 while a layer changes),
 * and a change costs one pass over the layer's connections.
 *
 * <p>How many births were rebirths only a memory of all cells can say: {@link Exploration}.
 */
public final class Lineage implements Consumer<TopologyChange>, AutoCloseable {
  private final List<Layer> layers = new ArrayList<>();

  /**
   * Begins before the first connection.
   *
   * @param layers how many the network has, 1 or more
   */
  public Lineage(int layers) {
    for (int l = 0; l < layers; l++) {
      this.layers.add(new Layer());
    }
  }

  /**
   * Lets connections die and be born.
   *
   * @param change what happened
   * @throws IllegalArgumentException if it drops what is not there, or does not come to the number
   *     of connections that it says
   */
  @Override
  public void accept(TopologyChange change) {
    layers.get(change.layer()).change(change);
  }

  /**
   * Returns how many updates a layer has had; the start is none.
   *
   * @param layer its number
   * @return 0 or more
   */
  public int updates(int layer) {
    return Math.max(0, layers.get(layer).moments - 1);
  }

  /**
   * Returns the age distribution of the connections that are there.
   *
   * @param layer its number
   * @return connections of each age in updates, up to {@link #updates}
   */
  public long[] ages(int layer) {
    Layer lives = layers.get(layer);
    long[] ages = new long[Math.max(1, lives.moments)];
    for (int e = 0; e < lives.cells.size(); e++) {
      ages[lives.moments - 1 - lives.birth[e]]++;
    }
    return ages;
  }

  /**
   * Returns at what age connections have died.
   *
   * @param layer its number
   * @return deaths at each age in updates
   */
  public long[] deaths(int layer) {
    Layer lives = layers.get(layer);
    return Arrays.copyOf(lives.deaths, Math.max(1, lives.moments));
  }

  /**
   * Returns the survival curve by Kaplan and Meier (1958), which also learns from the connections
   * that are still alive.
   *
   * @param layer its number
   * @return at index a, the share of connections that reach the age of a updates: 1 at index 0,
   *     then falling; {@code updates + 1} numbers
   */
  public double[] survival(int layer) {
    long[] died = deaths(layer);
    long[] alive = ages(layer);
    double[] survival = new double[died.length];
    long atRisk = Arrays.stream(died).sum() + Arrays.stream(alive).sum();
    survival[0] = 1;
    for (int a = 0; a + 1 < survival.length; a++) {
      // Who is alive at age a has not yet met the update that could end it at that age.
      atRisk -= alive[a];
      survival[a + 1] = atRisk == 0 ? survival[a] : survival[a] * (1 - (double) died[a] / atRisk);
      atRisk -= died[a];
    }
    return survival;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    layers.forEach(Layer::close);
  }

  private static final class Layer {
    private CellList cells = new CellList();
    private CellList nextCells = new CellList();

    /** Moment of birth of each connection: the start is 0, the first update 1. */
    private int[] birth = {};

    private int[] nextBirth = {};
    private long[] deaths = new long[16];
    private int moments;

    void change(TopologyChange change) {
      CellList dropped = change.dropped();
      CellList grown = change.grown();
      long most = cells.size() + grown.size();
      nextCells.clear(most);
      if (nextBirth.length < most) {
        nextBirth = new int[Math.toIntExact(most + most / 8)];
      }
      if (moments >= deaths.length) {
        deaths = Arrays.copyOf(deaths, 2 * moments);
      }
      long d = 0;
      long g = 0;
      for (int e = 0; e < cells.size(); e++) {
        long cell = cells.get(e);
        g = bear(grown, g, cell);
        if (d < dropped.size() && dropped.get(d) == cell) {
          d++;
          deaths[moments - 1 - birth[e]]++;
        } else {
          nextBirth[(int) nextCells.size()] = birth[e];
          nextCells.add(cell);
        }
      }
      bear(grown, g, Long.MAX_VALUE);
      if (d < dropped.size() || nextCells.size() != change.connections()) {
        throw new IllegalArgumentException(
            "the change of layer %d in epoch %d does not fit what was before"
                .formatted(change.layer(), change.epoch()));
      }
      CellList before = cells;
      cells = nextCells;
      nextCells = before;
      int[] births = birth;
      birth = nextBirth;
      nextBirth = births;
      moments++;
    }

    /** Adds the newborn ones before a cell. */
    private long bear(CellList grown, long from, long before) {
      long g = from;
      while (g < grown.size() && grown.get(g) < before) {
        nextBirth[(int) nextCells.size()] = moments;
        nextCells.add(grown.get(g++));
      }
      return g;
    }

    void close() {
      cells.close();
      nextCells.close();
    }
  }
}
