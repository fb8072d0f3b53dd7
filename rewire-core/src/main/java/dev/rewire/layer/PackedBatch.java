package dev.rewire.layer;

import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;
import org.jspecify.annotations.Nullable;

/**
 * What a layer has seen in a batch, kept while the network looks at the next ones; without the
 * zeros, of which there are many. The memory is used again for the batch that is kept next.
 */
public final class PackedBatch {
  private final int batch;
  private final int inputs;
  private final int outputs;
  private final @Nullable PackedRows in;
  private final @Nullable PackedRows gradient;
  private final @Nullable PackedRows out;
  private @Nullable SparseBatch sparse;
  private int width;
  private int count;

  /**
   * Makes room.
   *
   * @param like a batch of the layer
   * @param gradients whether gradients are wanted
   * @param outputs whether outputs are wanted
   */
  public PackedBatch(Signals.Batch like, boolean gradients, boolean outputs) {
    batch = like.gradient().samples();
    inputs = like.inputs();
    this.outputs = like.gradient().units();
    in = like.in() == null ? null : new PackedRows(like.in());
    gradient = gradients ? new PackedRows(like.gradient()) : null;
    out = outputs && like.out() != null ? new PackedRows(like.out()) : null;
  }

  /**
   * Copies a batch.
   *
   * @param seen of the same layer
   */
  public void keep(Signals.Batch seen) {
    count = seen.count();
    width = seen.gradient().width();
    if (in != null && seen.in() != null) {
      in.pack(seen.in(), count);
    }
    sparse = seen.sparse() == null ? null : seen.sparse().copy();
    if (gradient != null) {
      gradient.pack(seen.gradient(), count);
    }
    if (out != null && seen.out() != null) {
      out.pack(seen.out(), count);
    }
  }

  /**
   * Says whether the batch was kept with its gradients.
   *
   * @return as the constructor was told
   */
  public boolean gradients() {
    return gradient != null;
  }

  /**
   * Says whether the batch was kept with the outputs of the layer.
   *
   * @return as the constructor was told
   */
  public boolean outputs() {
    return out != null;
  }

  /**
   * Makes a batch of it as it was.
   *
   * @param old what an earlier call for a batch of the same layer returned, whose memory is used
   *     again, or null
   * @return a copy; gradients are 0 where none are kept
   */
  Signals.Batch unpack(Signals.@Nullable Batch old) {
    return new Signals.Batch(
        in == null ? null : unpack(in, inputs, old == null ? null : old.in()),
        sparse,
        unpack(gradient, outputs, old == null ? null : old.gradient()),
        out == null ? null : unpack(out, outputs, old == null ? null : old.out()),
        count);
  }

  private Activations unpack(@Nullable PackedRows rows, int units, @Nullable Activations old) {
    Activations to = old == null ? new Activations(units, batch) : old;
    if (rows != null) {
      rows.unpack(to);
    }
    return to;
  }

  /** What the gradient of cells is made of. */
  DenseGradient.Term gradientTerm(float factor) {
    return new DenseGradient.Term(inputRows(), kept(gradient), tiles(), width, factor);
  }

  /** What the cosine of inputs and outputs is made of. */
  DenseGradient.Term outputTerm() {
    return new DenseGradient.Term(inputRows(), kept(out), tiles(), width, 1);
  }

  private NeuronRows inputRows() {
    return sparse == null ? kept(in) : new SparseRows(sparse, width);
  }

  private int tiles() {
    return Math.ceilDiv(count, width);
  }

  /** Adds the squares of inputs and outputs. */
  void addSquares(double[] ofInputs, double[] ofOutputs) {
    if (sparse == null) {
      kept(in).addSquares(ofInputs);
    } else {
      NeuronStrength.addSquares(sparse, ofInputs);
    }
    kept(out).addSquares(ofOutputs);
  }

  private static PackedRows kept(@Nullable PackedRows rows) {
    if (rows == null) {
      throw new IllegalStateException(
          "nobody has kept that: gradients() and outputs() of the rule have to say so");
    }
    return rows;
  }
}
