package dev.rewire.evolution;

/**
 * The {@code floor(fraction * connections)} weights nearest to zero, whatever their sign: what
 * RigL, ITOP and jaxpruner mean by the removal of SET.
 */
public record MagnitudeDrop() implements DropRule {
  @Override
  public void choose(DropSituation situation, double fraction) {
    int count = (int) (fraction * situation.connections());
    situation.markNearestToZero(situation.layer().weight(), count);
  }
}
