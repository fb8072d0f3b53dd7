package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The loops of activations with the Vector API. */
final class VectorUnits extends Units {
  // Constants are vectors already. The methods of a vector that take a scalar go through several
  // more calls, and whether C2 inlines them all depends on what it compiled before; where it does
  // not, every vector of the loop is boxed.
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector MINUS_ONE = FloatVector.broadcast(S, -1f);

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
  public void eluGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = fromMemorySegment(S, y.segment(), i, ORDER);
      FloatVector g = fromMemorySegment(S, d.segment(), i, ORDER);
      VectorMask<Float> positive = output.compare(VectorOperators.GT, ZERO);
      g.mul(output.add(ONE)).blend(g, positive).intoMemorySegment(d.segment(), i, ORDER);
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
  public void softplusGradient(Floats y, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(VectorSmoothUnits.softplusSlope(fromMemorySegment(S, y.segment(), i, ORDER)))
          .intoMemorySegment(d.segment(), i, ORDER);
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
  public void siluGradient(Floats x, Floats d, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, d.segment(), i, ORDER)
          .mul(VectorSmoothUnits.siluSlope(fromMemorySegment(S, x.segment(), i, ORDER)))
          .intoMemorySegment(d.segment(), i, ORDER);
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
