package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The inner loops of a sparse layer. Two implementations, one obvious and one fast, give the same
 * bits.
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

  /** Elements of the scratch memory that sums over the batch need. */
  public static final long SCRATCH = 2048;

  Kernels() {}

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
   * feature of all samples. Behind the last sample nothing is written. Rows of neurons become
   * samples in the same way.
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
   * One step of gradient descent with momentum on a run of parameters, see {@link SgdStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param velocity momentum, or {@code value} itself when there is none
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step);

  /**
   * One step of Adam on a run of parameters, see {@link AdamStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param state the slots in their order
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers that are the same in every step
   * @param rate learning rate, divided by {@code 1 - beta1^t} unless corrected from birth
   * @param root {@code 1 / sqrt(1 - beta2^t)}; nobody reads it if corrected from birth
   */
  public abstract void adam(
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to,
      AdamStep step,
      float rate,
      float root);

  /**
   * One step of RMSprop on a run of parameters, see {@link RmsPropStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param state the slots in their order
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long to, RmsPropStep step);

  /**
   * One step of Adagrad on a run of parameters, see {@link AdagradStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param sum of the squared gradients
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long to, AdagradStep step);

  /**
   * One step of Lion on a run of parameters, see {@link LionStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param average of the gradients
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void lion(
      Floats gradient, Floats value, Floats average, long from, long to, LionStep step);

  /**
   * {@code x = min(max(x, -limit), limit)}; NaN stays NaN.
   *
   * @param x in place
   * @param count elements, from the first one on
   * @param limit above 0
   */
  public final void clamp(Floats x, long count, float limit) {
    MemorySegment values = x.segment();
    for (long i = 0; i < count; i++) {
      float v = values.getAtIndex(JAVA_FLOAT, i);
      values.setAtIndex(JAVA_FLOAT, i, Math.min(Math.max(v, -limit), limit));
    }
  }

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

  /**
   * Sum of squares in double precision, four stripes of them: element {@code from + i} belongs to
   * stripe {@code i mod 4}.
   *
   * @param x what is squared
   * @param from first element
   * @param to one past the last element
   * @return the sum; the same bits in every implementation
   */
  public final double squares(Floats x, long from, long to) {
    MemorySegment values = x.segment();
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    long i = from;
    for (; i + 4 <= to; i += 4) {
      double first = values.getAtIndex(JAVA_FLOAT, i);
      double second = values.getAtIndex(JAVA_FLOAT, i + 1);
      double third = values.getAtIndex(JAVA_FLOAT, i + 2);
      double fourth = values.getAtIndex(JAVA_FLOAT, i + 3);
      a = Math.fma(first, first, a);
      b = Math.fma(second, second, b);
      c = Math.fma(third, third, c);
      d = Math.fma(fourth, fourth, d);
    }
    for (; i < to; i++) {
      double rest = values.getAtIndex(JAVA_FLOAT, i);
      a = Math.fma(rest, rest, a);
    }
    return (a + c) + (b + d);
  }

  /**
   * Makes rows of weights shorter whose norm is above a limit, in their own direction.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param weight one number a connection, in place
   * @param limit of the Euclidean norm, above 0
   * @param from first row
   * @param to one past the last row
   */
  public final void limitNorms(Ints rowStart, Floats weight, double limit, int from, int to) {
    MemorySegment values = weight.segment();
    for (int j = from; j < to; j++) {
      int first = rowStart.get(j);
      int end = rowStart.get(j + 1L);
      double squares = squares(weight, first, end);
      if (squares > limit * limit) {
        float factor = (float) (limit / Math.sqrt(squares));
        for (long e = first; e < end; e++) {
          values.setAtIndex(JAVA_FLOAT, e, factor * values.getAtIndex(JAVA_FLOAT, e));
        }
      }
    }
  }

  /**
   * {@code x = x > 0 ? x : slope * x}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param slope of the negative side, -1 to 1
   */
  public abstract void leakyRelu(Floats x, long from, long to, float slope);

  /**
   * {@code d = y > 0 ? d : slope * d}.
   *
   * @param y outputs of {@link #leakyRelu}, or its inputs
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param slope of the negative side, -1 to 1
   */
  public abstract void leakyReluGradient(Floats y, Floats d, long from, long to, float slope);

  /**
   * {@code x = 1 / (1 + exp(-x))}, to about 2 units in the last place.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void sigmoid(Floats x, long from, long to);

  /**
   * {@code d = d * y * (1 - y)}.
   *
   * @param y outputs of {@link #sigmoid}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void sigmoidGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code d = d * s(y) * (1 - s(y))} with {@code s} the sigmoid: the derivative taken at the
   * output instead of at the sum, as the SciPy implementation of SET does. Not worth a vector.
   *
   * @param y outputs of {@link #sigmoid}, left as they are
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element
   * @param to one past the last element
   */
  public final void squashedSigmoidGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      float s = Exponential.sigmoid(y.get(i));
      d.set(i, d.get(i) * (s * (1f - s)));
    }
  }

  /**
   * {@code x = tanh(x)}, to about 4 units in the last place.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void tanh(Floats x, long from, long to);

  /**
   * {@code d = d * (1 - y * y)}.
   *
   * @param y outputs of {@link #tanh}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void tanhGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code x = x > 0 ? x : exp(x) - 1}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void elu(Floats x, long from, long to);

  /**
   * {@code d = y > 0 ? d : d * (y + 1)}.
   *
   * @param y outputs of {@link #elu}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void eluGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code x = ln(1 + exp(x))}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void softplus(Floats x, long from, long to);

  /**
   * {@code d = d * (1 - exp(-y))}.
   *
   * @param y outputs of {@link #softplus}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void softplusGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code x = x * sigmoid(x)}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void silu(Floats x, long from, long to);

  /**
   * {@code d = d * s * (1 + x * (1 - s))} with {@code s = sigmoid(x)}.
   *
   * @param x inputs of {@link #silu}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void siluGradient(Floats x, Floats d, long from, long to);

  /**
   * {@code x = x * Phi(x)} with the normal distribution {@code Phi}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void gelu(Floats x, long from, long to);

  /**
   * {@code d = d * (Phi(x) + x * phi(x))}, with {@code Phi(x) = y / x}: the polynomial of the
   * distribution and two exponentials are more than C2 puts into one loop.
   *
   * @param x inputs of {@link #gelu}
   * @param y its outputs
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void geluGradient(Floats x, Floats y, Floats d, long from, long to);

  /**
   * {@code x = x < -1 ? -1 : x > 1 ? 1 : x}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void hardTanh(Floats x, long from, long to);

  /**
   * {@code d = -1 < y && y < 1 ? d : 0}.
   *
   * @param y outputs of {@link #hardTanh}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void hardTanhGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code sum += more}, element by element.
   *
   * @param sum changed
   * @param more what is added
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void add(Floats sum, Floats more, long from, long to);

  /**
   * {@code out = x * factor}, element by element.
   *
   * @param x one factor
   * @param factor the other
   * @param out the products; may be {@code x}
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void multiply(Floats x, Floats factor, Floats out, long from, long to);

  /**
   * {@code x = (x - shift) * scale} for a whole row.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param shift subtracted first
   * @param scale multiplied after
   */
  public abstract void shiftAndScale(Floats x, long from, long to, float shift, float scale);

  /**
   * {@code x = scale * x + shift} for a whole row.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param scale multiplied first
   * @param shift added after
   */
  public abstract void scaleAndShift(Floats x, long from, long to, float scale, float shift);

  /**
   * Adds up a row, in 16 stripes and a fixed tree.
   *
   * @param x any
   * @param from first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @return the sum
   */
  public abstract float rowSum(Floats x, long from, int count);

  /**
   * Adds up the products of two rows, in 16 stripes and a fixed tree.
   *
   * @param x one row
   * @param from its first element, a multiple of 16
   * @param y the other row, perhaps the same
   * @param yFrom its first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @return the sum
   */
  public abstract float rowProducts(Floats x, long from, Floats y, long yFrom, int count);

  /**
   * {@code d = factor * (d - common - along * normal)}: the gradient of a row that was brought to
   * mean 0 and variance 1.
   *
   * @param normal the row
   * @param normalFrom its first element, a multiple of 16
   * @param d gradient of the row, becomes that of what it was made of
   * @param from its first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @param common mean of the gradient
   * @param along mean of the products of row and gradient
   * @param factor one over the deviation, times what else there is
   */
  public abstract void normalGradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int count,
      float common,
      float along,
      float factor);

  /**
   * Adds up columns: what some samples have in all neurons, {@value ColumnLoops#BLOCK} rows at a
   * time, so that long columns lose no digits.
   *
   * @param x rows of neurons
   * @param from first element of the first row
   * @param stride from one row to the next
   * @param rows how many
   * @param columns how many; 16 are fast
   * @param sums receives one sum a column
   * @param at where in {@code sums}
   */
  public abstract void columnSums(
      Floats x, long from, int stride, int rows, int columns, Floats sums, long at);

  /**
   * Adds up the squares of distances, as {@link #columnSums} does.
   *
   * @param x rows of neurons
   * @param from first element of the first row
   * @param stride from one row to the next
   * @param rows how many
   * @param columns how many; 16 are fast
   * @param centre what each column is distant from
   * @param sums receives one sum a column
   * @param at where in {@code centre} and {@code sums}
   */
  public abstract void columnSquares(
      Floats x, long from, int stride, int rows, int columns, Floats centre, Floats sums, long at);

  /**
   * Adds up the products of columns, as {@link #columnSums} does.
   *
   * @param x rows of neurons
   * @param from first element of the first row
   * @param y other rows at equal strides
   * @param yFrom first element of the first of these
   * @param stride from one row to the next
   * @param rows how many
   * @param columns how many; 16 are fast
   * @param sums receives one sum a column
   * @param at where in {@code sums}
   */
  public abstract void columnProducts(
      Floats x,
      long from,
      Floats y,
      long yFrom,
      int stride,
      int rows,
      int columns,
      Floats sums,
      long at);

  /**
   * {@code x = (x - centre) * factor}, with numbers of the column.
   *
   * @param x rows of neurons, in place
   * @param from first element of the first row
   * @param stride from one row to the next
   * @param rows how many
   * @param columns how many; 16 are fast
   * @param centre subtracted first
   * @param factor multiplied after
   * @param at where in {@code centre} and {@code factor}
   */
  public abstract void columnNormal(
      Floats x,
      long from,
      int stride,
      int rows,
      int columns,
      Floats centre,
      Floats factor,
      long at);

  /**
   * {@code d = factor * (d - common - along * normal)}, with numbers of the column.
   *
   * @param normal rows that were brought to mean 0 and variance 1
   * @param normalFrom first element of the first of these
   * @param d gradient of the rows at equal strides, becomes that of what they were made of
   * @param from first element of the first row
   * @param stride from one row to the next
   * @param rows how many
   * @param columns how many; 16 are fast
   * @param common mean of the gradient
   * @param along mean of the products of rows and gradient
   * @param factor one over the deviation
   * @param at where in the last three
   */
  public abstract void columnGradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int stride,
      int rows,
      int columns,
      Floats common,
      Floats along,
      Floats factor,
      long at);

  /**
   * The S-shaped rectified linear unit: {@code left + leftSlope * (x - left)} up to {@code left},
   * {@code right + rightSlope * (x - right)} from {@code right} on, {@code x} between.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param left where the left piece ends
   * @param leftSlope its slope
   * @param right where the right piece begins, {@code left} or more
   * @param rightSlope its slope
   */
  public abstract void sRelu(
      Floats x, long from, long to, float left, float leftSlope, float right, float rightSlope);

  /**
   * Adds up the gradient where inputs lie in one of the outer pieces, and its products with the
   * distance to the end of the piece, each in 16 stripes and a fixed tree.
   *
   * @param x inputs of {@link #sRelu}
   * @param xFrom first of them, a multiple of 16
   * @param d gradient of the outputs
   * @param from first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @param left where the left piece ends
   * @param right where the right piece begins
   * @param above whether the right piece is meant
   * @param sums receives the two sums
   * @param at where in {@code sums}
   */
  public abstract void sReluSums(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float right,
      boolean above,
      Floats sums,
      long at);

  /**
   * Multiplies the gradient by the slope of the piece in which each input lies.
   *
   * @param x inputs of {@link #sRelu}
   * @param xFrom first of them, a multiple of 16
   * @param d gradient of the outputs, becomes that of the inputs
   * @param from first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @param left where the left piece ends
   * @param leftSlope its slope
   * @param right where the right piece begins
   * @param rightSlope its slope
   */
  public abstract void sReluGradient(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float leftSlope,
      float right,
      float rightSlope);
}
