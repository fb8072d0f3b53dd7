package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.NARROW;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * The loops with the Vector API. The batch is the vector: a row of {@code y} or of {@code d} stays
 * in registers while the loop runs over its connections, so memory traffic is the gathered rows and
 * nothing else.
 */
final class VectorKernels extends Kernels {
  // Constants are vectors already. The methods of a vector that take a scalar go through several
  // more calls, and whether C2 inlines them all depends on what it compiled before; where it does
  // not, every vector of the loop is boxed.
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector MINUS_ONE = FloatVector.broadcast(S, -1f);

  @Override
  public String name() {
    return "vector/" + S.vectorBitSize();
  }

  @Override
  public void gather(
      Ints rowStart,
      Ints column,
      Floats weight,
      int base,
      @Nullable Floats start,
      Activations x,
      Activations y,
      int tile,
      int from,
      int to) {
    if (x.width() <= NARROW) {
      NarrowGather.gather(rowStart, column, weight, base, start, x, y, tile, from, to);
    } else {
      VectorGather.gather(rowStart, column, weight, base, start, x, y, tile, from, to);
    }
  }

  @Override
  public void scatter(
      Ints first,
      Ints last,
      int shift,
      Ints column,
      Floats weight,
      Activations x,
      Activations y,
      int tile,
      int from,
      int to) {
    if (x.width() <= NARROW) {
      NarrowScatter.scatter(first, last, shift, column, weight, x, y, tile, from, to);
    } else {
      VectorScatter.scatter(first, last, shift, column, weight, x, y, tile, from, to);
    }
  }

  @Override
  public void turn(
      Floats samples,
      long samplesAt,
      int count,
      int features,
      float[] shift,
      float[] scale,
      int first,
      Floats rows,
      long at,
      int width) {
    if (L >= VectorTurn.SIDE) {
      VectorTurn.turn(samples, samplesAt, count, features, shift, scale, first, rows, at, width);
    } else {
      SampleTurn.turn(
          samples, samplesAt, features, shift, scale, first, rows, at, width, 0, 0, count);
    }
  }

  @Override
  public void products(
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
      Floats scratch) {
    if (x.width() < Math.min(L, 8)) {
      assert !add : "one tile only";
      NarrowProducts.products(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out);
    } else {
      VectorProducts.products(
          rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out, add, scratch);
    }
  }

  @Override
  public void sums(Activations d, int tile, int from, int to, Floats out, boolean add) {
    if (d.width() < L) {
      assert !add : "one tile only";
      NarrowProducts.sums(d, tile, from, to, out);
    } else {
      VectorProducts.sums(d, tile, from, to, out, add);
    }
  }

  @Override
  public void fourRows(
      Floats weight,
      long weightAt,
      Floats x,
      long xAt,
      int xStride,
      int count,
      Floats y,
      long yAt,
      int yStride,
      int width) {
    VectorDense.fourRows(weight, weightAt, x, xAt, xStride, count, y, yAt, yStride, width);
  }

