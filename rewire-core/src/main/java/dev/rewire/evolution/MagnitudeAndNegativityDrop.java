package dev.rewire.evolution;

import dev.rewire.memory.Floats;

/**
 * What the library sparse_learning calls the removal of SET (Dettmers and Zettlemoyer 2019, {@code
 * magnitude_and_negativity_prune}): of {@code ceil(fraction * connections)} one half, rounded up,
 * are the most negative weights, which SET would keep, and as many are those of the others that are
 * nearest to zero. Fewer go where fewer weights are negative. For repeating numbers that were
 * published with it.
 */
public record MagnitudeAndNegativityDrop() implements DropRule {
  /** Below every distance from zero. */
  private static final float FIRST = -1;

  @Override
  public void choose(DropSituation situation, double fraction) {
    int connections = situation.connections();
    int half = (int) Math.ceil(Math.ceil(fraction * connections) / 2);
    if (half == 0) {
      return;
    }
    Floats weight = situation.layer().weight();
    RadixSelection selection = situation.selection();
    selection.scan(weight, RadixSelection.Order.BY_SIGN);
    int negative = Math.min(half, selection.negative());
    selection.scan(weight, RadixSelection.Order.VALUE);
    selection.find(negative - 1, RadixSelection.NONE);
    // Without negative ones no weight lies below the cut.
    float cut = negative == 0 ? Float.NEGATIVE_INFINITY : selection.value(0);
    Floats scores = situation.scores();
    situation.inParts((from, to) -> {
      for (int e = from; e < to; e++) {
        float here = weight.get(e);
        scores.set(e, here < 0 && here <= cut ? FIRST : Math.abs(here));
      }
    });
    situation.markSmallest(scores, Math.min(connections, negative + half));
  }
}
