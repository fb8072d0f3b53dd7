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
    AroundZero around = AroundZero.of(situation, weight);
    int first = around.negative();
    int last = first + around.zeros();
    if (around.zeros() == 0) {
      first -= around.below() <= around.above() ? around.tiesBelow() : 0;
      last += around.above() <= around.below() ? around.tiesAbove() : 0;
    }
    RadixSelection selection = situation.selection();
    selection.scan(weight, RadixSelection.Order.VALUE);
    selection.find(
        (int) ((1 - fraction) * first),
        (int) Math.min(count - 1, last + fraction * (count - last)));
    mark(situation, weight, selection.value(0), selection.value(1));
  }

  private static void mark(DropSituation situation, Floats weight, float low, float high) {
    Bits marks = situation.marks();
    long lowest = rank(low);
    long highest = rank(high);
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e += Bits.WORD) {
        long word = 0;
        int bits = Math.min(Bits.WORD, to - e);
        for (int bit = 0; bit < bits; bit++) {
          float here = weight.get(e + bit);
          // Without a branch: what goes lies at random.
          long rank = rank(here);
          long stays = (rank - lowest | highest - rank) >>> 63;
          word |= (Float.isNaN(here) ? 1 : stays ^ 1) << bit;
        }
        marks.setWord(e / Bits.WORD, word);
      }
    });
  }

  /** A whole number that is as large beside others as a float is; zeros of both signs are equal. */
  private static long rank(float number) {
    int bits = Float.floatToRawIntBits(number);
    int sign = bits >> 31;
    return (bits ^ (sign & Integer.MAX_VALUE)) - sign;
  }
}
