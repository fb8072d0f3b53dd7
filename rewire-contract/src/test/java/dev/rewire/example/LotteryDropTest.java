package dev.rewire.example;

import dev.rewire.contract.DropRuleContract;
import dev.rewire.evolution.DropRule;
import java.util.List;
import java.util.function.Supplier;

class LotteryDropTest extends DropRuleContract {
  @Override
  protected DropRule rule() {
    return new LotteryDrop(0.5f);
  }

  @Override
  protected List<Supplier<DropRule>> illegal() {
    return List.of(() -> new LotteryDrop(-0.1f), () -> new LotteryDrop(Float.NaN));
  }
}
