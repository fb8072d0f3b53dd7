package dev.rewire.contract;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.CosineGrow;
import dev.rewire.evolution.DormantDrop;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.FanInDrop;
import dev.rewire.evolution.FanInGrow;
import dev.rewire.evolution.GradientGrow;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.MagnitudeAndNegativityDrop;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.MagnitudeGradientDrop;
import dev.rewire.evolution.MomentumGrow;
import dev.rewire.evolution.MovementDrop;
import dev.rewire.evolution.ParentGrow;
import dev.rewire.evolution.PathGrow;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.RelativeImportanceDrop;
import dev.rewire.evolution.SampledGradientGrow;
import dev.rewire.evolution.ScipyDrop;
import dev.rewire.evolution.SignedMagnitudeDrop;
import dev.rewire.evolution.SoftMagnitudeDrop;
import dev.rewire.evolution.SoftRelativeImportanceDrop;
import dev.rewire.evolution.TopKastDrop;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.evolution.ZeroDrop;
import dev.rewire.layer.SparseLayer;
import dev.rewire.schedule.Schedule;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/** Our own rules keep to what is asked of others. */
class OwnRulesTest {
  @Nested
  class Magnitude extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new MagnitudeDrop();
    }
  }

  @Nested
  class MagnitudeAndNegativity extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new MagnitudeAndNegativityDrop();
    }

    @Override
    protected int fewest(SparseLayer layer, double fraction) {
      int connections = layer.topology().connections();
      int half = (int) Math.ceil(Math.ceil(fraction * connections) / 2);
      return Math.min(connections, half + Math.min(half, count(layer, weight -> weight < 0)));
    }
  }

  @Nested
  class Zeros extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new ZeroDrop();
    }

    @Override
    protected int fewest(SparseLayer layer, double fraction) {
      return (int) (fraction * count(layer, weight -> weight == 0));
    }
  }

  @Nested
  class WeakestTheta extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return TopKastDrop.DEFAULT;
    }
  }

  /** Nothing is dormant under an optimizer that lets signs change. */
  @Nested
  class Dormant extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new DormantDrop();
    }

    @Override
    protected int fewest(SparseLayer layer, double fraction) {
      return 0;
    }
  }

  @Nested
  class MagnitudeAndGradient extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return MagnitudeGradientDrop.DEFAULT;
    }

    @Override
    protected List<Supplier<DropRule>> illegal() {
      return List.of(
          () -> new MagnitudeGradientDrop(-1), () -> new MagnitudeGradientDrop(Double.NaN));
    }
  }

  @Nested
  class Movement extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return MovementDrop.DEFAULT;
    }

    @Override
    protected List<Supplier<DropRule>> illegal() {
      return List.of(() -> new MovementDrop(0));
    }
  }

  @Nested
  class Gradient extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return GradientGrow.DEFAULT;
    }

    @Override
    protected List<Supplier<GrowRule>> illegal() {
      return List.of(() -> new GradientGrow(-1));
    }
  }

  @Nested
  class SampledGradient extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return SampledGradientGrow.DEFAULT;
    }

    @Override
    protected List<Supplier<GrowRule>> illegal() {
      return List.of(
          () -> new SampledGradientGrow(0, SampledGradientGrow.Source.UNIFORM),
          () -> new SampledGradientGrow(Double.NaN, SampledGradientGrow.Source.UNIFORM));
    }
  }

  @Nested
  class SampledByStrength extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new SampledGradientGrow(0.5, SampledGradientGrow.Source.GRABO);
    }
  }

  @Nested
  class SampledByEstimate extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new SampledGradientGrow(2, SampledGradientGrow.Source.GRAEST);
    }
  }

  @Nested
  class Momentum extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return MomentumGrow.DEFAULT;
    }

    @Override
    protected List<Supplier<GrowRule>> illegal() {
      return List.of(
          () -> new MomentumGrow(1, 5),
          () -> new MomentumGrow(Double.NaN, 5),
          () -> new MomentumGrow(0.9, 0));
    }
  }

  @Nested
  class Softly extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return SoftMagnitudeDrop.DEFAULT;
    }

    @Override
    protected List<Supplier<DropRule>> illegal() {
      return List.of(() -> new SoftMagnitudeDrop(Schedule.of("1..-1 linear")));
    }
  }

  @Nested
  class SoftlyByImportance extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return SoftRelativeImportanceDrop.DEFAULT;
    }

    @Override
    protected List<Supplier<DropRule>> illegal() {
      return List.of(() -> new SoftRelativeImportanceDrop(Schedule.constant(-1)));
    }
  }

  @Nested
  class RelativeImportance extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new RelativeImportanceDrop();
    }
  }

  /** Whole neurons go besides. */
  @Nested
  class FanInRemoval extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return FanInDrop.DEFAULT;
    }

    @Override
    protected int most(SparseLayer layer, double fraction) {
      return layer.topology().connections();
    }

    @Override
    protected List<Supplier<DropRule>> illegal() {
      return List.of(() -> new FanInDrop(-0.1), () -> new FanInDrop(Double.NaN));
    }
  }

  @Nested
  class FanInGrowth extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new FanInGrow();
    }
  }

  @Nested
  class AlongPaths extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new PathGrow(PathGrow.Score.RA_L3, false);
    }
  }

  @Nested
  class DrawnFromPaths extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new PathGrow(PathGrow.Score.RA_L3, true);
    }
  }

  @Nested
  class ByCosine extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return CosineGrow.DEFAULT;
    }

    @Override
    protected List<Supplier<GrowRule>> illegal() {
      return List.of(() -> new CosineGrow(0, 0.5), () -> new CosineGrow(1, Double.NaN));
    }
  }

  @Nested
  class EveryFifthEpoch extends UpdateScheduleContract {
    @Override
    protected UpdateSchedule schedule() {
      return new UpdateSchedule.EveryEpochs(5, Schedule.of("0.5..0.1 linear"));
    }

    @Override
    protected List<Supplier<UpdateSchedule>> illegal() {
      return List.of(
          () -> new UpdateSchedule.EveryEpochs(0, Schedule.constant(0.3)),
          () -> new UpdateSchedule.EveryEpochs(5, Schedule.constant(2)));
    }
  }

  /** The share is one of the positive and one of the negative weights. */
  private static int bySign(SparseLayer layer, double fraction, boolean zeros) {
    return (int) (fraction * count(layer, weight -> weight > 0))
        + (int) (fraction * count(layer, weight -> weight < 0))
        + (zeros ? count(layer, weight -> weight == 0) : 0);
  }

  private static int count(SparseLayer layer, DoublePredicate which) {
    int count = 0;
    for (float weight : layer.weight().toArray()) {
      count += which.test(weight) ? 1 : 0;
    }
    return count;
  }

  @Nested
  class SignedMagnitude extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new SignedMagnitudeDrop(false);
    }

    @Override
    protected int fewest(SparseLayer layer, double fraction) {
      return bySign(layer, fraction, false);
    }
  }

  @Nested
  class SignedMagnitudeAndZeros extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new SignedMagnitudeDrop(true);
    }

    @Override
    protected int fewest(SparseLayer layer, double fraction) {
      return bySign(layer, fraction, true);
    }
  }

  /** A few more than the paper, and all that equal the ones at the two cuts. */
  @Nested
  class Scipy extends DropRuleContract {
    @Override
    protected DropRule rule() {
      return new ScipyDrop();
    }

    @Override
    protected int fewest(SparseLayer layer, double fraction) {
      return Math.max(0, bySign(layer, fraction, true) - 3);
    }

    @Override
    protected int most(SparseLayer layer, double fraction) {
      boolean tied = layer.weight().toArray().length > distinct(layer);
      return tied ? layer.topology().connections() : bySign(layer, fraction, true) + 3;
    }

    private static int distinct(SparseLayer layer) {
      return (int)
          IntStream.range(0, layer.topology().connections())
              .mapToObj(e -> layer.weight().get(e))
              .distinct()
              .count();
    }
  }

  @Nested
  class RandomGrowth extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new RandomGrow();
    }
  }

  @Nested
  class NearParents extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return ParentGrow.DEFAULT;
    }

    @Override
    protected List<Supplier<GrowRule>> illegal() {
      return List.of(
          () -> new ParentGrow(-1, 0.1),
          () -> new ParentGrow(Double.NaN, 0.1),
          () -> new ParentGrow(1, -0.1),
          () -> new ParentGrow(1, 1.1));
    }
  }

  /** All parents alike, and nothing by chance. */
  @Nested
  class NearAnyParent extends GrowRuleContract {
    @Override
    protected GrowRule rule() {
      return new ParentGrow(0, 0);
    }
  }

  @Nested
  class EveryEpoch extends UpdateScheduleContract {
    @Override
    protected UpdateSchedule schedule() {
      return new UpdateSchedule.EveryEpoch(0.3);
    }

    @Override
    protected List<Supplier<UpdateSchedule>> illegal() {
      return List.of(
          () -> new UpdateSchedule.EveryEpoch(-0.1),
          () -> new UpdateSchedule.EveryEpoch(1.1),
          () -> new UpdateSchedule.EveryEpoch(Double.NaN));
    }
  }

  @Nested
  class FallingFraction extends UpdateScheduleContract {
    @Override
    protected UpdateSchedule schedule() {
      return new UpdateSchedule.EveryEpoch(Schedule.of("0.3..0 cosine until 300"));
    }

    @Override
    protected List<Supplier<UpdateSchedule>> illegal() {
      return List.of(() -> new UpdateSchedule.EveryEpoch(Schedule.of("0.3..1.1 linear")));
    }
  }

  @Nested
  class EverySteps extends UpdateScheduleContract {
    @Override
    protected UpdateSchedule schedule() {
      return new UpdateSchedule.EverySteps(7, Schedule.of("0.5..0.1 linear"));
    }

    @Override
    protected List<Supplier<UpdateSchedule>> illegal() {
      return List.of(
          () -> new UpdateSchedule.EverySteps(0, Schedule.constant(0.3)),
          () -> new UpdateSchedule.EverySteps(5, Schedule.constant(-1)));
    }
  }

  @Nested
  class ByLayer extends UpdateScheduleContract {
    @Override
    protected UpdateSchedule schedule() {
      UpdateSchedule epoch = new UpdateSchedule.EveryEpoch(0.3);
      return new UpdateSchedule.ByLayer(
          List.of(
              epoch,
              epoch.withZeta(Schedule.of("0.5..0.1 linear")),
              new UpdateSchedule.EverySteps(7, Schedule.constant(0.1))));
    }
  }

  @Nested
  class ByChance extends UpdateScheduleContract {
    @Override
    protected UpdateSchedule schedule() {
      return new UpdateSchedule.ByChance(0.1, Schedule.constant(0.3));
    }

    @Override
    protected List<Supplier<UpdateSchedule>> illegal() {
      return List.of(
          () -> new UpdateSchedule.ByChance(-0.1, Schedule.constant(0.3)),
          () -> new UpdateSchedule.ByChance(Double.NaN, Schedule.constant(0.3)),
          () -> new UpdateSchedule.ByChance(0.1, Schedule.constant(1.3)));
    }
  }

  @Nested
  class InitialTarget extends ConnectionTargetContract {
    @Override
    protected ConnectionTarget target() {
      return new ConnectionTarget.Initial();
    }
  }

  @Nested
  class CurrentTarget extends ConnectionTargetContract {
    @Override
    protected ConnectionTarget target() {
      return new ConnectionTarget.Current();
    }
  }

  @Nested
  class NonzeroTarget extends ConnectionTargetContract {
    @Override
    protected ConnectionTarget target() {
      return new ConnectionTarget.Nonzero();
    }
  }

  @Nested
  class FallingTarget extends ConnectionTargetContract {
    @Override
    protected ConnectionTarget target() {
      return new ConnectionTarget.OfInitial(Schedule.of("1..0.2 cubic until 300"));
    }

    @Override
    protected List<Supplier<ConnectionTarget>> illegal() {
      return List.of(() -> new ConnectionTarget.OfInitial(Schedule.constant(-0.1)));
    }
  }

  /** Fewer than the schedule leaves. */
  @Nested
  class LowTarget extends ConnectionTargetContract {
    @Override
    protected ConnectionTarget target() {
      return new ConnectionTarget.OfInitial(Schedule.constant(0.1));
    }
  }
}
