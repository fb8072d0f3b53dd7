package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.optimizer.Sgd;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NeuronLayer} has to do. Extend it and say how the layer is made.
 *
 * <p>Batches of 1 to 100 samples are tried: with rows shorter than a vector, with padding behind
 * the last sample, and with more than one tile.
 */
public abstract class NeuronLayerContract {
  /** Steps of finite differences; a gradient is right if it agrees with one of them. */
  private static final double[] STEPS = {1e-2, 3e-3};

  /** Of the numbers that are looked at, the part that may lie on a kink, where no step agrees. */
  private static final double KINKS = 0.05;

  private static final TrainingPlan PLAN =
      SmallTraining.plan().withOptimizer(Sgd.rate(0.05).momentum(0.9));

  /** For subclasses. */
  protected NeuronLayerContract() {}

  /**
   * Makes the layer.
   *
   * @return a new one, always the same
   */
  protected abstract NeuronLayer layer();

  /**
   * Finds the layer by its name, as a model file has to.
   *
   * @param id what {@link NeuronLayer#id} returned
   * @return the layer
   */
  protected abstract NeuronLayer named(String id);

  /**
   * Tries illegal arguments.
   *
   * @return each makes a layer that has to be refused; empty if it has no settings
   */
  protected abstract List<Supplier<NeuronLayer>> illegal();

