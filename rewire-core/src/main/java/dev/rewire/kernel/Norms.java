package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/**
 * The inner loops of normalisations, over rows of numbers and over columns of batches, in two
 * implementations with the same bits, see {@link Kernels}.
 *
 * <p>Ranges are half open. Nothing is checked here except by assertions.
 */
public abstract sealed class Norms permits ScalarNorms, VectorNorms {
  Norms() {}

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
}
