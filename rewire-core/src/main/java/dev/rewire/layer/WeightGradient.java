package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.kernel.SparseInput;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.parallel.RangeTask;
import dev.rewire.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a layer's weights and biases, and the step of the optimizer: part by part over
 * the rows of the pass, a few thousand numbers at a time, each handed on while it is in cache. An
 * array of gradients exists only where their norm is limited, which must be known before the step.
 */
final class WeightGradient {
  private final LayerPass pass;
  private final SparseLayer layer;
  private final Compute compute;
  private final Kernels kernels;
  private final NeuronStages stages;
  private final Limits limits;

  /** Where the gradient waits for its norm, if that is limited. */
  private final @Nullable StoredGradient stored;

  private final RangeTask task = this::part;
  private final RangeTask storedTask = this::storedPart;

  // The arguments of the step under way, see LayerPass.
  private @Nullable Optimizer optimizer;
  private long step;
  private float scale;

  WeightGradient(LayerPass pass, Compute compute, NeuronStages stages, Limits limits) {
    this.pass = pass;
    this.compute = compute;
    this.stages = stages;
    this.limits = limits;
    layer = pass.layer();
    kernels = compute.kernels();
    stored = limits.keepsGradient() ? new StoredGradient(layer, compute) : null;
  }

  /** Computes the gradient and lets the optimizer change the parameters at once. */
  void update(Optimizer optimizer, long step) {
    if (stored != null) {
      throw new IllegalStateException("the norm of the gradient is limited: store it, then update");
    }
    this.optimizer = optimizer;
    this.step = step;
    compute();
  }

  /** Computes the gradient and keeps it; returns the sum of its squares. */
  double store() {
    StoredGradient kept = kept();
    kept.prepare();
    compute();
    return kept.squares() + stages.squares((float) limits.gradientValue());
  }

  /** Lets the optimizer change the parameters by what {@link #store} has kept. */
  void update(Optimizer optimizer, long step, double scale) {
    this.optimizer = optimizer;
    this.step = step;
    this.scale = (float) scale;
    compute.team().run(pass.rows().parts(), storedTask);
  }

  private void compute() {
    DenseProduct product = product();
    if (product != null) {
      product.transpose(pass.in(), pass.tiles());
    }
    compute.team().run(pass.rows().parts(), task);
  }

  /** How a nearly dense layer is computed, unless its samples are sparse. */
  private @Nullable DenseProduct product() {
    return pass.sparse() == null ? pass.dense() : null;
  }

  private void part(int part, int worker) {
    int from = pass.rows().from(part);
    int to = pass.rows().to(part);
    DenseProduct product = product();
    if (product != null) {
      denseWeights(product, from, to, worker);
    } else {
      sparseWeights(from, to, worker);
    }
    if (stored == null) {
      limitWeights(from, to);
    }
    biases(from, to, worker);
    if (stored == null) {
      changeNeurons(1f, from, to, worker);
    }
  }

  private void sparseWeights(int from, int to, int worker) {
    Topology topology = layer.topology();
    SparseBatch batch = pass.sparse();
    Floats chunk = compute.chunk(worker, Compute.CHUNK);
    int row = from;
    int edgeEnd = topology.rowStart().get(to);
    for (int e = topology.rowStart().get(from); e < edgeEnd; e += Compute.CHUNK) {
      int end = Math.min(e + Compute.CHUNK, edgeEnd);
      while (topology.rowStart().get(row + 1L) <= e) {
        row++;
      }
      if (batch != null) {
        SparseInput.products(
            topology.rowStart(),
            topology.column(),
            batch,
            pass.gradient(),
            pass.tiles(),
            row,
            e,
            end,
            chunk,
            pass.sparseScratch(worker));
      }
      for (int tile = 0; batch == null && tile < pass.tiles(); tile++) {
        kernels.products(
            topology.rowStart(),
            topology.column(),
            pass.in(),
            pass.gradient(),
            tile,
            row,
            e,
            end,
            chunk,
            tile > 0,
            compute.scratch(worker));
      }
      use(Optimizer.Role.WEIGHT, chunk, e, end);
    }
  }

  private void denseWeights(DenseProduct product, int from, int to, int worker) {
    Ints rowStart = layer.topology().rowStart();
    for (int j = from; j < to; j += DenseProduct.ROWS) {
      int last = Math.min(j + DenseProduct.ROWS, to);
      int e = rowStart.get(j);
      int end = rowStart.get(last);
      Floats chunk = compute.chunk(worker, Math.max(Compute.CHUNK, end - e));
      product.products(pass.gradient(), j, last, chunk, worker);
      use(Optimizer.Role.WEIGHT, chunk, e, end);
    }
  }

  private void biases(int from, int to, int worker) {
    Floats chunk = compute.chunk(worker, Compute.CHUNK);
    for (int j = from; j < to; j += Compute.CHUNK) {
      int end = Math.min(j + Compute.CHUNK, to);
      for (int tile = 0; tile < pass.tiles(); tile++) {
        kernels.sums(pass.gradient(), tile, j, end, chunk, tile > 0);
      }
      use(Optimizer.Role.BIAS, chunk, j, end);
    }
  }

  /** What becomes of some gradients as soon as they are known. */
  private void use(Optimizer.Role role, Floats chunk, long from, long to) {
    if (limits.gradientValue() > 0) {
      kernels.descent().clamp(chunk, to - from, (float) limits.gradientValue());
    }
    if (stored != null) {
      stored.put(role, chunk, from, to);
    } else {
      change(role, chunk, from, to);
    }
  }

  private void change(Optimizer.Role role, Floats chunk, long from, long to) {
    boolean weights = role == Optimizer.Role.WEIGHT;
    Floats value = weights ? layer.weight() : layer.bias();
    Floats[] state = weights ? layer.weightState() : layer.biasState();
    optimizer().update(kernels.descent(), step, role, chunk, value, state, from, to);
  }

  private void limitWeights(int from, int to) {
    if (limits.weightNorm() > 0) {
      kernels
          .descent()
          .limitNorms(layer.topology().rowStart(), layer.weight(), limits.weightNorm(), from, to);
    }
  }

  private void changeNeurons(float scale, int from, int to, int worker) {
    stages.update(
        optimizer(),
        kernels.descent(),
        step,
        compute.chunk(worker, Compute.CHUNK),
        (float) limits.gradientValue(),
        scale,
        from,
        to);
  }

  private void storedPart(int part, int worker) {
    Ints rowStart = layer.topology().rowStart();
    int from = pass.rows().from(part);
    int to = pass.rows().to(part);
    changeStored(Optimizer.Role.WEIGHT, rowStart.get(from), rowStart.get(to), worker);
    limitWeights(from, to);
    changeStored(Optimizer.Role.BIAS, from, to, worker);
    changeNeurons(scale, from, to, worker);
  }

  private void changeStored(Optimizer.Role role, long from, long to, int worker) {
    Floats chunk = compute.chunk(worker, Compute.CHUNK);
    for (long i = from; i < to; i += Compute.CHUNK) {
      long end = Math.min(i + Compute.CHUNK, to);
      kept().get(role, i, end, scale, chunk);
      change(role, chunk, i, end);
    }
  }

  private StoredGradient kept() {
    return required(stored, "the norm of the gradient is not limited: update at once");
  }

  private Optimizer optimizer() {
    return required(optimizer, "no step is under way");
  }

  private static <T> T required(@Nullable T value, String why) {
    if (value == null) {
      throw new IllegalStateException(why);
    }
    return value;
  }
}
