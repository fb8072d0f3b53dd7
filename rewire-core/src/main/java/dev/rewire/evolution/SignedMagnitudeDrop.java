package dev.rewire.evolution;

/**
 * The removal of SET (Mocanu et al. 2018): the smallest positive weights and the largest negative
 * ones, {@code floor(fraction * P)} of the {@code P} positive and {@code floor(fraction * Q)} of
 * the {@code Q} negative.
 *
 * @param zeros whether weights that are exactly 0 go too, as in the authors' Keras code. They have
 *     no sign, so without this a newborn connection that never got a gradient would stay for ever.
 */
public record SignedMagnitudeDrop(boolean zeros) implements DropRule {
  @Override
  public void choose(DropSituation situation, double fraction) {
    RadixSelection selection = situation.selection();
    selection.scan(situation.layer().weight(), RadixSelection.Order.BY_SIGN);
    int positive = (int) (fraction * selection.positive());
    int negative = (int) (fraction * selection.negative());
    selection.markNearestBySign(positive, negative, zeros, situation.marks());
  }
}
