package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * One layer at work on one batch: the way forward, the way back and the step of the optimizer, with
 * the buffers between them. Several passes may share a {@link SparseLayer}, as long as none of them
 * trains.
 *
 * <p>A training step calls {@link #forward}, then {@link #backward}, then {@link #update}: the
 * gradient of the inputs must see the weights before they change. Everything is cut into parts over
 * rows that one thread owns, so no two threads ever add to the same number.
 */
public final class LayerPass {
  private final SparseLayer layer;
  private final Compute compute;
  private final Kernels kernels;
  private final Activations activated;
  private final Activations output;
  private final @Nullable Activations mask;
  private final @Nullable Activations gradient;
  private final Dropout inputDropout;
  private final RangeTask forwardTask = this::forwardPart;
  private final RangeTask backwardTask = this::backwardPart;
  private final RangeTask updateTask = this::updatePart;

  private @Nullable Topology partitioned;
  private Partition rows = Partition.equal(1, 1);
  private Partition inputs = Partition.equal(1, 1);

  // The arguments of the call under way: fields, because a lambda that captures would be allocated.
  private Activations in;
  private int width;
  private boolean training;
  private long dropoutKey;
  private @Nullable LayerPass before;
  private @Nullable Optimizer optimizer;
  private long step;

  /**
   * Allocates the buffers of a layer.
   *
   * @param layer the parameters
   * @param inputDropout dropout of the layer before, {@link Dropout#NONE} for the first one
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   * @param training whether {@link #backward} and {@link #update} will be called
   */
  public LayerPass(
      SparseLayer layer, Dropout inputDropout, Compute compute, int batch, boolean training) {
    this.layer = layer;
    this.inputDropout = inputDropout;
    this.compute = compute;
    kernels = compute.kernels();
    activated = new Activations(layer.outputs(), batch);
    in = activated;
    boolean drops = training && layer.dropout().rate() > 0;
    mask = drops ? new Activations(layer.outputs(), batch) : null;
    output = drops ? new Activations(layer.outputs(), batch) : activated;
    gradient = training ? new Activations(layer.outputs(), batch) : null;
  }

  private void cut() {
    Topology topology = layer.topology();
    if (topology != partitioned) {
      partitioned = topology;
      rows = Partition.byConnections(topology.rowStart());
      inputs = Partition.byConnections(topology.inputStart());
    }
  }

  /**
   * Computes the outputs: weighted sums, activation and, while training, dropout, part by part
   * while the rows are in cache.
   *
   * @param in outputs of the layer before
   * @param width samples, rounded up to whole vectors
   * @param training whether dropout is on
   * @param dropoutKey seed of this step's dropout in this layer
   * @return the outputs; valid until the next call
   */
  public Activations forward(Activations in, int width, boolean training, long dropoutKey) {
    cut();
    this.in = in;
    this.width = width;
    this.training = training;
    this.dropoutKey = dropoutKey;
    compute.team().run(rows.parts(), forwardTask);
    return training ? output : activated;
  }

  private void forwardPart(int part, int worker) {
    int from = rows.from(part);
    int to = rows.to(part);
    Topology topology = layer.topology();
    kernels.gather(
        topology.rowStart(),
        topology.column(),
        layer.weight(),
        layer.bias(),
        in,
        activated,
        width,
        from,
        to);
    Floats values = activated.values();
    long first = (long) from * activated.stride();
    long end = (long) to * activated.stride();
    if (!training && inputDropout.style() == Dropout.Style.TUTORIAL_2019) {
      kernels.shiftAndScale(values, first, end, 0f, (float) (1 - inputDropout.rate()));
    }
    layer.activation().forward(kernels, values, first, end);
    if (training && mask != null) {
      drawMask(mask, from, to);
      kernels.multiply(values, mask.values(), output.values(), first, end);
    }
  }

  /** One stream a neuron, so that the mask does not depend on who draws it. */
  private void drawMask(Activations mask, int from, int to) {
    Dropout dropout = layer.dropout();
    int threshold = (int) (dropout.rate() * (1 << 24));
    float survivor = dropout.survivorScale();
    for (int j = from; j < to; j++) {
      long state = RandomStreams.mix(dropoutKey + j);
      for (int b = 0; b < width; b += 2) {
        state = RandomStreams.mix(state);
        mask.set(j, b, (int) (state >>> 40) < threshold ? 0f : survivor);
        mask.set(j, b + 1, (int) (state & 0xff_ffff) < threshold ? 0f : survivor);
      }
    }
  }

  /**
   * Computes the gradient of the inputs and takes it back through the layer before, so that it ends
   * as the gradient of that layer's weighted sums. This layer's own gradient must be there already.
   *
   * @param before the layer before this one
   */
  public void backward(LayerPass before) {
    this.before = before;
    compute.team().run(inputs.parts(), backwardTask);
  }

  private void backwardPart(int part, int worker) {
    int from = inputs.from(part);
    int to = inputs.to(part);
    Topology topology = layer.topology();
    LayerPass below = notNull(before);
    kernels.gatherTransposed(
        topology.inputStart(),
        topology.target(),
        topology.edge(),
        layer.weight(),
        gradient(),
        below.gradient(),
        width,
        from,
        to);
    below.throughActivation(from, to);
  }

  /**
   * Turns the gradient of some outputs into the gradient of their weighted sums: through dropout,
   * then through the activation.
   *
   * @param from first neuron
   * @param to one past the last neuron
   */
  public void throughActivation(int from, int to) {
    Floats d = gradient().values();
    long first = (long) from * activated.stride();
    long end = (long) to * activated.stride();
    if (mask != null && layer.dropout().style() == Dropout.Style.INVERTED) {
      kernels.multiply(d, mask.values(), d, first, end);
    }
    layer.activation().backward(kernels, activated.values(), d, first, end);
  }

  /**
   * Computes the gradient of weights and biases and lets the optimizer change them at once, so that
   * no array of gradients exists.
   *
   * @param optimizer changes the parameters
   * @param step number of the training step, from 0
   */
  public void update(Optimizer optimizer, long step) {
    this.optimizer = optimizer;
    this.step = step;
    compute.team().run(rows.parts(), updateTask);
  }

  private void updatePart(int part, int worker) {
    Topology topology = layer.topology();
    Floats chunk = compute.chunk(worker);
    Floats scratch = compute.scratch(worker);
    Optimizer rule = notNull(optimizer);
    int row = rows.from(part);
    int edgeEnd = topology.rowStart().get(rows.to(part));
    for (int e = topology.rowStart().get(row); e < edgeEnd; e += Compute.CHUNK) {
      int end = Math.min(e + Compute.CHUNK, edgeEnd);
      while (topology.rowStart().get(row + 1L) <= e) {
        row++;
      }
      kernels.products(
          topology.rowStart(),
          topology.column(),
          in,
          gradient(),
          width,
          row,
          e,
          end,
          chunk,
          scratch);
      rule.update(
          kernels, step, Optimizer.Role.WEIGHT, chunk, layer.weight(), layer.weightState(), e, end);
    }
    for (int j = rows.from(part); j < rows.to(part); j += Compute.CHUNK) {
      int end = Math.min(j + Compute.CHUNK, rows.to(part));
      kernels.sums(gradient(), width, j, end, chunk, scratch);
      rule.update(
          kernels, step, Optimizer.Role.BIAS, chunk, layer.bias(), layer.biasState(), j, end);
    }
  }

  /**
   * Returns the parameters.
   *
   * @return what was given to the constructor
   */
  public SparseLayer layer() {
    return layer;
  }

  /**
   * Returns the gradient of this layer's outputs; after {@link #throughActivation} that of its
   * weighted sums.
   *
   * @return one row a neuron
   */
  public Activations gradient() {
    return notNull(gradient);
  }

  private static <T> T notNull(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("this pass was made for prediction, it cannot train");
    }
    return value;
  }
}
