package dev.rewire.layer;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a layer has seen in its last training batches: its inputs, and the gradient of its weighted
 * sums. The gradient of any cell of the layer follows from the two, {@code g = sum over b of
 * input[b] * gradient[b]}, whether there is a connection or not.
 */
public final class Signals {
  private final Compute compute;
  private final List<Batch> batches;
  private final List<PackedBatch> older;

  /** The gradients of connections, where nothing else was kept. */
  private final @Nullable Floats sum;

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

    /** What the gradient of cells is made of. */
    DenseGradient.Term gradientTerm(float factor) {
      return term(gradient, factor);
    }

    /** What the cosine of inputs and outputs is made of. */
    DenseGradient.Term outputTerm() {
      return term(outputs(), 1);
    }

    Activations outputs() {
      if (out == null) {
        throw new IllegalStateException("nobody has kept the outputs: outputs() has to say so");
      }
      return out;
    }

    private DenseGradient.Term term(Activations of, float factor) {
      NeuronRows rows =
          sparse == null
              ? new PlainRows(Objects.requireNonNull(in), count)
              : new SparseRows(sparse, gradient.width());
      return new DenseGradient.Term(
          rows, new PlainRows(of, count), tiles(), gradient.width(), factor);
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
    this(compute, batches, List.of(), null);
  }

  private Signals(
      Compute compute, List<Batch> batches, List<PackedBatch> older, @Nullable Floats sum) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("signals need a batch");
    }
    this.compute = compute;
    this.batches = List.copyOf(batches);
    this.older = List.copyOf(older);
    this.sum = sum;
  }

  /**
   * Adds older batches.
   *
   * @param older the newest of them first
   * @return these signals and those
   */
  public Signals with(List<PackedBatch> older) {
    return new Signals(compute, batches, older, null);
  }

  /**
   * Brings the gradients of connections that were summed before, over batches that are no longer
   * there.
   *
   * @param sum one number a connection; not copied
   * @return signals of which nothing but {@link #ofConnections} may be asked
   */
  public Signals summed(Floats sum) {
    return new Signals(compute, batches, List.of(), sum);
  }

  /**
   * Returns the batches; older ones are unpacked first, each into memory of its own.
   *
   * @return the newest first
   */
  public List<Batch> batches() {
    List<Batch> all = new ArrayList<>(batches);
    older.forEach(packed -> all.add(packed.unpack(null)));
    return all;
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
    product(List.of(batches.getFirst().gradientTerm(1)), false).run(blocks);
  }

  private DenseGradient product(List<DenseGradient.Term> terms, boolean everywhere) {
    return new DenseGradient(compute, terms, inputs(), outputs(), everywhere);
  }

  /** All batches, the newest first. */
  private List<DenseGradient.Term> terms(double decay) {
    List<DenseGradient.Term> terms = new ArrayList<>();
    float factor = 1;
    for (Batch batch : batches) {
      terms.add(batch.gradientTerm(factor));
      factor = (float) (factor * decay);
    }
    for (PackedBatch batch : older) {
      terms.add(batch.gradientTerm(factor));
      factor = (float) (factor * decay);
    }
    return terms;
  }

  /**
   * The same for the sum over all batches, and without leaving out any block.
   *
   * @param blocks looks at them, called by several threads
   */
  public void everyCell(Blocks blocks) {
    product(terms(1), true).run(blocks);
  }

  /**
   * The same for a sum over all batches, in which older ones count less: that of {@code s} batches
   * before the newest is multiplied by {@code decay} to the power of {@code s}.
   *
   * @param decay 0 to 1
   * @param blocks looks at them, called by several threads
   */
  public void dense(double decay, Blocks blocks) {
    product(terms(decay), false).run(blocks);
  }

  /**
   * Computes for every cell the cosine between its input and its output over the samples of all
   * batches, some cells at a time, as {@link #dense} does; 0 where one of them is 0 everywhere.
   *
   * @param blocks looks at them, called by several threads
   */
  public void cosine(Blocks blocks) {
    List<DenseGradient.Term> outputs = new ArrayList<>();
    double[] ofInput = new double[inputs()];
    double[] ofOutput = new double[outputs()];
    for (Batch batch : batches) {
      outputs.add(batch.outputTerm());
      NeuronStrength.addInputSquares(batch, ofInput);
      NeuronStrength.addSquares(batch.outputs(), batch.count(), ofOutput);
    }
    for (PackedBatch batch : older) {
      outputs.add(batch.outputTerm());
      batch.addSquares(ofInput, ofOutput);
    }
    NeuronStrength.inverseRoots(ofInput);
    NeuronStrength.inverseRoots(ofOutput);
    product(outputs, false)
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
    if (sum != null) {
      out.copy(sum, 0, 0, topology.connections());
      return;
    }
    boolean more = false;
    for (Batch batch : batches) {
      ofConnections(batch, topology, out, more);
      more = true;
    }
    Batch unpacked = null;
    for (PackedBatch packed : older) {
      unpacked = packed.unpack(unpacked);
      ofConnections(unpacked, topology, out, true);
    }
  }

  /**
   * Computes the gradient of the connections in the newest batch.
   *
   * @param topology of this layer
   * @param out gets one number a connection
   * @param more whether to add it to what is there
   */
  public void ofConnections(Topology topology, Floats out, boolean more) {
    ofConnections(batches.getFirst(), topology, out, more);
  }

  private void ofConnections(Batch batch, Topology topology, Floats out, boolean more) {
    new CellGradients(compute)
        .products(batch, topology.rowStart(), topology.column(), topology.connections(), out, more);
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
