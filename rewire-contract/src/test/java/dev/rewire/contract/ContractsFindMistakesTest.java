package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.GrowSituation;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.kernel.Descent;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each mistake that somebody could make is found by the test that is there for it. */
class ContractsFindMistakesTest {
  private static void found(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  private static DropRuleContract drop(DropRule rule) {
    return new DropRuleContract() {
      @Override
      protected DropRule rule() {
        return rule;
      }
    };
  }

  @Test
  void aDropRuleThatDropsOneTooMany() {
    found(
        drop((situation, fraction) -> {
          int count = (int) Math.ceil(fraction * situation.connections());
          situation.markNearestToZero(situation.layer().weight(), count);
        })
            ::dropsAsManyAsItPromises);
  }

  @Test
  void aDropRuleThatChangesTheLayer() {
    found(
        drop((situation, fraction) -> {
          if (situation.connections() > 0) {
            situation.layer().weight().set(0, 7f);
          }
        })
            ::leavesTheLayerAlone);
  }

  @Test
  void aDropRuleThatDependsOnTheNumberOfThreads() {
    DropRule firstOfEachThread =
        (situation, fraction) -> {
          for (int e = 0; e < situation.connections(); e += situation.team().threads()) {
            situation.marks().set(e);
          }
        };
    found(drop(firstOfEachThread)::choosesTheSameOnAnyNumberOfThreads);
    found(drop(firstOfEachThread)::trainsToTheSameBitsOnAnyNumberOfThreads);
  }

  @Test
  void aDropRuleThatCountsItsCalls() {
    AtomicInteger calls = new AtomicInteger();
    found(
        drop((situation, fraction) -> {
          int next = calls.incrementAndGet();
          if (situation.connections() > 0) {
            situation.marks().set(next % situation.connections());
          }
        })
            ::choosesTheSameWhateverCameBefore);
  }

  private static GrowRuleContract grow(GrowRule rule) {
    return new GrowRuleContract() {
      @Override
      protected GrowRule rule() {
        return rule;
      }
    };
  }

  private static void addFree(GrowSituation situation, int count) {
    new RandomGrow().choose(situation, count);
  }

  @Test
  void aGrowRuleThatGrowsTooFewOrTooMany() {
    found(grow((situation, count) -> addFree(situation, count / 2))::choosesFreeCellsInOrder);
    found(
        grow((situation, count) -> addFree(situation, (int) Math.min(count + 1L, situation.free())))
            ::choosesFreeCellsInOrder);
  }

  @Test
  void aGrowRuleWithoutOrder() {
    found(
        grow((situation, count) -> {
          addFree(situation, count);
          long[] cells = situation.grown().toArray();
          for (int i = 0; i < cells.length; i++) {
            situation.grown().values().set(i, cells[cells.length - 1 - i]);
          }
        })
            ::choosesFreeCellsInOrder);
  }

  @Test
  void aGrowRuleThatGrowsTwiceAtOnePlace() {
    found(
        grow((situation, count) -> {
          addFree(situation, count);
          if (count > 1) {
            situation.grown().values().set(1, situation.grown().get(0));
          }
        })
            ::choosesFreeCellsInOrder);
  }

  /** The first cells of the layer, taken or not. */
  @Test
  void aGrowRuleThatDoesNotLookWhereItGrows() {
    GrowRule first =
        (situation, count) -> {
          for (int cell = 0; cell < count; cell++) {
            situation.grown().add(cell);
          }
        };
    found(grow(first)::choosesFreeCellsInOrder);
    found(grow(first)::growsNowhereThatIsForbidden);
  }

  @Test
  void aGrowRuleThatChangesWhatWasDropped() {
    found(
        grow((situation, count) -> {
          addFree(situation, count);
          if (situation.dropped().length() > 1) {
            situation.dropped().set(1);
          }
        })
            ::choosesFreeCellsInOrder);
  }

  @Test
  void aGrowRuleThatDependsOnTheNumberOfThreads() {
    GrowRule shifted =
        (situation, count) -> {
          int shift = (int) Math.min(situation.team().threads(), situation.free() - count);
          for (int rank = 0; rank < count; rank++) {
            situation.grown().add(rank + (long) shift);
          }
          situation.ranksToCells(situation.grown());
        };
    found(grow(shifted)::choosesTheSameOnAnyNumberOfThreads);
    found(grow(shifted)::trainsToTheSameBitsOnAnyNumberOfThreads);
    assertThatCode(grow(shifted)::choosesFreeCellsInOrder).doesNotThrowAnyException();
  }

  @Test
  void aGrowRuleWithAnArrayOfCells() {
    GrowRule dense =
        (situation, count) -> {
          boolean[] cells = new boolean[Math.toIntExact(situation.layer().topology().cells())];
          Arrays.fill(cells, true);
          addFree(situation, count);
        };
    assertThatThrownBy(grow(dense)::needsNoRoomForCells).isInstanceOf(ArithmeticException.class);
  }

  /** SGD with one mistake. */
  private abstract static class Mistaken implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of("last");
    }

    abstract float step(long step, float gradient, float value, float last, long index);

