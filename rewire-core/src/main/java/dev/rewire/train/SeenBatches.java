package dev.rewire.train;

import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.GrowRule;
import dev.rewire.layer.PackedBatch;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What layers see when the last batches are looked at again; its memory is used again. */
final class SeenBatches implements AutoCloseable {
  private final Hindsight hindsight;

  /** Of each layer, copies of older batches. */
  private final List<List<PackedBatch>> older = new ArrayList<>();

  /** Of each layer, the gradients of its connections. */
  private final Scratch[] sums;

  /** What evolves. */
  enum Phase {
    REMOVAL(true, false),
    GROWTH(false, true),
    BOTH(true, true);

    private final boolean removes;
    private final boolean grows;

    Phase(boolean removes, boolean grows) {
      this.removes = removes;
      this.grows = grows;
    }

    private boolean dropAsks(DropRule rule) {
      return removes && rule.batches() > 0;
    }

    private boolean growAsks(GrowRule rule) {
      return grows && rule.batches() > 0;
    }

    private int batches(Evolution rule) {
      return Math.max(
          dropAsks(rule.drop()) ? rule.drop().batches() : 0,
          growAsks(rule.grow()) ? rule.grow().batches() : 0);
    }

    private boolean gradients(Evolution rule) {
      return dropAsks(rule.drop()) || (growAsks(rule.grow()) && rule.grow().gradients());
    }

    private boolean outputs(Evolution rule) {
      return growAsks(rule.grow()) && rule.grow().outputs();
    }

    /** Whether a sum over the batches is enough. */
    private boolean sums(Evolution rule) {
      return (!dropAsks(rule.drop()) || rule.drop().sums()) && !growAsks(rule.grow());
    }
  }

  SeenBatches(Hindsight hindsight, int layers) {
    this.hindsight = hindsight;
    sums = new Scratch[layers];
    Arrays.setAll(sums, layer -> new Scratch());
    for (int layer = 0; layer < layers; layer++) {
      older.add(new ArrayList<>());
    }
  }

  /**
   * Looks at as many batches as rules ask for.
   *
   * @param phase whose rules
   * @param layers those that evolve
   * @param rules of the layers
   * @return what each layer has seen, or null if nobody asks
   */
  @Nullable Function<SparseLayer, Signals> look(
      Phase phase, List<SparseLayer> layers, Function<SparseLayer, Evolution> rules) {
    int most = 0;
    boolean gradients = false;
    boolean outputs = false;
    boolean summed = true;
    for (SparseLayer layer : layers) {
      Evolution rule = rules.apply(layer);
      most = Math.max(most, phase.batches(rule));
      gradients |= phase.gradients(rule);
      outputs |= phase.outputs(rule);
      summed &= phase.sums(rule);
    }
    if (most == 0) {
      return null;
    }
    return summed
        ? sum(most, layers, layer -> phase.batches(rules.apply(layer)))
        : keep(most, gradients, outputs, layers, layer -> phase.batches(rules.apply(layer)));
  }

  /** Adds up gradients while it looks, the newest batch first. */
  private Function<SparseLayer, Signals> sum(
      int most, List<SparseLayer> layers, Function<SparseLayer, Integer> asked) {
    for (int back = 0; back < most && hindsight.look(back, true); back++) {
      for (SparseLayer layer : layers) {
        if (back < asked.apply(layer)) {
          hindsight.signals(layer.index()).ofConnections(layer.topology(), sumOf(layer), back > 0);
        }
      }
    }
    return layer -> hindsight.signals(layer.index()).summed(sumOf(layer));
  }

  private Floats sumOf(SparseLayer layer) {
    long bytes = (long) layer.topology().connections() * Float.BYTES;
    return Floats.view(sums[layer.index()].reserve(bytes));
  }

  /** Keeps older batches; the newest one comes last, and its signals stay in the passes. */
  private Function<SparseLayer, Signals> keep(
      int most,
      boolean gradients,
      boolean outputs,
      List<SparseLayer> layers,
      Function<SparseLayer, Integer> asked) {
    int back = most - 1;
    while (back > 0 && !hindsight.look(back, gradients)) {
      back--;
    }
    int kept = back;
    for (; back > 0; back--) {
      if (back < kept) {
        hindsight.look(back, gradients);
      }
      for (SparseLayer layer : layers) {
        if (back < asked.apply(layer)) {
          Signals.Batch batch = hindsight.signals(layer.index()).batches().getFirst();
          place(older.get(layer.index()), back - 1, batch, gradients, outputs).keep(batch);
        }
      }
    }
    hindsight.look(0, gradients);
    return layer -> {
      int there = Math.clamp(asked.apply(layer) - 1, 0, kept);
      return hindsight.signals(layer.index()).with(older.get(layer.index()).subList(0, there));
    };
  }

  private static PackedBatch place(
      List<PackedBatch> older, int place, Signals.Batch like, boolean gradients, boolean outputs) {
    while (older.size() <= place) {
      older.add(new PackedBatch(like, gradients, outputs));
    }
    PackedBatch there = older.get(place);
    if (there.gradients() != gradients || there.outputs() != outputs) {
      there = new PackedBatch(like, gradients, outputs);
      older.set(place, there);
    }
    return there;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    for (Scratch sum : sums) {
      sum.close();
    }
  }
}
