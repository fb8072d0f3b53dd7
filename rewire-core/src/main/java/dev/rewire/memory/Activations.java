package dev.rewire.memory;

/**
 * One number for each neuron and sample of a batch, such as the outputs of a layer.
 *
 * <p>The batch is cut into <em>tiles</em> of {@link #width} samples; a tile holds one contiguous
 * row of that length for each neuron: {@code [tile][unit][sample]}. A connection is then one
 * multiply-add over contiguous memory, and all rows of a tile are few enough bytes to stay in a
 * cache while the connections of a part of a layer pass over them.
 *
 * <p>The width is a power of two, 1 to {@value #WIDEST}, that depends on the batch alone. Where it
 * is below {@value #LANES}, so that a row is shorter than a vector, memory of a tile is still
 * padded to whole vectors.
 */
public final class Activations {
  /** Elements that loops over single numbers take at once: ranges begin and end at multiples. */
  public static final int LANES = 16;

  /**
   * Samples of a tile where the batch has as many: 256 bytes a row. Wider rows need more of the
   * cache for the same work; narrower ones pay more for the index and the weight of a connection.
   */
  public static final int WIDEST = 64;

  private final Floats values;
  private final int units;
  private final int width;
  private final int widthBits;
  private final int tiles;
  private final long tileLength;

  /**
   * Allocates zeros.
   *
   * @param units neurons, 0 or more
   * @param batch samples, 1 or more
   */
  public Activations(int units, int batch) {
    this(new Floats(length(units, batch)), units, batch);
  }

  private Activations(Floats values, int units, int batch) {
    this.values = values;
    this.units = units;
    width = width(batch);
    widthBits = Integer.numberOfTrailingZeros(width);
    tiles = padded(batch) / width;
    tileLength = tileLength(units, width);
  }

  /**
   * Views memory that the caller provides.
   *
   * @param values {@link #length} elements or more
   * @param units neurons, 0 or more
   * @param batch samples, 1 or more
   * @return a view, not a copy
   */
  public static Activations view(Floats values, int units, int batch) {
    long needed = length(units, batch);
    if (values.length() < needed) {
      throw new IllegalArgumentException(
          "values hold " + values.length() + " elements, needed " + needed);
    }
    return new Activations(values, units, batch);
  }

  /**
   * Returns the samples of a tile.
   *
   * @param batch samples, 1 or more
   * @return the next power of two, at most {@link #WIDEST}
   */
  public static int width(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be 1 or more: " + batch);
    }
    return batch >= WIDEST ? WIDEST : Math.max(1, Integer.highestOneBit(2 * batch - 1));
  }

  /**
   * Rounds a batch up to whole tiles.
   *
   * @param batch samples, 1 or more
   * @return the samples that there is memory for
   */
  public static int padded(int batch) {
    int width = width(batch);
    return Math.multiplyExact(Math.ceilDiv(batch, width), width);
  }

  /**
   * Counts the elements of all tiles.
   *
   * @param units neurons, 0 or more
   * @param batch samples, 1 or more
   * @return elements, padding included
   */
  public static long length(int units, int batch) {
    int width = width(batch);
    return tileLength(units, width) * (padded(batch) / width);
  }

  private static long tileLength(int units, int width) {
    return Math.ceilDiv((long) units * width, LANES) * LANES;
  }

  /**
   * Returns the numbers themselves.
   *
   * @return tile after tile
   */
  public Floats values() {
    return values;
  }

  /**
   * Returns the number of neurons.
   *
   * @return rows of a tile
   */
  public int units() {
    return units;
  }

  /**
   * Returns the samples of a tile.
   *
   * @return length of a row, a power of two
   */
  public int width() {
    return width;
  }

  /**
   * Returns the number of tiles.
   *
   * @return 1 or more
   */
  public int tiles() {
    return tiles;
  }

  /**
   * Returns the number of samples that there is memory for.
   *
   * @return tiles times width
   */
  public int samples() {
    return tiles * width;
  }

  /**
   * Counts the tiles that hold some first samples.
   *
   * @param samples 0 to {@link #samples}
   * @return tiles, the last one perhaps not full
   */
  public int tilesOf(int samples) {
    return Math.ceilDiv(samples, width);
  }

  /**
   * Returns where the row of a neuron begins.
   *
   * @param tile 0 to {@code tiles - 1}
   * @param unit 0 to {@code units}; one past the last neuron is where the rows end
   * @return position in {@link #values}
   */
  public long row(int tile, int unit) {
    return tile * tileLength + (long) unit * width;
  }

  /**
   * Returns where loops over single numbers may stop after some rows: the end of the rows, rounded
   * up to {@link #LANES}.
   *
   * @param tile 0 to {@code tiles - 1}
   * @param unit one past the last neuron
   * @return position in {@link #values}; between here and the end of the rows is only padding if
   *     {@code unit} is {@code units} or a multiple of {@link #LANES}
   */
  public long end(int tile, int unit) {
    return tile * tileLength + Math.ceilDiv((long) unit * width, LANES) * LANES;
  }

  /**
   * Reads one element.
   *
   * @param unit neuron
   * @param sample position in the batch
   * @return its value
   */
  public float get(int unit, int sample) {
    return values.get(at(unit, sample));
  }

  /**
   * Writes one element.
   *
   * @param unit neuron
   * @param sample position in the batch
   * @param value its new value
   */
  public void set(int unit, int sample, float value) {
    values.set(at(unit, sample), value);
  }

  /**
   * Returns where an element lies; that of the next neuron follows at a distance of {@link #width}.
   *
   * @param unit neuron, 0 to {@code units}; one past the last neuron is where a walk ends
   * @param sample position in the batch
   * @return position in {@link #values}
   */
  public long at(int unit, int sample) {
    return row(sample >> widthBits, unit) + (sample & (width - 1));
  }
}
