package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of all cells of a layer, without an array of them: for some output neurons at a time
 * the blocked product of their gradients with {@value #PANEL} inputs, then the next inputs. What is
 * held are the gradients of these neurons and one panel of inputs, both turned around, for each
 * thread.
 */
public final class DenseGradient {
  /** Inputs of a block; the length of its rows. */
  public static final int PANEL = 32;

  private static final int STRIP = DenseProduct.ROWS;

  /** Numbers of the turned gradients: 256 KB stay in L2. */
  private static final int HELD = 1 << 16;

  private static final int MOST_ROWS = 256;

  private final Compute compute;
  private final List<Signals.Batch> batches;
  private final double decay;
  private final int inputs;
  private final int outputs;
  private final int terms;
  private final int rows;
  private final boolean everywhere;
  private final @Nullable Work[] work;

  /** Memory of a thread. */
  private record Work(Floats strips, boolean[] alive, Floats panel, Floats result) {}

  DenseGradient(Compute compute, List<Signals.Batch> batches, double decay) {
    this(compute, batches, decay, false);
  }

  /** Shows blocks that are 0 everywhere, too, if somebody wants to see all cells. */
  DenseGradient(Compute compute, List<Signals.Batch> batches, double decay, boolean everywhere) {
    this.everywhere = everywhere;
    this.compute = compute;
    this.batches = batches;
    this.decay = decay;
    inputs = batches.getFirst().inputs();
    outputs = batches.getFirst().gradient().units();
    terms = batches.stream().mapToInt(Signals.Batch::samples).sum();
    int threads = compute.team().threads();
    int fair = Math.ceilDiv(outputs, 4 * threads * STRIP) * STRIP;
    int strips = Math.clamp(HELD / terms / STRIP, 1, MOST_ROWS / STRIP);
    rows = Math.min(fair, strips * STRIP);
    work = new Work[threads];
  }

  void run(Signals.Blocks blocks) {
    compute.team().run(Math.ceilDiv(outputs, rows), (part, worker) -> rows(part, worker, blocks));
  }

  private Work work(int worker) {
    Work mine = work[worker];
    if (mine == null) {
      mine =
          new Work(
              new Floats((long) rows * terms),
              new boolean[rows / STRIP],
              new Floats((long) PANEL * terms),
              new Floats((long) rows * PANEL));
      work[worker] = mine;
    }
    return mine;
  }

  private void rows(int part, int worker, Signals.Blocks blocks) {
    Work mine = work(worker);
    int from = part * rows;
    int count = Math.min(rows, outputs - from);
    if (!turnGradients(mine, from, count) && !everywhere) {
      return;
    }
    int strips = Math.ceilDiv(count, STRIP);
    Kernels kernels = compute.kernels();
    for (int first = 0; first < inputs; first += PANEL) {
      int width = Math.min(PANEL, inputs - first);
      if (!turnInputs(mine.panel, first, width) && !everywhere) {
        continue;
      }
      mine.result.clear(0, (long) strips * STRIP * PANEL);
      for (int s = 0; s < strips; s++) {
        if (mine.alive[s]) {
          kernels.fourRows(
              mine.strips,
              (long) s * STRIP * terms,
              mine.panel,
              0,
              PANEL,
              terms,
              mine.result,
              (long) s * STRIP * PANEL,
              PANEL,
              PANEL);
        }
      }
      blocks.block(worker, from, count, first, width, mine.result);
    }
  }

  /** Four neurons side by side, one sample after the other; says whether any is not 0. */
  private boolean turnGradients(Work mine, int from, int count) {
    boolean any = false;
    for (int s = 0; s * STRIP < count; s++) {
      long at = (long) s * STRIP * terms;
      float factor = 1;
      boolean alive = false;
      for (Signals.Batch batch : batches) {
        alive |= turn(batch, from + s * STRIP, from + count, factor, mine.strips, at);
        at += (long) batch.samples() * STRIP;
        factor = (float) (factor * decay);
      }
      mine.alive[s] = alive;
      any |= alive;
    }
    return any;
  }

  private static boolean turn(
      Signals.Batch batch, int from, int end, float factor, Floats to, long at) {
    Activations gradient = batch.gradient();
    Floats values = gradient.values();
    boolean alive = false;
    for (int tile = 0; tile < batch.tiles(); tile++) {
      for (int r = 0; r < STRIP; r++) {
        boolean there = from + r < end;
        long row = there ? gradient.row(tile, from + r) : 0;
        // What pads a tile counts as nothing, whatever it is.
        int samples = there ? batch.count() - tile * gradient.width() : 0;
        long out = at + r;
        for (int b = 0; b < gradient.width(); b++) {
          float value = b < samples ? values.get(row + b) * factor : 0f;
          alive |= value != 0;
          to.set(out, value);
          out += STRIP;
        }
      }
      at += (long) gradient.width() * STRIP;
    }
    return alive;
  }

  /** One row a sample; says whether any input is not 0. */
  private boolean turnInputs(Floats panel, int first, int width) {
    boolean alive = false;
    long at = 0;
    for (Signals.Batch batch : batches) {
      Activations in = batch.in();
      if (in != null) {
        alive |= turn(in, batch.tiles(), first, width, panel, at);
      } else if (batch.sparse() != null) {
        alive |= spread(batch.sparse(), batch.samples(), first, width, panel, at);
      }
      at += (long) batch.samples() * PANEL;
    }
    return alive;
  }

  private static boolean turn(
      Activations in, int tiles, int first, int width, Floats panel, long at) {
    Floats values = in.values();
    boolean alive = false;
    for (int tile = 0; tile < tiles; tile++) {
      for (int i = 0; i < PANEL; i++) {
        long row = i < width ? in.row(tile, first + i) : 0;
        long out = at + i;
        for (int b = 0; b < in.width(); b++) {
          float value = i < width ? values.get(row + b) : 0f;
          alive |= value != 0;
          panel.set(out, value);
          out += PANEL;
        }
      }
      at += (long) in.width() * PANEL;
    }
    return alive;
  }

  private static boolean spread(
      SparseBatch batch, int samples, int first, int width, Floats panel, long at) {
    panel.clear(at, at + (long) samples * PANEL);
    int[] start = batch.start();
    for (int i = 0; i < width; i++) {
      for (int k = start[first + i]; k < start[first + i + 1]; k++) {
        panel.set(at + (long) batch.sample()[k] * PANEL + i, batch.value()[k]);
      }
    }
    return start[first] < start[first + width];
  }
}
