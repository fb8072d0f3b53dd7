package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.Scratch;
import java.util.List;

/**
 * The gradient of all cells of a layer, without an array of them: for some output neurons at a time
 * the product of their gradients with {@value #PANEL} inputs, then the next inputs. Gradients are
 * listed without their zeros, once for all inputs; inputs are turned around a tile at a time, which
 * stays in L1 while it meets all of these neurons. That is what is held, for each thread.
 */
public final class DenseGradient {
  /** Inputs of a block; the length of its rows. */
  public static final int PANEL = 64;

  /** Gradients of these neurons, at most: 4 MB with their samples. */
  private static final int HELD = 1 << 19;

  private static final int MOST_ROWS = 256;

  private final Compute compute;
  private final List<Term> terms;
  private final int inputs;
  private final int outputs;
  private final int rows;
  private final int pieces;
  private final int widest;
  private final long entries;
  private final boolean everywhere;

  /**
   * A batch.
   *
   * @param in inputs of the layer
   * @param gradient of its outputs
   * @param tiles of the batch
   * @param width samples of a tile
   * @param factor what the gradient counts
   */
  record Term(NeuronRows in, NeuronRows gradient, int tiles, int width, float factor) {}

  /**
   * Memory of a thread.
   *
   * @param start of each list, tile after tile, in each of them one a neuron; and where the last
   *     one ends
   */
  private record Work(Floats value, Ints index, int[] start, Floats panel, Floats result) {}

  /** Shows blocks that are 0 everywhere, too, if somebody wants to see all cells. */
  DenseGradient(Compute compute, List<Term> terms, int inputs, int outputs, boolean everywhere) {
    this.compute = compute;
    this.terms = terms;
    this.inputs = inputs;
    this.outputs = outputs;
    this.everywhere = everywhere;
    long samples = 0;
    int tiles = 0;
    int width = 0;
    for (Term term : terms) {
      samples += (long) term.tiles() * term.width();
      tiles += term.tiles();
      width = Math.max(width, term.width());
    }
    pieces = tiles;
    widest = width;
    int fair = Math.ceilDiv(outputs, 4 * compute.team().threads());
    rows = Math.min(fair, Math.clamp(HELD / samples, 1, MOST_ROWS));
    // One more, which lists write behind their end.
    entries = rows * samples + 1;
  }

  void run(Signals.Blocks blocks) {
    int threads = compute.team().threads();
    Scratch[] memory = new Scratch[threads];
    Work[] work = new Work[threads];
    try {
      compute
          .team()
          .run(
              Math.ceilDiv(outputs, rows),
              (part, worker) -> {
                if (memory[worker] == null) {
                  memory[worker] = new Scratch();
                  work[worker] = work(memory[worker]);
                }
                rows(part, worker, work[worker], blocks);
              });
    } finally {
      for (Scratch scratch : memory) {
        if (scratch != null) {
          scratch.close();
        }
      }
    }
  }

  private Work work(Scratch memory) {
    long list = aligned(entries);
    long panel = aligned((long) widest * PANEL);
    long result = aligned((long) rows * PANEL);
    var all = memory.reserve(2 * list + panel + result);
    return new Work(
        Floats.view(all.asSlice(0, list)),
        Ints.view(all.asSlice(list, list)),
        new int[pieces * rows + 1],
        Floats.view(all.asSlice(2 * list, panel)),
        Floats.view(all.asSlice(2 * list + panel, result)));
  }

  private static long aligned(long numbers) {
    return Math.ceilDiv(numbers * Float.BYTES, Floats.ALIGNMENT) * Floats.ALIGNMENT;
  }

  private void rows(int part, int worker, Work mine, Signals.Blocks blocks) {
    int from = part * rows;
    int count = Math.min(rows, outputs - from);
    if (list(mine, from, count) == 0 && !everywhere) {
      return;
    }
    for (int first = 0; first < inputs; first += PANEL) {
      int width = Math.min(PANEL, inputs - first);
      mine.result.clear(0, (long) count * PANEL);
      if (multiply(mine, count, first, width) || everywhere) {
        blocks.block(worker, from, count, first, width, mine.result);
      }
    }
  }

  /** Lists the gradients of some neurons; returns how many are not 0. */
  private int list(Work mine, int from, int count) {
    int at = 0;
    int list = 0;
    for (Term term : terms) {
      for (int tile = 0; tile < term.tiles(); tile++) {
        for (int r = 0; r < count; r++) {
          mine.start[list++] = at;
          at = term.gradient().list(tile, from + r, term.factor(), mine.value, mine.index, at);
        }
      }
    }
    mine.start[list] = at;
    return at;
  }

  /** Says whether any product may be other than 0. */
  private boolean multiply(Work mine, int count, int first, int width) {
    boolean alive = false;
    int list = 0;
    for (Term term : terms) {
      for (int tile = 0; tile < term.tiles(); tile++) {
        boolean some = mine.start[list] < mine.start[list + count];
        if (some && term.in().turn(compute.kernels(), tile, first, width, mine.panel)) {
          multiply(mine, count, list);
          alive = true;
        }
        list += count;
      }
    }
    return alive;
  }

  private void multiply(Work mine, int count, int list) {
    Kernels kernels = compute.kernels();
    for (int r = 0; r < count; r++) {
      int at = mine.start[list + r];
      int many = mine.start[list + r + 1] - at;
      kernels.listedRow(
          mine.value, mine.index, at, many, mine.panel, mine.result, (long) r * PANEL, PANEL);
    }
  }
}
