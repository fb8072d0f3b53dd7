package dev.rewire.example;

import dev.rewire.contract.OptimizerContract;
import dev.rewire.optimizer.Optimizer;
import java.util.List;
import java.util.function.Supplier;

class AdagradTest extends OptimizerContract {
  @Override
  protected Optimizer optimizer() {
    return new Adagrad(0.1);
  }

  @Override
  protected List<Supplier<Optimizer>> illegal() {
    return List.of(() -> new Adagrad(0), () -> new Adagrad(Double.NaN));
  }
}
