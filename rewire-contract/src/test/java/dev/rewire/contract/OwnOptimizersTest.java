package dev.rewire.contract;

import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.schedule.Schedule;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** Our own optimizers keep to what is asked of others. */
class OwnOptimizersTest {
  @Nested
  class PlainSgd extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Sgd.rate(0.1);
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(
          () -> Sgd.rate(-1),
          () -> Sgd.rate(Double.NaN),
          () -> Sgd.rate(0.1).momentum(1),
          () -> Sgd.rate(0.1).nesterov(),
          () -> Sgd.rate(0.1).momentum(0.9).dampening(1.1),
          () -> Sgd.rate(0.1).l1(-1));
    }
  }

  @Nested
  class Momentum extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Sgd.rate(0.1).momentum(0.9);
    }
  }

  @Nested
  class EverythingAtOnce extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Sgd.rate(0.05)
          .momentum(0.8)
          .nesterov()
          .dampening(0.1)
          .l1(1e-4)
          .weightDecay(new WeightDecay(WeightDecay.Kind.DECOUPLED, 1e-3, false));
    }
  }

  /** Schedules, another penalty in each layer, and exact zeros. */
  @Nested
  class InTheCourseOfTraining extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Sgd.rate(Schedule.of("0.1..0.01 cosine until 2"))
          .momentum(0.9)
          .l1(
              new L1(
                  L1.Kind.PROXIMAL,
                  Schedule.of("1e-4..1e-3 linear until 3"),
                  LayerStrengths.of("output=0, 0=1e-2")));
    }
  }
}
