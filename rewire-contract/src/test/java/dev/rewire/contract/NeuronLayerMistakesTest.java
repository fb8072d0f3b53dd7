package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.neuron.NeuronAffine;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.NeuronWork;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each mistake that a neuron layer could make is found by the test that is there for it. */
class NeuronLayerMistakesTest {
  private static void found(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  /** Correct, until something is overridden: it does what {@link NeuronAffine} does. */
  private static class Mistaken implements NeuronLayer.PerNeuron {
    private final NeuronAffine correct = new NeuronAffine();

    @Override
    public String id() {
      return "mistaken";
    }

    @Override
    public List<String> parameters() {
      return correct.parameters();
    }

    @Override
    public List<String> memory() {
      return List.of("count");
    }

    @Override
    public float initial(String name, RandomGenerator random) {
      return correct.initial(name, random);
    }

    @Override
    public int kept() {
      return 1;
    }

    @Override
    public NeuronWork work(NeuronNumbers numbers, int batch, boolean training) {
      NeuronNumbers half =
          new NeuronNumbers(
              correct,
              numbers.neurons(),
              new Floats[] {numbers.parameter(0), numbers.parameter(1)},
              new Floats[0]);
      NeuronWork work = correct.work(half, batch, training);
      return new NeuronWork() {
        @Override
        public void forward(Activations x, int samples, boolean training, int from, int to) {
          work.forward(x, samples, training, from, to);
          afterForward(x, samples, training, from, to, numbers);
        }

        @Override
        public void backward(Activations d, int samples, int from, int to) {
          work.backward(d, samples, from, to);
          afterBackward(d, samples, from, to, work);
        }

        @Override
        public Floats gradient(int parameter) {
          return work.gradient(parameter);
        }

        @Override
        public void learn(int samples, int from, int to) {
          for (int j = from; j < to; j++) {
            numbers.memory(0).set(j, numbers.memory(0).get(j) + samples);
          }
        }
      };
    }

    void afterForward(
        Activations x, int samples, boolean training, int from, int to, NeuronNumbers numbers) {
      // correct
    }

    void afterBackward(Activations d, int samples, int from, int to, NeuronWork work) {
      // correct
    }
  }

  private static NeuronLayerContract contract(Supplier<NeuronLayer> layer) {
    return new NeuronLayerContract() {
      @Override
      protected NeuronLayer layer() {
        return layer.get();
      }

      @Override
      protected NeuronLayer named(String id) {
        return layer.get();
      }

      @Override
      protected List<Supplier<NeuronLayer>> illegal() {
        return List.of(layer);
      }
    };
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    NeuronLayerContract correct = contract(Mistaken::new);
    for (ThrowingCallable test :
        List.<ThrowingCallable>of(
            correct::numbersHaveNames,
            correct::isFoundByItsName,
            correct::anyCutGivesTheSameBits,
            correct::looksOnlyWhereItSays,
            correct::predictsEachSampleAlone,
            correct::remembersNothingButWhatItLearns,
            correct::inputGradientIsTheSlope,
            correct::parameterGradientIsTheSlope,
            correct::paddingHasNoGradient,
            correct::staysFinite,
            correct::trainsToTheSameBitsOnAnyNumberOfThreads,
            correct::trainingChangesItsParameters,
            correct::trainingGoesOnFromAFile)) {
      assertThatCode(test).doesNotThrowAnyException();
    }
    found(correct::refusesIllegalArguments);
  }

  @Test
  void names() {
    NeuronLayerContract blanks =
        contract(() ->
            new Mistaken() {
              @Override
              public List<String> parameters() {
                return List.of("a b", "c");
              }
            });
    found(blanks::numbersHaveNames);
    AtomicInteger calls = new AtomicInteger();
    NeuronLayerContract restless =
        contract(() ->
            new Mistaken() {
              @Override
              public String id() {
                return "mistaken" + calls.incrementAndGet();
              }
            });
    found(restless::isFoundByItsName);
  }

  private static void set(Activations x, int neuron, int sample, float factor) {
    x.set(neuron, sample, x.get(neuron, sample) * factor);
  }

  @Test
  void outputs() {
    NeuronLayerContract cut =
        contract(() ->
            new Mistaken() {
              @Override
              void afterForward(
                  Activations x, int n, boolean t, int from, int to, NeuronNumbers of) {
                set(x, from, 0, 2f);
              }
            });
    found(cut::anyCutGivesTheSameBits);
    NeuronLayerContract neighbours =
        contract(() ->
            new Mistaken() {
              @Override
              void afterForward(
                  Activations x, int n, boolean t, int from, int to, NeuronNumbers of) {
                for (int j = from + 1; j < to; j++) {
                  x.set(j, 0, x.get(j, 0) + x.get(j - 1, 0));
                }
              }
            });
    found(neighbours::looksOnlyWhereItSays);
    NeuronLayerContract company =
        contract(() ->
            new Mistaken() {
              @Override
              void afterForward(
                  Activations x, int n, boolean t, int from, int to, NeuronNumbers of) {
                for (int j = from; j < to; j++) {
                  set(x, j, 0, n);
                }
              }
            });
    found(company::predictsEachSampleAlone);
    NeuronLayerContract infinite =
        contract(() ->
            new Mistaken() {
              @Override
              void afterForward(
                  Activations x, int n, boolean t, int from, int to, NeuronNumbers of) {
                for (int j = from; j < to; j++) {
                  x.set(j, 0, x.get(j, 0) / Math.abs(x.get(j, 0)));
                }
              }
            });
    found(infinite::staysFinite);
  }

  @Test
  void memory() {
    AtomicInteger calls = new AtomicInteger();
    NeuronLayerContract counting =
        contract(() ->
            new Mistaken() {
              @Override
              void afterForward(
                  Activations x, int n, boolean t, int from, int to, NeuronNumbers of) {
                set(x, from, 0, 1 + calls.incrementAndGet() % 3 / 4f);
              }
            });
    found(counting::remembersNothingButWhatItLearns);
    found(counting::trainsToTheSameBitsOnAnyNumberOfThreads);
    found(counting::trainingGoesOnFromAFile);
    NeuronLayerContract hasty =
        contract(() ->
            new Mistaken() {
              @Override
              void afterForward(
                  Activations x, int n, boolean t, int from, int to, NeuronNumbers of) {
                of.memory(0).set(from, 5f);
              }
            });
    found(hasty::remembersNothingButWhatItLearns);
  }

  @Test
  void gradients() {
    NeuronLayerContract inputs =
        contract(() ->
            new Mistaken() {
              @Override
              void afterBackward(Activations d, int n, int from, int to, NeuronWork work) {
                for (int j = from; j < to; j++) {
                  set(d, j, 0, 1.1f);
                }
              }
            });
    found(inputs::inputGradientIsTheSlope);
    NeuronLayerContract parameters =
        contract(() ->
            new Mistaken() {
              @Override
              void afterBackward(Activations d, int n, int from, int to, NeuronWork work) {
                for (int j = from; j < to; j++) {
                  work.gradient(1).set(j, work.gradient(1).get(j) * 0.9f);
                }
              }
            });
    found(parameters::parameterGradientIsTheSlope);
    NeuronLayerContract padding =
        contract(() ->
            new Mistaken() {
              @Override
              void afterBackward(Activations d, int n, int from, int to, NeuronWork work) {
                d.set(from, d.tilesOf(n) * d.width() - 1, 1f);
              }
            });
    found(padding::paddingHasNoGradient);
    NeuronLayerContract idle =
        contract(() ->
            new Mistaken() {
              @Override
              void afterBackward(Activations d, int n, int from, int to, NeuronWork work) {
                work.gradient(0).clear();
              }
            });
    found(idle::trainingChangesItsParameters);
  }
}
