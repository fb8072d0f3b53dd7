package dev.rewire.layer;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer has seen in its last training batches: its inputs, and the gradient of its weighted
 * sums. The gradient of any cell of the layer follows from the two, {@code g = sum over b of
 * input[b] * gradient[b]}, whether there is a connection or not.
 */
public final class Signals {
  private final Compute compute;
  private final List<Batch> batches;

  /**
   * One batch.
   *
   * @param in inputs of the layer, null where {@code sparse} has them
   * @param sparse inputs of a first layer, null where {@code in} has them
   * @param gradient of the weighted sums, one row an output neuron; 0 where a tile is padded
   * @param out outputs of the layer, without dropout; null where nobody asks for {@link
   *     Signals#cosine}
   * @param count samples; the rest of the last tile is padding
   */
  public record Batch(
      @Nullable Activations in,
      @Nullable SparseBatch sparse,
      Activations gradient,
      @Nullable Activations out,
      int count) {
    /** Checks that there is one kind of input. */
    public Batch {
      if ((in == null) == (sparse == null)) {
        throw new IllegalArgumentException("a batch has one kind of inputs, dense or sparse");
      }
    }

    /** Neurons on the input side. */
    int inputs() {
      return in != null ? in.units() : sparse == null ? 0 : sparse.features();
    }

    /** Tiles that hold samples. */
    int tiles() {
      return gradient.tilesOf(count);
    }

    /** Samples, padding included. */
    int samples() {
      return tiles() * gradient.width();
    }

    /**
     * Copies this batch, because the next one comes into the same memory.
     *
     * @param old an earlier copy of a batch of the same layer, whose memory is used again, or null
     * @param outputs whether outputs are wanted
     * @return a copy
     */
    public Batch copy(@Nullable Batch old, boolean outputs) {
      Activations inputs = in == null ? null : copy(in, old == null ? null : old.in);
      SparseBatch entries = sparse == null ? null : sparse.copy();
      return new Batch(
          inputs,
          entries,
          copy(gradient, old == null ? null : old.gradient),
          outputs && out != null ? copy(out, old == null ? null : old.out) : null,
          count);
    }

    private static Activations copy(Activations from, @Nullable Activations old) {
      Activations to = old == null ? new Activations(from.units(), from.samples()) : old;
      to.values().copy(from.values(), 0, 0, from.values().length());
      return to;
    }
  }

