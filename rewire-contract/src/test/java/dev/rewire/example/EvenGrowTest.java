package dev.rewire.example;

import dev.rewire.contract.GrowRuleContract;
import dev.rewire.evolution.GrowRule;

class EvenGrowTest extends GrowRuleContract {
  @Override
  protected GrowRule rule() {
    return new EvenGrow();
  }
}
