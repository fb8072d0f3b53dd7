package dev.rewire.memory;

/**
 * One number per neuron and sample of a batch, neuron-major: the row of unit {@code u} holds its
 * value for every sample, so a connection is one multiply-add over contiguous rows.
 *
 * <p>Element {@code (u, b)} is at {@code u * stride + b}. The stride is the batch size rounded up
 * to {@link #LANES}, so kernels need no tail; what lies behind the last sample of a row is
 * arbitrary in activations and zero in gradients.
 */
public final class Activations {
  /** Samples are padded to a multiple of this: one 512-bit vector, and the 16 stripes of a sum. */
  public static final int LANES = 16;

  private final Floats values;
  private final int units;
  private final int stride;

  /**
   * Allocates zeros.
   *
   * @param units number of neurons, 0 or more
   * @param batch number of samples, 1 or more
   */
  public Activations(int units, int batch) {
    this(new Floats((long) units * padded(batch)), units, padded(batch));
  }

  private Activations(Floats values, int units, int stride) {
    this.values = values;
    this.units = units;
    this.stride = stride;
  }

  /**
   * Views memory that the caller provides, a mapped file for example.
   *
   * @param values {@code units * padded(batch)} elements or more
   * @param units number of neurons
   * @param batch number of samples
   * @return a view, not a copy
   */
  public static Activations view(Floats values, int units, int batch) {
    long needed = (long) units * padded(batch);
    if (values.length() < needed) {
      throw new IllegalArgumentException(
          "values hold " + values.length() + " elements, needed " + needed);
    }
    return new Activations(values, units, padded(batch));
  }

  /**
   * Rounds a batch size up to whole vectors.
   *
   * @param batch samples, 1 or more
   * @return the next multiple of {@link #LANES}
   */
  public static int padded(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be 1 or more: " + batch);
    }
    return Math.multiplyExact(Math.ceilDiv(batch, LANES), LANES);
  }

  /**
   * Returns the numbers themselves.
   *
   * @return {@code units * stride} elements
   */
  public Floats values() {
    return values;
  }

  /**
   * Returns the number of neurons.
   *
   * @return rows
   */
  public int units() {
    return units;
  }

  /**
   * Returns the distance between two rows.
   *
   * @return elements, a multiple of {@link #LANES}
   */
  public int stride() {
    return stride;
  }

  /**
   * Reads one element.
   *
   * @param unit neuron
   * @param sample position in the batch
   * @return its value
   */
  public float get(int unit, int sample) {
    return values.get((long) unit * stride + sample);
  }

  /**
   * Writes one element.
   *
   * @param unit neuron
   * @param sample position in the batch
   * @param value its new value
   */
  public void set(int unit, int sample, float value) {
    values.set((long) unit * stride + sample, value);
  }
}
