package dev.rewire.example;

import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.GrowSituation;

/** Grows at equal distances: every so-many-th free cell. */
public record EvenGrow() implements GrowRule {
  @Override
  public void choose(GrowSituation situation, int count) {
    long free = situation.free();
    for (int k = 0; k < count; k++) {
      // Of 10^12 free cells and a million newcomers the product has 60 bits.
      situation.grown().add(Math.multiplyExact(free, (long) k) / count);
    }
    situation.ranksToCells(situation.grown());
  }
}
