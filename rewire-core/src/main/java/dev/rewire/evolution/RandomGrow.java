package dev.rewire.evolution;

/**
 * The growth of SET: uniformly over all free cells of the layer, in time and memory proportional to
 * the connections.
 */
public record RandomGrow() implements GrowRule {
  @Override
  public void choose(GrowSituation situation, int count) {
    situation.growAnywhere(count);
  }
}