    @Override
    public void update(
        Descent descent,
        long step,
        Role role,
        Floats gradient,
        Floats value,
        Floats[] state,
        long from,
        long to) {
      for (long i = from; i < to; i++) {
        float g = gradient.get(i - from);
        value.set(i, step(step, g, value.get(i), state[0].get(i), i));
        state[0].set(i, g);
      }
    }
  }

  private static OptimizerContract optimizer(Supplier<Optimizer> maker) {
    return new OptimizerContract() {
      @Override
      protected Optimizer optimizer() {
        return maker.get();
      }
    };
  }

  /** A way to compute the next value. */
  private interface Step {
    float next(long step, float gradient, float value, float last, long index);
  }

  private static OptimizerContract optimizer(Step step) {
    return optimizer(() ->
        new Mistaken() {
          @Override
          float step(long now, float gradient, float value, float last, long index) {
            return step.next(now, gradient, value, last, index);
          }
        });
  }

  @Test
  void withoutAMistakeNothingIsFound() {
    OptimizerContract sgd = optimizer((step, g, w, last, i) -> w - 0.1f * g);
    assertThatCode(sgd::everyParameterIsAlone).doesNotThrowAnyException();
    assertThatCode(sgd::changesItsRunAlone).doesNotThrowAnyException();
    assertThatCode(sgd::newbornsBeginCleanly).doesNotThrowAnyException();
    assertThatCode(sgd::goesDownhill).doesNotThrowAnyException();
  }

  @Test
  void anOptimizerThatLooksAtThePlace() {
    found(
        optimizer((step, g, w, last, i) -> w - 0.1f * g * (i % 2 == 0 ? 1 : 2))
            ::everyParameterIsAlone);
  }

  @Test
  void anOptimizerThatGoesUphillOrStays() {
    found(optimizer((step, g, w, last, i) -> w + 0.1f * g)::goesDownhill);
    found(optimizer((step, g, w, last, i) -> w)::changesParameters);
  }

  @Test
  void anOptimizerThatDividesByNothing() {
    found(
        optimizer((step, g, w, last, i) -> w - 0.1f * g / (float) Math.sqrt(last * last))
            ::newbornsBeginCleanly);
  }

  @Test
  void anOptimizerThatCountsItsCalls() {
    found(
        optimizer(() ->
            new Mistaken() {
              private final AtomicInteger calls = new AtomicInteger();

              @Override
              float step(long now, float gradient, float value, float last, long index) {
                return value - gradient / (10 + calls.incrementAndGet());
              }
            })
            ::remembersNothingItself);
  }

  /** Reads the gradient at the parameter's index instead of the run's, and writes outside it. */
  @Test
  void anOptimizerThatIgnoresTheRun() {
    OptimizerContract whole =
        optimizer(() ->
            new Optimizer() {
              @Override
              public List<String> slots() {
                return List.of();
              }

              @Override
              public void update(
                  Descent descent,
                  long step,
                  Role role,
                  Floats gradient,
                  Floats value,
                  Floats[] state,
                  long from,
                  long to) {
                for (long i = 0; i < value.length(); i++) {
                  long there = Math.clamp(i - from, 0, Math.max(0, gradient.length() - 1));
                  float g = gradient.length() == 0 ? 1 : gradient.get(there);
                  value.set(i, value.get(i) - 0.1f * g);
                }
              }
            });
    found(whole::changesItsRunAlone);
    found(whole::anyCutGivesTheSameBits);
  }

  @Test
  void namesOfSlotsThatAFileCannotHold() {
    for (List<String> names : List.of(List.of("a", "a"), List.of("a b"), List.of(""))) {
      found(
          optimizer(() ->
              new Mistaken() {
                @Override
                public List<String> slots() {
                  return names;
                }

                @Override
                float step(long now, float gradient, float value, float last, long i) {
                  return value;
                }
              })
              ::slotsHaveNames);
    }
  }

  private static UpdateScheduleContract schedule(UpdateSchedule schedule) {
    return new UpdateScheduleContract() {
      @Override
      protected UpdateSchedule schedule() {
        return schedule;
      }

      @Override
      protected List<Supplier<UpdateSchedule>> illegal() {
        return List.of(() -> schedule);
      }
    };
  }

  @Test
  void schedules() {
    found(schedule((moment, layer, streams) -> moment.epoch() / 300.0)::answersAFraction);
    found(schedule((moment, layer, streams) -> Double.NaN)::answersAFraction);
    AtomicInteger calls = new AtomicInteger();
    found(
        schedule((moment, layer, streams) -> calls.incrementAndGet() % 3 / 2.0)::remembersNothing);
    found(schedule((moment, layer, streams) -> 0)::refusesIllegalArguments);
  }

  private static ConnectionTargetContract target(ConnectionTarget target) {
    return new ConnectionTargetContract() {
      @Override
      protected ConnectionTarget target() {
        return target;
      }
    };
  }

  @Test
  void targets() {
    found(target((layer, moment) -> -1)::liesWithinTheLayer);
    found(target((layer, moment) -> layer.topology().connections() + 1)::isReached);
    AtomicInteger calls = new AtomicInteger();
    found(target((layer, moment) -> calls.incrementAndGet())::remembersNothing);
  }
}
