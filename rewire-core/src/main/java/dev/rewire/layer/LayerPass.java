package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.kernel.SparseInput;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer at work on one batch: the way forward, the way back and the step of the optimizer, with
 * the buffers between them. Several passes may share a {@link SparseLayer}, as long as none of them
 * trains.
 *
 * <p>A training step calls {@link #forward}, then {@link #backward}, then {@link #update}: the
 * gradient of the inputs ({@link InputGradient}) must see the weights before they change ({@link
 * WeightGradient}). Everything is cut into parts over rows that one thread owns, so no two threads
 * ever add to the same number.
 */
public final class LayerPass {
  private final SparseLayer layer;
  private final Compute compute;
  private final MemoryMode memory;
  private final Kernels kernels;
  private final Activations activated;
  private final Activations output;
  private final @Nullable Activations mask;

  /** What the activation was given, where its derivative needs that. */
  private final @Nullable Activations sums;

  private final @Nullable Activations gradient;
  private final Dropout inputDropout;
  private final NeuronStages stages;
  private final RangeTask forwardTask = this::forwardPart;
  private final RangeTask restTask = this::forwardRest;
  private final RangeTask backwardTask = this::backwardRest;
  private final @Nullable WeightGradient weightGradient;

  private @Nullable Topology partitioned;
  private Partition rows = Partition.equal(1, 1);
  private @Nullable InputGradient inputGradient;
  private @Nullable DenseProduct dense;

  /** Of the loops over sparse samples, one array a thread. */
  private float[][] sparseScratch = {};

  // The arguments of the call under way: fields, because a lambda that captures would be allocated.
  private Activations in;
  private @Nullable SparseBatch sparse;
  private int tiles;
  private boolean training;

  /** The neuron layer that all rows have gone through on their way. */
  private int stage;

  private long dropoutKey;

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
    this(layer, inputDropout, compute, batch, training, MemoryMode.STANDARD, Limits.NONE);
  }

  /**
   * Allocates the buffers of a layer.
   *
   * @param layer the parameters
   * @param inputDropout dropout of the layer before, {@link Dropout#NONE} for the first one
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   * @param training whether {@link #backward} and {@link #update} will be called
   * @param memory whether a transposed index may be built
   * @param limits of gradient and weights
   */
  public LayerPass(
      SparseLayer layer,
      Dropout inputDropout,
      Compute compute,
      int batch,
      boolean training,
      MemoryMode memory,
      Limits limits) {
    this.memory = memory;
    this.layer = layer;
    this.inputDropout = inputDropout;
    this.compute = compute;
    kernels = compute.kernels();
    activated = new Activations(layer.outputs(), batch);
    in = activated;
    boolean drops = training && layer.dropout().rate() > 0;
    mask = drops ? new Activations(layer.outputs(), batch) : null;
    boolean keepsSums = training && layer.activation().keepsSums();
    sums = keepsSums ? new Activations(layer.outputs(), batch) : null;
    output = drops ? new Activations(layer.outputs(), batch) : activated;
    gradient = training ? new Activations(layer.outputs(), batch) : null;
    stages = new NeuronStages(layer.neurons(), compute.team(), activated, batch, training);
    weightGradient = training ? new WeightGradient(this, compute, stages, limits) : null;
  }

  private void cut() {
    Topology topology = layer.topology();
    if (topology != partitioned) {
      partitioned = topology;
      boolean all = DenseProduct.suits(topology.density(), activated.width());
      int align = all ? DenseProduct.ROWS : align();
      rows = Partition.byConnections(topology.rowStart(), align, compute.team().threads());
      if (all && dense == null) {
        dense = new DenseProduct(layer, compute, activated);
      } else if (!all) {
        dense = null;
      }
    }
  }

  /** How this layer is computed while it is nearly dense, or null. */
  @Nullable DenseProduct dense() {
    return dense;
  }

  /** Rows of a part begin at whole vectors, even where a row is shorter than one. */
  private int align() {
    return Math.max(1, Activations.LANES / activated.width());
  }

  /**
   * Computes the outputs: weighted sums, neuron layers, activation and, while training, dropout,
   * part by part while the rows are in cache.
   *
   * @param in outputs of the layer before
   * @param samples of the batch
   * @param training whether dropout is on
   * @param dropoutKey seed of this step's dropout in this layer
   * @return the outputs; valid until the next call
   */
  public Activations forward(Activations in, int samples, boolean training, long dropoutKey) {
    cut();
    this.in = in;
    sparse = null;
    return forward(samples, training, dropoutKey);
  }

  /**
   * The same for sparse samples, which only the first layer has.
   *
   * @param in features of the batch
   * @param samples of the batch
   * @param training whether dropout is on
   * @param dropoutKey seed of this step's dropout in this layer
   * @return the outputs; valid until the next call
   */
  public Activations forward(SparseBatch in, int samples, boolean training, long dropoutKey) {
    cut();
    if (sparseScratch.length == 0) {
      int length = SparseInput.scratch(activated.samples());
      sparseScratch = new float[compute.team().threads()][length];
    }
    sparse = in;
    return forward(samples, training, dropoutKey);
  }

  private Activations forward(int samples, boolean training, long dropoutKey) {
    tiles = activated.tilesOf(samples);
    this.training = training;
    this.dropoutKey = dropoutKey;
    stages.begin(samples, training);
    compute.team().run(rows.parts(), forwardTask);
    for (stage = stages.nextBarrier(0); stage < stages.count(); stage = stages.nextBarrier(stage)) {
      stages.forwardBarrier(stage++, activated);
      compute.team().run(rows.parts(), restTask);
    }
    return training ? output : activated;
  }

  private void forwardPart(int part, int worker) {
    int from = rows.from(part);
    int to = rows.to(part);
    allSums(from, to, worker);
    if (!training && inputDropout.style() == Dropout.Style.TUTORIAL_2019) {
      float survivors = (float) (1 - inputDropout.rate());
      for (int tile = 0; tile < tiles; tile++) {
        kernels
            .norms()
            .shiftAndScale(
                activated.values(),
                activated.row(tile, from),
                activated.end(tile, to),
                0f,
                survivors);
      }
    }
    onward(0, from, to);
  }

  private void forwardRest(int part, int worker) {
    onward(stage, rows.from(part), rows.to(part));
  }

  /** From a neuron layer on to the outputs, or as far as the next one that waits for all rows. */
  private void onward(int first, int from, int to) {
    stages.forwardNeurons(first, activated, from, to);
    if (stages.nextBarrier(first) < stages.count()) {
      return;
    }
    for (int tile = 0; tile < tiles; tile++) {
      long begin = activated.row(tile, from);
      long end = activated.end(tile, to);
      if (sums != null) {
        sums.values().copy(activated.values(), begin, begin, end - begin);
      }
      layer.activation().forward(kernels.units(), activated.values(), begin, end);
    }
    if (training && mask != null) {
      drawMask(mask, from, to);
      for (int tile = 0; tile < tiles; tile++) {
        kernels
            .norms()
            .multiply(
                activated.values(),
                mask.values(),
                output.values(),
                activated.row(tile, from),
                activated.end(tile, to));
      }
    }
  }

  private void allSums(int from, int to, int worker) {
    Topology topology = layer.topology();
    SparseBatch batch = sparse;
    DenseProduct product = dense;
    if (batch != null) {
      SparseInput.gather(
          topology.rowStart(),
          topology.column(),
          layer.weight(),
          layer.bias(),
          batch,
          activated,
          tiles,
          from,
          to,
          sparseScratch[worker]);
    } else if (product != null) {
      product.forward(in, activated, tiles, from, to, worker);
    } else {
      for (int tile = 0; tile < tiles; tile++) {
        sums(tile, from, to);
      }
    }
  }

  private void sums(int tile, int from, int to) {
    Topology topology = layer.topology();
    kernels.gather(
        topology.rowStart(),
        topology.column(),
        layer.weight(),
        0,
        layer.bias(),
        in,
        activated,
        tile,
        from,
        to);
  }

  /** One stream a neuron, so that the mask does not depend on who draws it. */
  private void drawMask(Activations mask, int from, int to) {
    Dropout dropout = layer.dropout();
    int threshold = (int) (dropout.rate() * (1 << 24));
    float survivor = dropout.survivorScale();
    for (int j = from; j < to; j++) {
      long state = RandomStreams.mix(dropoutKey + j);
      for (int b = 0; b < tiles * mask.width(); b++) {
        // Two numbers of 24 bits out of each state.
        state = b % 2 == 0 ? RandomStreams.mix(state) : state;
        int number = (int) (b % 2 == 0 ? state >>> 40 : state & 0xff_ffff);
        mask.set(j, b, number < threshold ? 0f : survivor);
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
    InputGradient way = inputGradient;
    if (way == null || !way.endsIn(before)) {
      way = InputGradient.of(this, before, compute, memory);
      inputGradient = way;
    }
    way.compute();
    before.throughBarriers();
  }

  /** Takes the gradient of all outputs back, where no layer behind this one does. */
  public void backward() {
    throughActivation(0, layer.outputs());
    throughBarriers();
  }

  /**
   * Turns the gradient of some outputs into the gradient of their weighted sums: through dropout,
   * the activation and the neuron layers; or only as far as one of these that waits for all rows.
   *
   * @param from first neuron
   * @param to one past the last neuron
   */
  void throughActivation(int from, int to) {
    Floats d = gradient().values();
    for (int tile = 0; tile < tiles; tile++) {
      long first = activated.row(tile, from);
      long end = activated.end(tile, to);
      if (mask != null && layer.dropout().style() == Dropout.Style.INVERTED) {
        kernels.norms().multiply(d, mask.values(), d, first, end);
      }
      Floats x = sums == null ? activated.values() : sums.values();
      layer.activation().backward(kernels.units(), x, activated.values(), d, first, end);
    }
    stages.backwardNeurons(stages.count(), gradient(), from, to);
  }

  /** Through the neuron layers that wait for all rows, and those before them. */
  private void throughBarriers() {
    for (stage = stages.barrierBefore(stages.count());
        stage >= 0;
        stage = stages.barrierBefore(stage)) {
      stages.backwardBarrier(stage, gradient());
      compute.team().run(rows.parts(), backwardTask);
    }
  }

  private void backwardRest(int part, int worker) {
    stages.backwardNeurons(stage, gradient(), rows.from(part), rows.to(part));
  }

  /**
   * Computes the gradient of weights and biases and lets the optimizer change them at once, so that
   * no array of gradients exists. Not if the norm of the gradient is limited, see {@link #store}.
   *
   * @param optimizer changes the parameters
   * @param step number of the training step, from 0
   */
  public void update(Optimizer optimizer, long step) {
    notNull(weightGradient).update(optimizer, step);
  }

  /**
   * Computes the gradient of weights and biases and keeps it, where its norm is limited.
   *
   * @return the sum of its squares; the same bits on any number of threads
   */
  public double store() {
    return notNull(weightGradient).store();
  }

  /**
   * Lets the optimizer change weights and biases by the gradient that {@link #store} has kept.
   *
   * @param optimizer changes the parameters
   * @param step number of the training step, from 0
   * @param scale what the gradient is multiplied with
   */
  public void update(Optimizer optimizer, long step, double scale) {
    notNull(weightGradient).update(optimizer, step, scale);
  }

  /**
   * Returns the parameters.
   *
   * @return what was given to the constructor
   */
  public SparseLayer layer() {
    return layer;
  }

  /** The rows in parts, each of which has one owner at a time. */
  Partition rows() {
    return rows;
  }

  /** Inputs of the batch under way, unless they are {@link #sparse}. */
  Activations in() {
    return in;
  }

  /** Sparse samples of the batch under way, or null. */
  @Nullable SparseBatch sparse() {
    return sparse;
  }

  /** Room of a thread for the loops over sparse samples. */
  float[] sparseScratch(int worker) {
    return sparseScratch[worker];
  }

  /** Tiles of the batch under way that hold samples. */
  int tiles() {
    return tiles;
  }

  /**
   * Returns the gradient of this layer's outputs; after {@link #backward} that of its weighted
   * sums.
   *
   * @return one row a neuron
   */
  public Activations gradient() {
    return notNull(gradient);
  }

  /**
   * Shows what the layer has seen in the batch under way.
   *
   * @param samples how many there are in it
   * @return inputs and {@link #gradient} as they are; live, so valid until the next batch
   */
  public Signals signals(int samples) {
    SparseBatch entries = sparse;
    Signals.Batch batch =
        new Signals.Batch(entries == null ? in : null, entries, gradient(), activated, samples);
    return new Signals(compute, List.of(batch));
  }

  private static <T> T notNull(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("this pass was made for prediction, it cannot train");
    }
    return value;
  }
}