  @Override
  public void listedRow(
      Floats weight, Ints index, long at, int count, Floats x, Floats y, long yAt, int width) {
    VectorListed.listedRow(weight, index, at, count, x, y, yAt, width);
  }

  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    VectorDescent.sgd(gradient, value, velocity, from, to, step);
  }

  @Override
  public void adam(
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to,
      AdamStep step,
      float rate,
      float root) {
    VectorDescent.adam(gradient, value, state, from, to, step, rate, root);
  }

  @Override
  public void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long to, RmsPropStep step) {
    VectorDescent.rmsProp(gradient, value, state, from, to, step);
  }

  @Override
  public void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long to, AdagradStep step) {
    VectorDescent.adagrad(gradient, value, sum, from, to, step);
  }

  @Override
  public void lion(
      Floats gradient, Floats value, Floats average, long from, long to, LionStep step) {
    VectorDescent.lion(gradient, value, average, from, to, step);
  }

  @Override
  public void leakyRelu(Floats x, long from, long to, float slope) {
    MemorySegment segment = x.segment();
    FloatVector slopes = FloatVector.broadcast(S, slope);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector v = fromMemorySegment(S, segment, i, ORDER);
      VectorMask<Float> positive = v.compare(VectorOperators.GT, ZERO);
      v.mul(slopes).blend(v, positive).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void leakyReluGradient(Floats y, Floats d, long from, long to, float slope) {
    MemorySegment output = y.segment();
    MemorySegment gradient = d.segment();
    FloatVector slopes = FloatVector.broadcast(S, slope);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector g = fromMemorySegment(S, gradient, i, ORDER);
      VectorMask<Float> positive =
          fromMemorySegment(S, output, i, ORDER).compare(VectorOperators.GT, ZERO);
      g.mul(slopes).blend(g, positive).intoMemorySegment(gradient, i, ORDER);
    }
  }

  @Override
  public void sigmoid(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorExponential.sigmoid(fromMemorySegment(S, segment, i, ORDER))
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void sigmoidGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = fromMemorySegment(S, y.segment(), i, ORDER);
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(output.mul(ONE.sub(output)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void tanh(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorExponential.tanh(fromMemorySegment(S, segment, i, ORDER))
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void tanhGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = fromMemorySegment(S, y.segment(), i, ORDER);
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(ONE.sub(output.mul(output)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void elu(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorSmoothUnits.elu(fromMemorySegment(S, segment, i, ORDER))
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void softplus(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorSmoothUnits.softplus(fromMemorySegment(S, segment, i, ORDER))
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void silu(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorSmoothUnits.silu(fromMemorySegment(S, segment, i, ORDER))
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void softplusGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(VectorSmoothUnits.softplusSlope(fromMemorySegment(S, y.segment(), i, ORDER)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void siluGradient(Floats x, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(VectorSmoothUnits.siluSlope(fromMemorySegment(S, x.segment(), i, ORDER)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void eluGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = fromMemorySegment(S, y.segment(), i, ORDER);
      FloatVector g = fromMemorySegment(S, d.segment(), i, ORDER);
      VectorMask<Float> positive = output.compare(VectorOperators.GT, ZERO);
      g.mul(output.add(ONE)).blend(g, positive).intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void hardTanh(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, segment, i, ORDER)
          .min(ONE)
          .max(MINUS_ONE)
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void hardTanhGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorMask<Float> inside =
          fromMemorySegment(S, y.segment(), i, ORDER).abs().compare(VectorOperators.LT, ONE);
      ZERO.blend(fromMemorySegment(S, d.segment(), i, ORDER), inside)
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void add(Floats sum, Floats more, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, sum.segment(), i, ORDER)
          .add(fromMemorySegment(S, more.segment(), i, ORDER))
          .intoMemorySegment(sum.segment(), i, ORDER);
    }
  }

  @Override
  public void multiply(Floats x, Floats factor, Floats out, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, x.segment(), i, ORDER)
          .mul(fromMemorySegment(S, factor.segment(), i, ORDER))
          .intoMemorySegment(out.segment(), i, ORDER);
    }
  }

  @Override
  public void shiftAndScale(Floats x, long from, long to, float shift, float scale) {
    MemorySegment segment = x.segment();
    FloatVector shifts = FloatVector.broadcast(S, shift);
    FloatVector scales = FloatVector.broadcast(S, scale);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, segment, i, ORDER)
          .sub(shifts)
          .mul(scales)
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void gelu(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorSmoothUnits.gelu(fromMemorySegment(S, segment, i, ORDER))
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void geluGradient(Floats x, Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(
              VectorSmoothUnits.geluSlope(
                  fromMemorySegment(S, x.segment(), i, ORDER),
                  fromMemorySegment(S, y.segment(), i, ORDER)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void scaleAndShift(Floats x, long from, long to, float scale, float shift) {
    VectorRows.scaleAndShift(x, from, to, scale, shift);
  }

  @Override
  public float rowSum(Floats x, long from, int count) {
    return VectorRows.sum(x, from, count);
  }

  @Override
  public float rowProducts(Floats x, long from, Floats y, long yFrom, int count) {
    return VectorRows.products(x, from, y, yFrom, count);
  }

  @Override
  public void normalGradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int count,
      float common,
      float along,
      float factor) {
    VectorRows.normalGradient(normal, normalFrom, d, from, count, common, along, factor);
  }

  @Override
  public void columnSums(
      Floats x, long from, int stride, int rows, int columns, Floats sums, long at) {
    if (columns == STRIPES) {
      VectorColumns.sums(x, from, stride, rows, sums, at);
    } else {
      ColumnLoops.sums(x, from, stride, rows, columns, sums, at);
    }
  }

  @Override
  public void columnSquares(
      Floats x, long from, int stride, int rows, int columns, Floats centre, Floats sums, long at) {
    if (columns == STRIPES) {
      VectorColumns.squares(x, from, stride, rows, centre, sums, at);
    } else {
      ColumnLoops.squares(x, from, stride, rows, columns, centre, sums, at);
    }
  }

  @Override
  public void columnProducts(
      Floats x,
      long from,
      Floats y,
      long yFrom,
      int stride,
      int rows,
      int columns,
      Floats sums,
      long at) {
    if (columns == STRIPES) {
      VectorColumns.products(x, from, y, yFrom, stride, rows, sums, at);
    } else {
      ColumnLoops.products(x, from, y, yFrom, stride, rows, columns, sums, at);
    }
  }

  @Override
  public void columnNormal(
      Floats x,
      long from,
      int stride,
      int rows,
      int columns,
      Floats centre,
      Floats factor,
      long at) {
    if (columns == STRIPES) {
      VectorColumns.normal(x, from, stride, rows, centre, factor, at);
    } else {
      ColumnLoops.normal(x, from, stride, rows, columns, centre, factor, at);
    }
  }

  @Override
  public void columnGradient(
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
      long at) {
    if (columns == STRIPES) {
      VectorColumns.gradient(normal, normalFrom, d, from, stride, rows, common, along, factor, at);
    } else {
      ColumnLoops.gradient(
          normal, normalFrom, d, from, stride, rows, columns, common, along, factor, at);
    }
  }

  @Override
  public void sRelu(
      Floats x, long from, long to, float left, float leftSlope, float right, float rightSlope) {
    VectorSRelu.forward(x, from, to, left, leftSlope, right, rightSlope);
  }

  @Override
  public void sReluSums(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float right,
      boolean above,
      Floats sums,
      long at) {
    if (above) {
      VectorSRelu.above(x, xFrom, d, from, count, left, right, sums, at);
    } else {
      VectorSRelu.below(x, xFrom, d, from, count, left, sums, at);
    }
  }

  @Override
  public void sReluGradient(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float leftSlope,
      float right,
      float rightSlope) {
    VectorSRelu.gradient(x, xFrom, d, from, count, left, leftSlope, right, rightSlope);
  }
}