  /** Is given the gradient of many cells, block by block, on all threads. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * Looks at a block.
     *
     * @param worker number of the thread
     * @param output first output neuron
     * @param outputs how many of them
     * @param input first input neuron
     * @param inputs how many of them, at most {@link DenseGradient#PANEL}
     * @param values one row an output, {@link DenseGradient#PANEL} numbers long; overwritten when
     *     this returns
     */
    void block(int worker, int output, int outputs, int input, int inputs, Floats values);
  }

  /**
   * Wraps batches; nothing is copied.
   *
   * @param compute what to run on
   * @param batches the newest first, at least one
   */
  public Signals(Compute compute, List<Batch> batches) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("signals need a batch");
    }
    this.compute = compute;
    this.batches = List.copyOf(batches);
  }

  /**
   * Adds older batches.
   *
   * @param older the newest of them first
   * @return these signals and those
   */
  public Signals with(List<Batch> older) {
    List<Batch> all = new ArrayList<>(batches);
    all.addAll(older);
    return new Signals(compute, all);
  }

  /**
   * Returns the batches.
   *
   * @return the newest first
   */
  public List<Batch> batches() {
    return batches;
  }

  /**
   * Returns the neurons on the input side.
   *
   * @return 1 or more
   */
  public int inputs() {
    return batches.getFirst().inputs();
  }

  /**
   * Returns the neurons on the output side.
   *
   * @return 1 or more
   */
  public int outputs() {
    return batches.getFirst().gradient().units();
  }

  /**
   * Computes the gradient of every cell in the newest batch, some at a time: time is proportional
   * to cells times samples, memory to the threads. Blocks whose gradient is 0 everywhere are left
   * out. Each number is the fused sum over the samples in their order, on any thread and any
   * machine.
   *
   * @param blocks looks at them, called by several threads
   */
  public void dense(Blocks blocks) {
    new DenseGradient(compute, batches.subList(0, 1), 1).run(blocks);
  }

  /**
   * The same for the sum over all batches, and without leaving out any block.
   *
   * @param blocks looks at them, called by several threads
   */
  public void everyCell(Blocks blocks) {
    new DenseGradient(compute, batches, 1, true).run(blocks);
  }

  /**
   * The same for a sum over all batches, in which older ones count less: that of {@code s} batches
   * before the newest is multiplied by {@code decay} to the power of {@code s}.
   *
   * @param decay 0 to 1
   * @param blocks looks at them, called by several threads
   */
  public void dense(double decay, Blocks blocks) {
    new DenseGradient(compute, batches, decay).run(blocks);
  }

  /**
   * Computes for every cell the cosine between its input and its output over the samples of all
   * batches, some cells at a time, as {@link #dense} does; 0 where one of them is 0 everywhere.
   *
   * @param blocks looks at them, called by several threads
   */
  public void cosine(Blocks blocks) {
    List<Batch> outputs = new ArrayList<>();
    double[] ofInput = new double[inputs()];
    double[] ofOutput = new double[outputs()];
    for (Batch batch : batches) {
      Activations out = batch.out();
      if (out == null) {
        throw new IllegalStateException("nobody has kept the outputs: outputs() has to say so");
      }
      outputs.add(new Batch(batch.in(), batch.sparse(), out, out, batch.count()));
      NeuronStrength.addInputSquares(batch, ofInput);
      NeuronStrength.addSquares(out, batch.count(), ofOutput);
    }
    NeuronStrength.inverseRoots(ofInput);
    NeuronStrength.inverseRoots(ofOutput);
    new DenseGradient(compute, outputs, 1)
        .run((worker, output, many, input, inputs, values) -> {
          for (int r = 0; r < many; r++) {
            for (int i = 0; i < inputs; i++) {
              long at = (long) r * DenseGradient.PANEL + i;
              double norm = ofOutput[output + r] * ofInput[input + i];
              values.set(at, (float) (values.get(at) * norm));
            }
          }
          blocks.block(worker, output, many, input, inputs, values);
        });
  }

  /**
   * Computes the gradient of the connections, summed over the batches.
   *
   * @param topology of this layer
   * @param out becomes one number a connection
   */
  public void ofConnections(Topology topology, Floats out) {
    CellGradients gradients = new CellGradients(compute);
    int count = topology.connections();
    for (int b = 0; b < batches.size(); b++) {
      gradients.products(batches.get(b), topology.rowStart(), topology.column(), count, out, b > 0);
    }
  }

  /**
   * Computes the gradient of some cells in the newest batch.
   *
   * @param cells {@code output * inputs + input}, ascending, fewer than 2<sup>31</sup>
   * @param out becomes one number a cell
   */
  public void ofCells(CellList cells, Floats out) {
    new CellGradients(compute).of(batches.getFirst(), cells, out);
  }

  /**
   * Adds up the inputs of the newest batch: by absolute value, or with a random sign a sample.
   *
   * @param signs seed of the signs, or null for absolute values
   * @return one number of 0 or more an input
   */
  public double[] inputStrength(@Nullable Long signs) {
    return NeuronStrength.ofInputs(batches.getFirst(), signs);
  }

  /**
   * Adds up the gradients of the newest batch, as {@link #inputStrength} does with the inputs.
   *
   * @param signs seed of the signs, the same as there, or null for absolute values
   * @return one number of 0 or more an output
   */
  public double[] outputStrength(@Nullable Long signs) {
    return NeuronStrength.ofGradients(batches.getFirst(), signs);
  }
}
