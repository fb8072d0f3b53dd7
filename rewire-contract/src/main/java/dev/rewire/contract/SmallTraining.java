package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.Activation;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.util.List;
import java.util.SplittableRandom;

/** A short training of a network whose middle layer is large enough for several threads. */
final class SmallTraining {
  private static final int SAMPLES = 96;
  private static final int FEATURES = 40;
  private static final int CLASSES = 4;

  private SmallTraining() {}

  static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] samples = new float[SAMPLES][FEATURES];
    int[] labels = new int[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      labels[s] = s % CLASSES;
      for (int f = 0; f < FEATURES; f++) {
        samples[s][f] = (float) (random.nextGaussian() * 0.3 + (f % CLASSES == labels[s] ? 1 : 0));
      }
    }
    return InMemoryDataset.of("contract", samples, labels);
  }

  static Network network() {
    return NetworkBuilder.forData(data()).hidden(400, 400).epsilon(60).seed(1).build();
  }

  /** With an activation that lets both signs through, so that all numbers of neurons matter. */
  static Network network(List<NeuronLayer> neuronLayers) {
    return NetworkBuilder.forData(data())
        .hidden(400, 400)
        .epsilon(60)
        .neuronLayers(neuronLayers)
        .activation(new Activation.LeakyRelu(0.3))
        .seed(1)
        .build();
  }

  static TrainingPlan plan() {
    return TrainingPlan.defaults().withEpochs(3).withBatch(24).withSeed(2);
  }

  /** Trains; returns a hash of all weights and positions. */
  static String fingerprint(TrainingPlan plan) {
    Network network = network();
    train(plan, network);
    return Fingerprint.of(network);
  }

  static void checkThreads(TrainingPlan plan) {
    String expected = fingerprint(plan.withThreads(1));
    for (int threads = 2; threads <= 3; threads++) {
      assertThat(fingerprint(plan.withThreads(threads)))
          .as("weights and positions after a training on %d threads", threads)
          .isEqualTo(expected);
    }
  }

  static void train(TrainingPlan plan, Network network) {
    new Trainer(plan).train(network, data(), data());
  }
}
