package dev.rewire.contract;

import dev.rewire.optimizer.Adagrad;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.DeepR;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.optimizer.Lion;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.RmsProp;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.TopKast;
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

  @Nested
  class PlainAdam extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Adam.rate(0.01);
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(
          () -> Adam.rate(-1),
          () -> Adam.rate(0.1).betas(1, 0.9),
          () -> Adam.rate(0.1).betas(0.9, -0.1),
          () -> Adam.rate(0.1).epsilon(0));
    }
  }

  @Nested
  class AdamWFromBirth extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Adam.rate(Schedule.of("0.01..0.001 cosine until 2"))
          .amsgrad()
          .correction(Adam.Correction.BIRTH)
          .weightDecay(
              new WeightDecay(
                  WeightDecay.Kind.DECOUPLED,
                  Schedule.constant(0.01),
                  true,
                  LayerStrengths.of("output=0")));
    }
  }

  @Nested
  class PlainRmsProp extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return RmsProp.rate(0.01);
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(
          () -> RmsProp.rate(0.1).alpha(1),
          () -> RmsProp.rate(0.1).epsilon(-1),
          () -> RmsProp.rate(0.1).momentum(-0.1));
    }
  }

  @Nested
  class CenteredRmsProp extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return RmsProp.rate(0.001).centered().momentum(0.5).l1(L1.proximal(1e-4));
    }
  }

  @Nested
  class OwnAdagrad extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Adagrad.rate(0.1);
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(() -> Adagrad.rate(-1), () -> Adagrad.rate(1).epsilon(0));
    }
  }

  /** Without noise a place means nothing. */
  @Nested
  class ColdDeepR extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return DeepR.rate(0.05).drift(1e-3).temperature(Schedule.constant(0));
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(
          () -> DeepR.rate(-1),
          () -> DeepR.rate(1).drift(-1),
          () -> DeepR.rate(1).drift(Double.NaN),
          () -> DeepR.rate(1).temperature(Schedule.constant(-1)));
    }
  }

  @Nested
  class WarmDeepR extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return DeepR.rate(0.05).temperature(Schedule.of("1e-3..1e-5 exponential until 3"));
    }

    @Override
    protected boolean throwsDice() {
      return true;
    }
  }

  @Nested
  class OwnTopKast extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return TopKast.rate(0.05).weightDecay(WeightDecay.coupled(1e-3));
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(
          () -> TopKast.rate(-1),
          () -> TopKast.rate(1).momentum(1),
          () -> TopKast.rate(1).exploration(0.5));
    }
  }

  @Nested
  class OwnLion extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Lion.rate(1e-3).weightDecay(new WeightDecay(WeightDecay.Kind.DECOUPLED, 0.1, false));
    }

    @Override
    protected List<Supplier<Optimizer>> illegal() {
      return List.of(() -> Lion.rate(-1), () -> Lion.rate(1).betas(0.9, 1));
    }
  }
}
