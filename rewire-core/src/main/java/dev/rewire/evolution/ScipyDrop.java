package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;

/**
 * The removal of the SciPy implementation of SET, which is that of the paper up to one connection a
 * sign. It sorts the weights, finds the one nearest to zero and cuts at
 *
 * <pre>
 * sorted[int((1 - fraction) * first)]  and  sorted[int(last + fraction * (m - last))]
 * </pre>
 *
 * where {@code first} is the position of the weight nearest to zero and {@code last} the position
 * after it; only what lies strictly outside the two cuts survives. Nothing is sorted here: all four
 * are order statistics.
 */
public record ScipyDrop() implements DropRule {
  @Override
  public void choose(DropSituation situation, double fraction) {
    int count = situation.connections();
    if (count == 0) {
      return;
    }
    Floats weight = situation.layer().weight();
    RadixSelection selection = situation.selection();
    selection.scan(weight, RadixSelection.Order.BY_SIGN);
    int first = selection.negative();
    int last = first + selection.zeros();
    if (selection.zeros() == 0) {
      selection.findNearestBySign(1, 1);
      float positive = selection.positive() == 0 ? Float.POSITIVE_INFINITY : selection.value(0);
      float negative = selection.negative() == 0 ? Float.NEGATIVE_INFINITY : selection.value(1);
      first -= -negative <= positive ? selection.ties(1) : 0;
      last += positive <= -negative ? selection.ties(0) : 0;
    }
    selection.scan(weight, RadixSelection.Order.VALUE);
    selection.find(
        (int) ((1 - fraction) * first),
        (int) Math.min(count - 1, last + fraction * (count - last)));
    mark(situation, weight, selection.value(0), selection.value(1));
  }

  private static void mark(DropSituation situation, Floats weight, float low, float high) {
    Bits marks = situation.marks();
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        if (!(weight.get(e) > high || weight.get(e) < low)) {
          marks.set(e);
        }
      }
    });
  }
}
