package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The step of each optimizer with the Vector API; what is left over goes to the scalar twin. */
final class VectorDescent extends Descent {
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector MINUS_ONE = FloatVector.broadcast(S, -1f);

  /** As {@link Math#signum}: zeros keep their sign. */
  private static FloatVector sign(FloatVector v) {
    VectorMask<Float> positive = v.compare(VectorOperators.GT, ZERO);
    VectorMask<Float> negative = v.compare(VectorOperators.LT, ZERO);
    return v.blend(ONE, positive).blend(MINUS_ONE, negative);
  }

  /** The gradient, penalties included. */
  private static FloatVector slope(
      FloatVector weight, FloatVector gradient, FloatVector l2, FloatVector l1, boolean hasL1) {
    FloatVector slope = weight.fma(l2, gradient);
    return hasL1 ? sign(weight).fma(l1, slope) : slope;
  }

  /** The parameters after their step. */
  private static FloatVector moved(
      FloatVector weight,
      FloatVector move,
      FloatVector minusRate,
      FloatVector minusShrink,
      FloatVector threshold,
      FloatVector minusThreshold,
      FloatVector scale,
      boolean proximal) {
    FloatVector moved = move.fma(minusRate, weight.fma(minusShrink, weight));
    return proximal ? moved.sub(moved.max(minusThreshold).min(threshold)).mul(scale) : moved;
  }

  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment v = velocity.segment();
    Pull pull = step.pull();
    FloatVector l2 = FloatVector.broadcast(S, pull.l2());
    FloatVector l1 = FloatVector.broadcast(S, pull.l1());
    FloatVector minusShrink = FloatVector.broadcast(S, -pull.shrink());
    FloatVector threshold = FloatVector.broadcast(S, pull.threshold());
    FloatVector minusThreshold = FloatVector.broadcast(S, -pull.threshold());
    boolean hasL1 = pull.l1() != 0;
    FloatVector scale = FloatVector.broadcast(S, pull.scale());
    boolean proximal = pull.proximal();
    FloatVector minusRate = FloatVector.broadcast(S, -step.rate());
    FloatVector momentum = FloatVector.broadcast(S, step.momentum());
    FloatVector keep = FloatVector.broadcast(S, step.keep());
    boolean hasMomentum = step.momentum() != 0;
    boolean nesterov = step.nesterov();
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = fromMemorySegment(S, w, i * 4, ORDER);
      FloatVector slope =
          slope(weight, fromMemorySegment(S, g, (i - from) * 4, ORDER), l2, l1, hasL1);
      FloatVector move = slope;
      if (hasMomentum) {
        FloatVector speed = fromMemorySegment(S, v, i * 4, ORDER).fma(momentum, slope.mul(keep));
        speed.intoMemorySegment(v, i * 4, ORDER);
        move = nesterov ? speed.fma(momentum, slope) : speed;
      }
      moved(weight, move, minusRate, minusShrink, threshold, minusThreshold, scale, proximal)
          .intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      OneParameter.sgd(gradient, value, velocity, from, i, step);
    }
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
    boolean amsgrad = step.amsgrad();
    boolean fromBirth = step.fromBirth();
    int last = state.length - 1;
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment m = state[0].segment();
    MemorySegment v = state[1].segment();
    // Where there is no such slot, one that is not touched stands for it.
    MemorySegment x = state[amsgrad ? 2 : 0].segment();
    MemorySegment a = state[fromBirth ? last - 1 : 0].segment();
    MemorySegment b = state[fromBirth ? last : 0].segment();
    Pull pull = step.pull();
    FloatVector l2 = FloatVector.broadcast(S, pull.l2());
    FloatVector l1 = FloatVector.broadcast(S, pull.l1());
    FloatVector minusShrink = FloatVector.broadcast(S, -pull.shrink());
    FloatVector threshold = FloatVector.broadcast(S, pull.threshold());
    FloatVector minusThreshold = FloatVector.broadcast(S, -pull.threshold());
    boolean hasL1 = pull.l1() != 0;
    FloatVector scale = FloatVector.broadcast(S, pull.scale());
    boolean proximal = pull.proximal();
    FloatVector minusRate = FloatVector.broadcast(S, -rate);
    FloatVector roots = FloatVector.broadcast(S, root);
    FloatVector beta1 = FloatVector.broadcast(S, step.beta1());
    FloatVector keep1 = FloatVector.broadcast(S, step.keep1());
    FloatVector beta2 = FloatVector.broadcast(S, step.beta2());
    FloatVector keep2 = FloatVector.broadcast(S, step.keep2());
    FloatVector epsilon = FloatVector.broadcast(S, step.epsilon());
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = fromMemorySegment(S, w, i * 4, ORDER);
      FloatVector slope =
          slope(weight, fromMemorySegment(S, g, (i - from) * 4, ORDER), l2, l1, hasL1);
      FloatVector mean = fromMemorySegment(S, m, i * 4, ORDER).fma(beta1, slope.mul(keep1));
      FloatVector square =
          fromMemorySegment(S, v, i * 4, ORDER).fma(beta2, slope.mul(slope).mul(keep2));
      mean.intoMemorySegment(m, i * 4, ORDER);
      square.intoMemorySegment(v, i * 4, ORDER);
      if (amsgrad) {
        square = fromMemorySegment(S, x, i * 4, ORDER).max(square);
        square.intoMemorySegment(x, i * 4, ORDER);
      }
      FloatVector move;
      if (fromBirth) {
        FloatVector ofMean = fromMemorySegment(S, a, i * 4, ORDER).fma(beta1, keep1);
        FloatVector ofSquare = fromMemorySegment(S, b, i * 4, ORDER).fma(beta2, keep2);
        ofMean.intoMemorySegment(a, i * 4, ORDER);
        ofSquare.intoMemorySegment(b, i * 4, ORDER);
        move = mean.div(ofMean).div(square.div(ofSquare).sqrt().add(epsilon));
      } else {
        move = mean.div(square.sqrt().fma(roots, epsilon));
      }
      moved(weight, move, minusRate, minusShrink, threshold, minusThreshold, scale, proximal)
          .intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      OneParameter.adam(gradient, value, state, from, i, step, rate, root);
    }
  }

  @Override
  public void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long to, RmsPropStep step) {
    boolean centered = step.centered();
    boolean hasMomentum = step.momentum() != 0;
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment s = state[0].segment();
    // Where there is no such slot, one that is not touched stands for it.
    MemorySegment a = state[centered ? 1 : 0].segment();
    MemorySegment v = state[state.length - 1].segment();
    Pull pull = step.pull();
    FloatVector l2 = FloatVector.broadcast(S, pull.l2());
    FloatVector l1 = FloatVector.broadcast(S, pull.l1());
    FloatVector minusShrink = FloatVector.broadcast(S, -pull.shrink());
    FloatVector threshold = FloatVector.broadcast(S, pull.threshold());
    FloatVector minusThreshold = FloatVector.broadcast(S, -pull.threshold());
    boolean hasL1 = pull.l1() != 0;
    FloatVector scale = FloatVector.broadcast(S, pull.scale());
    boolean proximal = pull.proximal();
    FloatVector minusRate = FloatVector.broadcast(S, -step.rate());
    FloatVector alpha = FloatVector.broadcast(S, step.alpha());
    FloatVector keep = FloatVector.broadcast(S, step.keep());
    FloatVector epsilon = FloatVector.broadcast(S, step.epsilon());
    FloatVector momentum = FloatVector.broadcast(S, step.momentum());
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = fromMemorySegment(S, w, i * 4, ORDER);
      FloatVector slope =
          slope(weight, fromMemorySegment(S, g, (i - from) * 4, ORDER), l2, l1, hasL1);
      FloatVector square =
          fromMemorySegment(S, s, i * 4, ORDER).fma(alpha, slope.mul(slope).mul(keep));
      square.intoMemorySegment(s, i * 4, ORDER);
      if (centered) {
        FloatVector mean = fromMemorySegment(S, a, i * 4, ORDER).fma(alpha, slope.mul(keep));
        mean.intoMemorySegment(a, i * 4, ORDER);
        square = mean.neg().fma(mean, square).max(ZERO);
      }
      FloatVector move = slope.div(square.sqrt().add(epsilon));
      if (hasMomentum) {
        move = fromMemorySegment(S, v, i * 4, ORDER).fma(momentum, move);
        move.intoMemorySegment(v, i * 4, ORDER);
      }
      moved(weight, move, minusRate, minusShrink, threshold, minusThreshold, scale, proximal)
          .intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      OneParameter.rmsProp(gradient, value, state, from, i, step);
    }
  }

  @Override
  public void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long to, AdagradStep step) {
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment s = sum.segment();
    Pull pull = step.pull();
    FloatVector l2 = FloatVector.broadcast(S, pull.l2());
    FloatVector l1 = FloatVector.broadcast(S, pull.l1());
    FloatVector minusShrink = FloatVector.broadcast(S, -pull.shrink());
    FloatVector threshold = FloatVector.broadcast(S, pull.threshold());
    FloatVector minusThreshold = FloatVector.broadcast(S, -pull.threshold());
    boolean hasL1 = pull.l1() != 0;
    FloatVector scale = FloatVector.broadcast(S, pull.scale());
    boolean proximal = pull.proximal();
    FloatVector minusRate = FloatVector.broadcast(S, -step.rate());
    FloatVector epsilon = FloatVector.broadcast(S, step.epsilon());
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = fromMemorySegment(S, w, i * 4, ORDER);
      FloatVector slope =
          slope(weight, fromMemorySegment(S, g, (i - from) * 4, ORDER), l2, l1, hasL1);
      FloatVector square = slope.fma(slope, fromMemorySegment(S, s, i * 4, ORDER));
      square.intoMemorySegment(s, i * 4, ORDER);
      FloatVector move = slope.div(square.sqrt().add(epsilon));
      moved(weight, move, minusRate, minusShrink, threshold, minusThreshold, scale, proximal)
          .intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      OneParameter.adagrad(gradient, value, sum, from, i, step);
    }
  }

  @Override
  public void lion(
      Floats gradient, Floats value, Floats average, long from, long to, LionStep step) {
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment m = average.segment();
    Pull pull = step.pull();
    FloatVector l2 = FloatVector.broadcast(S, pull.l2());
    FloatVector l1 = FloatVector.broadcast(S, pull.l1());
    FloatVector minusShrink = FloatVector.broadcast(S, -pull.shrink());
    FloatVector threshold = FloatVector.broadcast(S, pull.threshold());
    FloatVector minusThreshold = FloatVector.broadcast(S, -pull.threshold());
    boolean hasL1 = pull.l1() != 0;
    FloatVector scale = FloatVector.broadcast(S, pull.scale());
    boolean proximal = pull.proximal();
    FloatVector minusRate = FloatVector.broadcast(S, -step.rate());
    FloatVector beta1 = FloatVector.broadcast(S, step.beta1());
    FloatVector keep1 = FloatVector.broadcast(S, step.keep1());
    FloatVector beta2 = FloatVector.broadcast(S, step.beta2());
    FloatVector keep2 = FloatVector.broadcast(S, step.keep2());
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = fromMemorySegment(S, w, i * 4, ORDER);
      FloatVector slope =
          slope(weight, fromMemorySegment(S, g, (i - from) * 4, ORDER), l2, l1, hasL1);
      FloatVector mean = fromMemorySegment(S, m, i * 4, ORDER);
      FloatVector move = sign(mean.fma(beta1, slope.mul(keep1)));
      mean.fma(beta2, slope.mul(keep2)).intoMemorySegment(m, i * 4, ORDER);
      moved(weight, move, minusRate, minusShrink, threshold, minusThreshold, scale, proximal)
          .intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      OneParameter.lion(gradient, value, average, from, i, step);
    }
  }
}
