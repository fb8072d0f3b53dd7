package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops with the Vector API. The batch is the vector: a row of {@code y} or of {@code d} stays
 * in registers while the loop runs over its connections, so memory traffic is the gathered rows and
 * nothing else.
 */
final class VectorKernels extends Kernels {
  private static final VectorSpecies<Float> S = species();
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Lane {@code l} takes lane {@code l xor half}; one shuffle for each step of the tree. */
  private static final VectorShuffle<Float> SWAP_8 = swap(8);

  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger("rewire.vectorBits", 0);
    return switch (bits) {
      case 0 -> widest();
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      case 512 -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException("rewire.vectorBits must be 128, 256 or 512: " + bits);
    };
  }

  /** The machine's vectors, but never wider than the stripes of a sum. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > STRIPES ? FloatVector.SPECIES_512 : preferred;
  }

  private static VectorShuffle<Float> swap(int half) {
    int[] lanes = new int[L];
    for (int l = 0; l < L; l++) {
      lanes[l] = (l ^ half) % L;
    }
    return VectorShuffle.fromValues(S, lanes);
  }

  @Override
  public String name() {
    return "vector/" + S.vectorBitSize();
  }

  private static FloatVector load(MemorySegment segment, long byteOffset) {
    return FloatVector.fromMemorySegment(S, segment, byteOffset, ORDER);
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
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    long rowBytes = width * 4L;
    for (int j = from; j < to; j++) {
      int first = rowStart.get(j);
      int end = rowStart.get(j + 1);
      FloatVector begin = FloatVector.broadcast(S, start.get(j));
      long out = j * yBytes;
      long b = 0;
      for (; b + 8 * BYTES <= rowBytes; b += 8 * BYTES) {
        FloatVector a0 = begin;
        FloatVector a1 = begin;
        FloatVector a2 = begin;
        FloatVector a3 = begin;
        FloatVector a4 = begin;
        FloatVector a5 = begin;
        FloatVector a6 = begin;
        FloatVector a7 = begin;
        for (int e = first; e < end; e++) {
          long at = columns.getAtIndex(JAVA_INT, e) * xBytes + b;
          FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, e));
          a0 = load(source, at).fma(w, a0);
          a1 = load(source, at + BYTES).fma(w, a1);
          a2 = load(source, at + 2 * BYTES).fma(w, a2);
          a3 = load(source, at + 3 * BYTES).fma(w, a3);
          a4 = load(source, at + 4 * BYTES).fma(w, a4);
          a5 = load(source, at + 5 * BYTES).fma(w, a5);
          a6 = load(source, at + 6 * BYTES).fma(w, a6);
          a7 = load(source, at + 7 * BYTES).fma(w, a7);
        }
        a0.intoMemorySegment(sink, out + b, ORDER);
        a1.intoMemorySegment(sink, out + b + BYTES, ORDER);
        a2.intoMemorySegment(sink, out + b + 2 * BYTES, ORDER);
        a3.intoMemorySegment(sink, out + b + 3 * BYTES, ORDER);
        a4.intoMemorySegment(sink, out + b + 4 * BYTES, ORDER);
        a5.intoMemorySegment(sink, out + b + 5 * BYTES, ORDER);
        a6.intoMemorySegment(sink, out + b + 6 * BYTES, ORDER);
        a7.intoMemorySegment(sink, out + b + 7 * BYTES, ORDER);
      }
      for (; b < rowBytes; b += BYTES) {
        FloatVector a = begin;
        for (int e = first; e < end; e++) {
          long at = columns.getAtIndex(JAVA_INT, e) * xBytes + b;
          a = load(source, at).fma(FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, e)), a);
        }
        a.intoMemorySegment(sink, out + b, ORDER);
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
    MemorySegment targets = target.segment();
    MemorySegment edges = edge.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    long rowBytes = width * 4L;
    for (int i = from; i < to; i++) {
      int first = start.get(i);
      int end = start.get(i + 1);
      long out = i * yBytes;
      long b = 0;
      for (; b + 8 * BYTES <= rowBytes; b += 8 * BYTES) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        for (int k = first; k < end; k++) {
          long at = targets.getAtIndex(JAVA_INT, k) * xBytes + b;
          float value = weights.getAtIndex(JAVA_FLOAT, edges.getAtIndex(JAVA_INT, k));
          FloatVector w = FloatVector.broadcast(S, value);
          a0 = load(source, at).fma(w, a0);
          a1 = load(source, at + BYTES).fma(w, a1);
          a2 = load(source, at + 2 * BYTES).fma(w, a2);
          a3 = load(source, at + 3 * BYTES).fma(w, a3);
          a4 = load(source, at + 4 * BYTES).fma(w, a4);
          a5 = load(source, at + 5 * BYTES).fma(w, a5);
          a6 = load(source, at + 6 * BYTES).fma(w, a6);
          a7 = load(source, at + 7 * BYTES).fma(w, a7);
        }
        a0.intoMemorySegment(sink, out + b, ORDER);
        a1.intoMemorySegment(sink, out + b + BYTES, ORDER);
        a2.intoMemorySegment(sink, out + b + 2 * BYTES, ORDER);
        a3.intoMemorySegment(sink, out + b + 3 * BYTES, ORDER);
        a4.intoMemorySegment(sink, out + b + 4 * BYTES, ORDER);
        a5.intoMemorySegment(sink, out + b + 5 * BYTES, ORDER);
        a6.intoMemorySegment(sink, out + b + 6 * BYTES, ORDER);
        a7.intoMemorySegment(sink, out + b + 7 * BYTES, ORDER);
      }
      for (; b < rowBytes; b += BYTES) {
        FloatVector a = FloatVector.zero(S);
        for (int k = first; k < end; k++) {
          long at = targets.getAtIndex(JAVA_INT, k) * xBytes + b;
          float value = weights.getAtIndex(JAVA_FLOAT, edges.getAtIndex(JAVA_INT, k));
          a = load(source, at).fma(FloatVector.broadcast(S, value), a);
        }
        a.intoMemorySegment(sink, out + b, ORDER);
      }
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
      Floats out) {
    int j = row;
    for (int e = edgeFrom; e < edgeTo; ) {
      while (e >= rowStart.get(j + 1)) {
        j++;
      }
      int end = Math.min(rowStart.get(j + 1), edgeTo);
      rowProducts(column, x, d, width, j, e, end, edgeFrom, out);
      e = end;
    }
  }

  private static void rowProducts(
      Ints column,
      Activations x,
      Activations d,
      int width,
      int row,
      int from,
      int to,
      int base,
      Floats out) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment sink = out.segment();
    long xBytes = x.stride() * 4L;
    long rowBytes = width * 4L;
    long dRow = row * (d.stride() * 4L);
    int e = from;
    if (L == STRIPES && rowBytes == 8 * BYTES) {
      // One connection at a time: two at once overflow what C2 inlines, and then vectors are boxed.
      FloatVector d0 = load(gradient, dRow + 0 * BYTES);
      FloatVector d1 = load(gradient, dRow + 1 * BYTES);
      FloatVector d2 = load(gradient, dRow + 2 * BYTES);
      FloatVector d3 = load(gradient, dRow + 3 * BYTES);
      FloatVector d4 = load(gradient, dRow + 4 * BYTES);
      FloatVector d5 = load(gradient, dRow + 5 * BYTES);
      FloatVector d6 = load(gradient, dRow + 6 * BYTES);
      FloatVector d7 = load(gradient, dRow + 7 * BYTES);
      for (; e < to; e++) {
        long r = columns.getAtIndex(JAVA_INT, e) * xBytes;
        FloatVector a = load(source, r).mul(d0);
        a = load(source, r + 1 * BYTES).fma(d1, a);
        a = load(source, r + 2 * BYTES).fma(d2, a);
        a = load(source, r + 3 * BYTES).fma(d3, a);
        a = load(source, r + 4 * BYTES).fma(d4, a);
        a = load(source, r + 5 * BYTES).fma(d5, a);
        a = load(source, r + 6 * BYTES).fma(d6, a);
        a = load(source, r + 7 * BYTES).fma(d7, a);
        sink.setAtIndex(JAVA_FLOAT, e - base, tree(a));
      }
    }
    for (; e < to; e++) {
      long r = columns.getAtIndex(JAVA_INT, e) * xBytes;
      sink.setAtIndex(JAVA_FLOAT, e - base, product(source, r, gradient, dRow, rowBytes));
    }
  }

  private static float product(
      MemorySegment x, long xRow, MemorySegment d, long dRow, long rowBytes) {
    FloatVector first = stripes(x, xRow, d, dRow, 0, rowBytes);
    if (L == 16) {
      return tree(first);
    }
    if (L == 8) {
      return tree(first.add(stripes(x, xRow, d, dRow, BYTES, rowBytes)));
    }
    FloatVector even = first.add(stripes(x, xRow, d, dRow, 2 * BYTES, rowBytes));
    FloatVector odd =
        stripes(x, xRow, d, dRow, BYTES, rowBytes)
            .add(stripes(x, xRow, d, dRow, 3 * BYTES, rowBytes));
    return tree(even.add(odd));
  }

  private static FloatVector stripes(
      MemorySegment x, long xRow, MemorySegment d, long dRow, long part, long rowBytes) {
    FloatVector a = FloatVector.zero(S);
    int end = (int) rowBytes;
    for (int b = (int) part; b < end; b += STRIPES * 4) {
      a = load(x, xRow + b).fma(load(d, dRow + b), a);
    }
    return a;
  }

  private static float tree(FloatVector v) {
    if (L == 16) {
      v = v.add(v.rearrange(SWAP_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(SWAP_4));
    }
    v = v.add(v.rearrange(SWAP_2));
    v = v.add(v.rearrange(SWAP_1));
    return v.lane(0);
  }

  @Override
  public void sums(Activations d, int width, int from, int to, Floats out) {
    MemorySegment gradient = d.values().segment();
    long rowBytes = width * 4L;
    for (int j = from; j < to; j++) {
      long row = j * (d.stride() * 4L);
      FloatVector p = partialSums(gradient, row, 0, rowBytes);
      if (L == 8) {
        p = p.add(partialSums(gradient, row, BYTES, rowBytes));
      } else if (L == 4) {
        FloatVector odd =
            partialSums(gradient, row, BYTES, rowBytes)
                .add(partialSums(gradient, row, 3 * BYTES, rowBytes));
        p = p.add(partialSums(gradient, row, 2 * BYTES, rowBytes)).add(odd);
      }
      out.set(j - from, tree(p));
    }
  }

  private static FloatVector partialSums(MemorySegment d, long row, long part, long rowBytes) {
    FloatVector a = FloatVector.zero(S);
    for (long b = part; b < rowBytes; b += STRIPES * 4L) {
      a = a.add(load(d, row + b));
    }
    return a;
  }

  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment v = velocity.segment();
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = load(w, i * 4);
      FloatVector slope = weight.fma(FloatVector.broadcast(S, step.l2()), load(g, (i - from) * 4));
      if (step.l1() != 0) {
        slope = slope.add(sign(weight).mul(step.l1()));
      }
      FloatVector move = slope;
      if (step.momentum() != 0) {
        FloatVector momentum = FloatVector.broadcast(S, step.momentum());
        FloatVector speed = load(v, i * 4).fma(momentum, slope.mul(step.keep()));
        speed.intoMemorySegment(v, i * 4, ORDER);
        move = step.nesterov() ? speed.fma(momentum, slope) : speed;
      }
      FloatVector shrunk = weight.fma(FloatVector.broadcast(S, -step.shrink()), weight);
      move.fma(FloatVector.broadcast(S, -step.rate()), shrunk).intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      ScalarKernels.sgdOne(gradient, value, velocity, from, i, step);
    }
  }

  private static FloatVector sign(FloatVector v) {
    FloatVector zero = FloatVector.zero(S);
    VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
    VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
    return zero.blend(1f, positive).blend(-1f, negative);
  }

  @Override
  public void leakyRelu(Floats x, long from, long to, float slope) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector v = load(segment, i);
      VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
      v.mul(slope).blend(v, positive).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void leakyReluGradient(Floats y, Floats d, long from, long to, float slope) {
    MemorySegment output = y.segment();
    MemorySegment gradient = d.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector g = load(gradient, i);
      VectorMask<Float> positive = load(output, i).compare(VectorOperators.GT, 0f);
      g.mul(slope).blend(g, positive).intoMemorySegment(gradient, i, ORDER);
    }
  }

  @Override
  public void sigmoid(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorExponential.sigmoid(load(segment, i)).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void sigmoidGradient(Floats y, Floats d, long from, long to) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = load(y.segment(), i);
      load(d.segment(), i)
          .mul(output.mul(one.sub(output)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void tanh(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorExponential.tanh(load(segment, i)).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void tanhGradient(Floats y, Floats d, long from, long to) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = load(y.segment(), i);
      load(d.segment(), i)
          .mul(one.sub(output.mul(output)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void multiply(Floats x, Floats factor, Floats out, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      load(x.segment(), i)
          .mul(load(factor.segment(), i))
          .intoMemorySegment(out.segment(), i, ORDER);
    }
  }

  @Override
  public void shiftAndScale(Floats x, long from, long to, float shift, float scale) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      load(segment, i).sub(shift).mul(scale).intoMemorySegment(segment, i, ORDER);
    }
  }
}
