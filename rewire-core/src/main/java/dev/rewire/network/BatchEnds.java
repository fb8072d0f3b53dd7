package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.layer.Compute;
import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a network at work on a batch, for those who compute the layers in between
 * themselves: samples as the first layer sees them, and what outputs for them are worth.
 */
public final class BatchEnds {
  private final Network network;
  private final InputBatch input;
  private final BatchLoss losses;
  private @Nullable Dataset data;
  private int[] order = {};

  /**
   * Allocates nothing yet but targets.
   *
   * @param network tells scaling, loss and what outputs mean; its connections do not matter
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   */
  public BatchEnds(Network network, Compute compute, int batch) {
    this.network = network;
    input = new InputBatch(network, compute, batch);
    losses = new BatchLoss(network.meaning(), compute, batch);
  }

  /**
   * Reads samples.
   *
   * @param data where they come from
   * @param order indices of all samples of the batch
   */
  public void read(Dataset data, int[] order) {
    NetworkPass.checkFits(network, data);
    this.data = data;
    this.order = order.clone();
    input.fill(data, order, 0, order.length);
  }

  /**
   * Returns the samples that {@link #read} has read, if they are not sparse.
   *
   * @return one row an input, or null
   */
  public @Nullable Activations rows() {
    return input.dense();
  }

  /**
   * Returns the samples that {@link #read} has read, if they are sparse.
   *
   * @return entries by feature, or null
   */
  public @Nullable SparseBatch sparse() {
    return input.sparse();
  }

  /**
   * Computes the loss of the samples and its gradient.
   *
   * @param output what a network says, one row an output
   * @param gradient becomes the derivative of the mean loss with respect to each output
   * @return the mean loss
   */
  public double judge(Activations output, Activations gradient) {
    Dataset samples = data;
    if (samples == null) {
      throw new IllegalStateException("there are no samples yet: read() comes first");
    }
    losses.evaluate(network.loss(), output, samples, order, 0, order.length, gradient, 0);
    return losses.sum() / order.length;
  }
}
