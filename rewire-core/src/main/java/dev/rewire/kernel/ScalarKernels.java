package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;

/** The obvious loops, for machines without the Vector API, and the twin of the fast ones. */
final class ScalarKernels extends Kernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void gather(
      Ints rowStart,
      Ints column,
      Floats weight,
      Floats start,
      Activations x,
      Activations y,
      int width,
      int from,
      int to) {
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    for (int j = from; j < to; j++) {
      long row = (long) j * y.stride();
      fill(sink, row, width, start.get(j));
      int end = rowStart.get(j + 1);
      for (int e = rowStart.get(j); e < end; e++) {
        multiplyAdd(sink, row, source, (long) column.get(e) * x.stride(), width, weight.get(e));
      }
    }
  }

  @Override
  public void gatherTransposed(
      Ints start,
      Ints target,
      Ints edge,
      Floats weight,
      Activations x,
      Activations y,
      int width,
      int from,
      int to) {
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    for (int i = from; i < to; i++) {
      long row = (long) i * y.stride();
      fill(sink, row, width, 0f);
      int end = start.get(i + 1);
      for (int k = start.get(i); k < end; k++) {
        float w = weight.get(edge.get(k));
        multiplyAdd(sink, row, source, (long) target.get(k) * x.stride(), width, w);
      }
    }
  }

  private static void fill(MemorySegment y, long row, int width, float value) {
    for (int b = 0; b < width; b++) {
      y.setAtIndex(JAVA_FLOAT, row + b, value);
    }
  }

  /** {@code y += w * x}; a method of its own, because the JIT vectorises it only so. */
  private static void multiplyAdd(
      MemorySegment y, long yRow, MemorySegment x, long xRow, int width, float w) {
    for (int b = 0; b < width; b++) {
      float sum =
          Math.fma(x.getAtIndex(JAVA_FLOAT, xRow + b), w, y.getAtIndex(JAVA_FLOAT, yRow + b));
      y.setAtIndex(JAVA_FLOAT, yRow + b, sum);
    }
  }

  @Override
  public void products(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int width,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      Floats scratch) {
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment columns = column.segment();
    int j = row;
    for (int e = edgeFrom; e < edgeTo; e++) {
      while (e >= rowStart.get(j + 1)) {
        j++;
      }
      long xRow = (long) columns.getAtIndex(JAVA_INT, e) * x.stride();
      out.set(e - edgeFrom, product(source, xRow, gradient, (long) j * d.stride(), width, scratch));
    }
  }

  private static float product(
      MemorySegment x, long xRow, MemorySegment d, long dRow, int width, Floats stripes) {
    clear(stripes);
    for (int b = 0; b < width; b += STRIPES) {
      for (int l = 0; l < STRIPES; l++) {
        stripes.set(
            l,
            Math.fma(
                x.getAtIndex(JAVA_FLOAT, xRow + b + l),
                d.getAtIndex(JAVA_FLOAT, dRow + b + l),
                stripes.get(l)));
      }
    }
    return tree(stripes);
  }

  @Override
  public void sums(Activations d, int width, int from, int to, Floats out, Floats scratch) {
    for (int j = from; j < to; j++) {
      clear(scratch);
      for (int b = 0; b < width; b++) {
        scratch.set(b % STRIPES, scratch.get(b % STRIPES) + d.get(j, b));
      }
      out.set(j - from, tree(scratch));
    }
  }

  private static void clear(Floats stripes) {
    for (int l = 0; l < STRIPES; l++) {
      stripes.set(l, 0f);
    }
  }

  private static float tree(Floats stripes) {
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        stripes.set(l, stripes.get(l) + stripes.get(l + half));
      }
    }
    return stripes.get(0);
  }

  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    for (long i = from; i < to; i++) {
      sgdOne(gradient, value, velocity, from, i, step);
    }
  }

  /** One parameter; the vector kernel uses it for what is left behind its last whole vector. */
  static void sgdOne(
      Floats gradient, Floats value, Floats velocity, long from, long i, SgdStep step) {
    float w = value.get(i);
    float g = Math.fma(step.l2(), w, gradient.get(i - from));
    if (step.l1() != 0) {
      g = Math.fma(step.l1(), Math.signum(w), g);
    }
    float move = g;
    if (step.momentum() != 0) {
      float v = Math.fma(step.momentum(), velocity.get(i), step.keep() * g);
      velocity.set(i, v);
      move = step.nesterov() ? Math.fma(step.momentum(), v, g) : v;
    }
    float shrunk = Math.fma(-step.shrink(), w, w);
    value.set(i, Math.fma(-step.rate(), move, shrunk));
  }

  @Override
  public void leakyRelu(Floats x, long from, long to, float slope) {
    for (long i = from; i < to; i++) {
      float v = x.get(i);
      x.set(i, v > 0 ? v : slope * v);
    }
  }

  @Override
  public void leakyReluGradient(Floats y, Floats d, long from, long to, float slope) {
    for (long i = from; i < to; i++) {
      d.set(i, y.get(i) > 0 ? d.get(i) : slope * d.get(i));
    }
  }

  @Override
  public void sigmoid(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, Exponential.sigmoid(x.get(i)));
    }
  }

  @Override
  public void sigmoidGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * (y.get(i) * (1f - y.get(i))));
    }
  }

  @Override
  public void tanh(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, Exponential.tanh(x.get(i)));
    }
  }

  @Override
  public void tanhGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * (1f - y.get(i) * y.get(i)));
    }
  }

  @Override
  public void multiply(Floats x, Floats factor, Floats out, long from, long to) {
    for (long i = from; i < to; i++) {
      out.set(i, x.get(i) * factor.get(i));
    }
  }

  @Override
  public void shiftAndScale(Floats x, long from, long to, float shift, float scale) {
    for (long i = from; i < to; i++) {
      x.set(i, (x.get(i) - shift) * scale);
    }
  }
}
