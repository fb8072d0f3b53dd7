package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The inner loops over the connections of a layer; those over its neurons are {@link Units} and
 * {@link Norms}, those over its parameters {@link Descent}. Two implementations, one obvious and
 * one fast, give the same bits.
 *
 * <p>What makes the bits equal on any vector width and for any number of threads:
 *
 * <ul>
 *   <li>each output element has one owner and one order of additions, the order of the topology;
 *   <li>a sum over the samples of a tile has {@value #STRIPES} stripes (sample {@code b} belongs to
 *       stripe {@code b mod 16}), added up by the tree {@code l + (l+8)}, {@code l + (l+4)}, {@code
 *       l + (l+2)}, {@code l + (l+1)}; the tiles of a batch are added in their order;
 *   <li>every multiply-add is fused.
 * </ul>
 *
 * <p>Ranges are half open. Nothing is checked here except by assertions. All activations of a call
 * have tiles of the same width.
 */
public abstract sealed class Kernels permits ScalarKernels, VectorKernels {
  /** Partial sums of a sum over the batch. */
  static final int STRIPES = Activations.LANES;

  /** Sums that {@link #addRows} adds up together. */
  public static final int SIDE_BY_SIDE = 4;

  private static final float[] NO_SHIFT = {0f};
  private static final float[] NO_SCALE = {1f};

  /** Elements of the scratch memory that sums over the batch need. */
  public static final long SCRATCH = 2048;

  private final Units units;
  private final Norms norms;
  private final Descent descent;

  Kernels(Units units, Norms norms, Descent descent) {
    this.units = units;
    this.norms = norms;
    this.descent = descent;
  }

  /**
   * Returns the loops of activations.
   *
   * @return of the same implementation
   */
  public final Units units() {
    return units;
  }

  /**
   * Returns the loops of normalisations.
   *
   * @return of the same implementation
   */
  public final Norms norms() {
    return norms;
  }

  /**
   * Returns the loops of optimizers.
   *
   * @return of the same implementation
   */
  public final Descent descent() {
    return descent;
  }

  /**
   * Says which implementation this is.
   *
   * @return for example {@code vector/512} or {@code scalar}
   */
  public abstract String name();

  /**
   * Weighted sums of rows: {@code y[j] = start[j] + sum over e of weight[e - base] * x[column[e]]},
   * for the connections {@code e} in {@code [rowStart[j], rowStart[j+1])}. With a transposed index
   * and weights in its order this is the gradient of the inputs.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param column row of {@code x} that each connection reads
   * @param weight one number a connection
   * @param base the connection whose weight is the first one
   * @param start what each row starts from (the bias), or null for zeros
   * @param x inputs
   * @param y outputs, overwritten
   * @param tile which tile of both
   * @param from first row of {@code y}
   * @param to one past the last row of {@code y}
   */
  public abstract void gather(
      Ints rowStart,
      Ints column,
      Floats weight,
      int base,
      @Nullable Floats start,
      Activations x,
      Activations y,
      int tile,
      int from,
      int to);

  /**
   * Weighted additions to rows: {@code y[column[e]] += weight[e] * x[j]} for every row {@code j}
   * and the connections {@code e} in {@code [first[j], last[j + shift])}. This is the gradient of
   * the inputs without a transposed index; whoever calls it owns all rows of {@code y} that these
   * connections name.
   *
   * @param first first connection of each row
   * @param last one past the last connection of each row
   * @param shift 1 where {@code last} is a list of row starts, otherwise 0
   * @param column row of {@code y} that each connection changes, ascending within a row
   * @param weight one number a connection
   * @param x one row a row of connections
   * @param y changed
   * @param tile which tile of both
   * @param from first row
   * @param to one past the last row
   */
  public abstract void scatter(
      Ints first,
      Ints last,
      int shift,
      Ints column,
      Floats weight,
      Activations x,
      Activations y,
      int tile,
      int from,
      int to);

  /**
   * Turns samples into rows of neurons, scaled: each row has {@code (x - shift) * scale} of one
   * feature of all samples. Behind the last sample nothing is written.
   *
   * @param samples one sample after the other
   * @param samplesAt where the first one begins
   * @param count how many samples, at most {@code width}
   * @param features of each sample
   * @param shift one number a feature of the data, or one for all
   * @param scale one number a feature of the data, or one for all
   * @param first number of the samples' first feature in the data
   * @param rows receives a row a feature
   * @param at where the first row begins
   * @param width floats from one row to the next
   */
  public abstract void turn(
      Floats samples,
      long samplesAt,
      int count,
      int features,
      float[] shift,
      float[] scale,
      int first,
      Floats rows,
      long at,
      int width);

  /**
   * Turns numbers around as they are: rows of neurons become samples, or samples rows.
   *
   * @param source one row after the other
   * @param sourceAt where the first one begins
   * @param count how many rows, at most {@code width}
   * @param length of each row
   * @param turned receives {@code length} rows
   * @param at where the first of them begins
   * @param width floats from one of them to the next
   */
  public final void turn(
      Floats source, long sourceAt, int count, int length, Floats turned, long at, int width) {
    turn(source, sourceAt, count, length, NO_SHIFT, NO_SCALE, 0, turned, at, width);
  }