  /** Numbers have names of their own, always the same, that can stand in a model file. */
  @Test
  public final void numbersHaveNames() {
    List<String> names =
        Stream.concat(layer().parameters().stream(), layer().memory().stream()).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9_]+"));
    assertThat(layer().parameters()).isEqualTo(layer().parameters());
    assertThat(layer().memory()).isEqualTo(layer().memory());
  }

  /** Its name says everything about it. */
  @Test
  public final void isFoundByItsName() {
    assertThat(named(layer().id()).id()).isEqualTo(layer().id());
    assertThat(layer().kept()).as("numbers kept for a neuron and sample").isNotNegative();
  }

  /** Any cut into ranges gives the same bits, in training and in prediction. */
  @Test
  public final void anyCutGivesTheSameBits() {
    for (int samples : NeuronTrial.BATCHES) {
      for (boolean training : new boolean[] {true, false}) {
        NeuronTrial whole = new NeuronTrial(layer(), samples);
        NeuronTrial cut = new NeuronTrial(layer(), samples);
        for (int round = 0; round < 3; round++) {
          assertThat(cut.forward(cut.input(round), training, true))
              .as("outputs of %d samples in many ranges", samples)
              .isEqualTo(whole.forward(whole.input(round), training, false));
          assertThat(cut.backward(cut.slopes(), true))
              .as("gradient of %d samples in many ranges", samples)
              .isEqualTo(whole.backward(whole.slopes(), false));
          assertThat(cut.gradients()).isEqualTo(whole.gradients());
          if (training) {
            cut.learn(true);
            whole.learn(false);
            assertThat(cut.memory()).isEqualTo(whole.memory());
          }
        }
      }
    }
  }

  /** Of neurons or of samples, as the layer says, each is alone. */
  @Test
  public final void looksOnlyWhereItSays() {
    boolean perNeuron = layer() instanceof NeuronLayer.PerNeuron;
    for (int samples : NeuronTrial.BATCHES) {
      NeuronTrial one = new NeuronTrial(layer(), samples);
      NeuronTrial other = new NeuronTrial(layer(), samples);
      Activations input = one.input(0);
      Activations changed = one.input(0);
      int sample = samples - 1;
      for (int j = 0; j < NeuronTrial.NEURONS; j++) {
        for (int s = 0; s < samples; s++) {
          if (perNeuron ? j == 5 : s == sample) {
            changed.set(j, s, 3f - 2 * input.get(j, s));
          }
        }
      }
      float[][] before = one.forward(input, true, false);
      float[][] after = other.forward(changed, true, false);
      for (int j = 0; j < NeuronTrial.NEURONS; j++) {
        for (int s = 0; s < samples; s++) {
          if (perNeuron ? j != 5 : s != sample) {
            assertThat(after[j][s])
                .as("output of neuron %d, sample %d", j, s)
                .isEqualTo(before[j][s]);
          }
        }
      }
    }
  }

  /** In prediction, a sample does not know who else is in the batch. */
  @Test
  public final void predictsEachSampleAlone() {
    NeuronTrial learned = new NeuronTrial(layer(), 40);
    for (int round = 0; round < 4; round++) {
      learned.forward(learned.input(round), true, false);
      learned.learn(false);
    }
    float[][] together = learned.forward(learned.input(9), false, false);
    for (int s = 0; s < 40; s += 13) {
      NeuronTrial alone = learned.withBatch(1);
      Activations input = new Activations(NeuronTrial.NEURONS, 1);
      for (int j = 0; j < NeuronTrial.NEURONS; j++) {
        input.set(j, 0, learned.input(9).get(j, s));
      }
      float[][] output = alone.forward(input, false, false);
      for (int j = 0; j < NeuronTrial.NEURONS; j++) {
        assertThat(output[j][0]).as("neuron %d of sample %d alone", j, s).isEqualTo(together[j][s]);
      }
    }
  }

  /** Prediction changes nothing that is remembered, and training nothing but in {@code learn}. */
  @Test
  public final void remembersNothingButWhatItLearns() {
    NeuronTrial trial = new NeuronTrial(layer(), 20);
    float[][] before = trial.memory();
    trial.forward(trial.input(0), false, false);
    trial.forward(trial.input(1), true, false);
    trial.backward(trial.slopes(), false);
    assertThat(trial.memory()).isEqualTo(before);
    float[][] first = trial.forward(trial.input(2), true, false);
    trial.forward(trial.input(3), true, false);
    assertThat(trial.forward(trial.input(2), true, false))
        .as("the same samples once more")
        .isEqualTo(first);
  }

  /** The gradient of the inputs is the slope of the outputs. */
  @Test
  public final void inputGradientIsTheSlope() {
    for (boolean training : new boolean[] {true, false}) {
      for (int samples : NeuronTrial.BATCHES) {
        NeuronTrial trial = trained(samples);
        Floats input = trial.input(7).values();
        trial.forward(trial.input(7), training, false);
        float[][] gradient = trial.backward(trial.slopes(), false);
        int wrong = 0;
        int looked = 0;
        for (int j = 0; j < NeuronTrial.NEURONS; j += 3) {
          for (int s = 0; s < samples; s += 7) {
            long at = trial.input(7).at(j, s);
            looked++;
            wrong += agrees(trial, input, at, gradient[j][s], training) ? 0 : 1;
          }
        }
        assertThat(wrong)
            .as("of %d gradients for %d samples, those that no step agrees with", looked, samples)
            .isLessThanOrEqualTo((int) Math.ceil(KINKS * looked));
      }
    }
  }

  private static boolean agrees(
      NeuronTrial trial, Floats input, long at, double gradient, boolean training) {
    for (double step : STEPS) {
      double slope =
          (trial.loss(input, at, step, training) - trial.loss(input, at, -step, training))
              / (2 * step);
      if (Math.abs(slope - gradient) <= 0.02 * Math.max(0.2, Math.abs(gradient))) {
        return true;
      }
    }
    return false;
  }

  /** The gradient of each parameter is its slope. */
  @Test
  public final void parameterGradientIsTheSlope() {
    for (int samples : NeuronTrial.BATCHES) {
      int parameters = layer().parameters().size();
      int wrong = 0;
      for (int p = 0; p < parameters; p++) {
        NeuronTrial trial = trained(samples);
        trial.forward(trial.input(7), true, false);
        trial.backward(trial.slopes(), false);
        float[] gradient = trial.gradients()[p];
        Floats numbers = trial.numbers().parameter(p);
        for (int j = 0; j < NeuronTrial.NEURONS; j++) {
          wrong += parameterAgrees(trial, numbers, j, gradient[j]) ? 0 : 1;
        }
      }
      assertThat(wrong)
          .as("of %d gradients for %d samples", parameters * NeuronTrial.NEURONS, samples)
          .isLessThanOrEqualTo((int) Math.ceil(KINKS * parameters * NeuronTrial.NEURONS));
    }
  }

  private static boolean parameterAgrees(
      NeuronTrial trial, Floats numbers, int neuron, double gradient) {
    float value = numbers.get(neuron);
    for (double step : STEPS) {
      numbers.set(neuron, (float) (value + step));
      double more = trial.loss(trial.input(7).values(), 0, 0, true);
      numbers.set(neuron, (float) (value - step));
      double less = trial.loss(trial.input(7).values(), 0, 0, true);
      numbers.set(neuron, value);
      double slope = (more - less) / (2 * step);
      if (Math.abs(slope - gradient) <= 0.02 * Math.max(0.5, Math.abs(gradient))) {
        return true;
      }
    }
    return false;
  }

  /** A trial whose numbers are no longer the first ones. */
  private NeuronTrial trained(int samples) {
    NeuronTrial trial = new NeuronTrial(layer(), samples);
    for (int round = 0; round < 2; round++) {
      trial.forward(trial.input(round), true, false);
      trial.learn(false);
    }
    for (int p = 0; p < layer().parameters().size(); p++) {
      Floats numbers = trial.numbers().parameter(p);
      for (int j = 0; j < NeuronTrial.NEURONS; j++) {
        numbers.set(j, numbers.get(j) + 0.03f * (j % 5 - 2));
      }
    }
    return trial;
  }

  /** Behind the last sample gradients stay zero: what is added there would reach the weights. */
  @Test
  public final void paddingHasNoGradient() {
    for (int samples : NeuronTrial.BATCHES) {
      NeuronTrial trial = new NeuronTrial(layer(), samples);
      trial.forward(trial.input(0), true, false);
      Activations d = trial.slopes();
      trial.backward(d, true);
      for (int j = 0; j < NeuronTrial.NEURONS; j++) {
        for (int s = samples; s < d.tilesOf(samples) * d.width(); s++) {
          assertThat((double) d.get(j, s))
              .as("gradient behind the last sample")
              .isCloseTo(0, within(0.0));
        }
      }
    }
  }

  /** Neurons that say the same to all samples, samples in which all neurons say the same. */
  @Test
  public final void staysFinite() {
    for (int samples : NeuronTrial.BATCHES) {
      for (float value : new float[] {0f, -0f, 2.5f, -1e6f, 1e-30f}) {
        NeuronTrial trial = new NeuronTrial(layer(), samples);
        Activations input = trial.input(0);
        input.values().fill(0, (int) input.values().length(), value);
        for (float[] row : trial.forward(input, true, false)) {
          assertThat(row).as("outputs of %s", value).doesNotContain(Float.NaN);
        }
        for (float[] row : trial.backward(trial.slopes(), false)) {
          assertThat(row).as("gradients of %s", value).doesNotContain(Float.NaN);
        }
        trial.learn(false);
        for (float[] row : trial.memory()) {
          assertThat(row).as("memory of %s", value).doesNotContain(Float.NaN);
        }
      }
    }
  }

  private Network network() {
    return SmallTraining.network(List.of(layer()));
  }

  /** A whole training has the same bits on any number of threads. */
  @Test
  public final void trainsToTheSameBitsOnAnyNumberOfThreads() {
    String expected = "";
    for (int threads = 1; threads <= 3; threads++) {
      Network network = network();
      SmallTraining.train(PLAN.withThreads(threads), network);
      String bits = Fingerprint.of(network);
      expected = threads == 1 ? bits : expected;
      assertThat(bits).as("everything learned on %d threads", threads).isEqualTo(expected);
    }
  }

  /** Something is learned from gradients, if there is something to learn. */
  @Test
  public final void trainingChangesItsParameters() {
    Network network = network();
    Network before = network();
    SmallTraining.train(PLAN, network);
    NeuronNumbers learned = network.layers().getFirst().neurons().getFirst();
    NeuronNumbers first = before.layers().getFirst().neurons().getFirst();
    for (int p = 0; p < layer().parameters().size(); p++) {
      assertThat(Arrays.equals(learned.parameter(p).toArray(), first.parameter(p).toArray()))
          .as("whether %s is as it was before training", layer().parameters().get(p))
          .isFalse();
    }
  }

  /**
   * A model file keeps all of it, and training goes on from it with the same bits.
   *
   * @throws IOException if no temporary file can be written
   */
  @Test
  public final void trainingGoesOnFromAFile() throws IOException {
    Network network = network();
    SmallTraining.train(PLAN, network);
    Path file = Files.createTempFile("contract", ".safetensors");
    try {
      ModelFile.write(network, file);
      Network again = ModelFile.read(file, this::named);
      assertThat(Fingerprint.of(again)).as("what was read").isEqualTo(Fingerprint.of(network));
      List.of(network, again).forEach(one -> SmallTraining.train(PLAN, one));
      assertThat(Fingerprint.of(again))
          .as("everything after going on from a file")
          .isEqualTo(Fingerprint.of(network));
    } finally {
      Files.delete(file);
    }
  }

  /** Arguments out of range are refused with a sentence. */
  @Test
  public final void refusesIllegalArguments() {
    Trial.checkRefused(illegal());
  }
}