  /**
   * Takes weights out of order: {@code out[k - from] = weight[edge[k]]}. Apart from the gathering
   * of rows, so that many of these loads wait for memory at the same time.
   *
   * @param weight what is picked from
   * @param edge where each number is
   * @param from first one
   * @param to one past the last one
   * @param out the numbers in their new order
   */
  public final void permute(Floats weight, Ints edge, int from, int to, Floats out) {
    MemorySegment source = weight.segment();
    MemorySegment edges = edge.segment();
    MemorySegment sink = out.segment();
    for (int k = from; k < to; k++) {
      sink.setAtIndex(
          JAVA_FLOAT, k - from, source.getAtIndex(JAVA_FLOAT, edges.getAtIndex(JAVA_INT, k)));
    }
  }

  /**
   * Products of rows: {@code out[e - edgeFrom] = sum over b of x[column[e]][b] * d[j][b]} for the
   * connections {@code e} of row {@code j}, only in {@code [edgeFrom, edgeTo)}. With the gradient
   * of the outputs in {@code d} this is the gradient of the weights.
   *
   * @param rowStart first connection of each row
   * @param column row of {@code x} that each connection reads
   * @param x inputs
   * @param d one row a row of connections; zero behind the last sample
   * @param tile which tile of both
   * @param row the row that holds {@code edgeFrom}
   * @param edgeFrom first connection
   * @param edgeTo one past the last connection
   * @param out the products
   * @param add whether to add to {@code out}; the first tile overwrites
   * @param scratch {@link #SCRATCH} elements, overwritten
   */
  public abstract void products(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      boolean add,
      Floats scratch);

  /**
   * Sums over the batch: {@code out[j - from] = sum over b of d[j][b]}.
   *
   * @param d zero behind the last sample
   * @param tile which tile
   * @param from first row
   * @param to one past the last row
   * @param out one number a row
   * @param add whether to add to {@code out}; the first tile overwrites
   */
  public abstract void sums(Activations d, int tile, int from, int to, Floats out, boolean add);

  /**
   * Four rows of a dense matrix product: {@code y[r][b] += sum over k of weight[at + 4 k + r] *
   * x[k][b]} for {@code r} from 0 to 3, the terms of a sum in the order of {@code k}.
   *
   * @param weight {@code 4 * count} numbers, those of the four rows side by side
   * @param weightAt where they begin
   * @param x what is multiplied
   * @param xAt where its first row begins
   * @param xStride from one of its rows to the next
   * @param count terms of each sum
   * @param y changed
   * @param yAt where its first row begins
   * @param yStride from one of its rows to the next
   * @param width elements of a row, a multiple of 16
   */
  public abstract void fourRows(
      Floats weight,
      long weightAt,
      Floats x,
      long xAt,
      int xStride,
      int count,
      Floats y,
      long yAt,
      int yStride,
      int width);

  /**
   * One row of a matrix product with a factor of which most may be 0: {@code y[b] += sum over k of
   * weight[at + k] * x[index[at + k]][b]}, the terms of a sum in the order of {@code k}.
   *
   * @param weight those that are not 0
   * @param index the row of {@code x} that each of them is for
   * @param at where they begin
   * @param count how many of them
   * @param x rows of {@code width} numbers, one after the other
   * @param y changed
   * @param yAt where its row begins
   * @param width elements of a row, a multiple of 16
   */
  public abstract void listedRow(
      Floats weight, Ints index, long at, int count, Floats x, Floats y, long yAt, int width);

  /**
   * Adds up rows of a topology for {@value #SIDE_BY_SIDE} sums at a time, which lie side by side:
   * {@code sums[4 column[e] + l] += factors[4 (k - from) + l]} for the connections {@code e} of the
   * rows {@code row[k]}, {@code k} in {@code [from, to)}.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param column of each connection
   * @param row which rows
   * @param from first of them
   * @param to one past the last of them
   * @param factors what each of these rows counts in each sum
   * @param sums changed
   */
  public abstract void addRows(
      int[] rowStart, int[] column, int[] row, int from, int to, double[] factors, double[] sums);

  /**
   * Adds products of such sums to one row each: {@code rows[l][i] += sums[4 i + l] * factors[i]}.
   *
   * @param sums become 0
   * @param factors one number a column
   * @param rows {@value #SIDE_BY_SIDE} different ones, as long as {@code factors}
   */
  public abstract void addProducts(double[] sums, double[] factors, double[][] rows);

  /**
   * Looks for a large number.
   *
   * @param x what is searched
   * @param from first element
   * @param to one past the last element
   * @param bound bits of the least absolute value that is looked for; those of NaN are above all
   * @return the first element that has as much, or {@code to}
   */
  public abstract long firstAtLeast(Floats x, long from, long to, int bound);

  /**
   * {@code out[i - from] = factor * x[i]}.
   *
   * @param x what is multiplied
   * @param from first element
   * @param to one past the last element
   * @param factor the other factor
   * @param out the products
   */
  public final void scaled(Floats x, long from, long to, float factor, Floats out) {
    MemorySegment source = x.segment();
    MemorySegment sink = out.segment();
    for (long i = from; i < to; i++) {
      sink.setAtIndex(JAVA_FLOAT, i - from, factor * source.getAtIndex(JAVA_FLOAT, i));
    }
  }
}
