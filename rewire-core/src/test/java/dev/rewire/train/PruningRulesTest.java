package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.topology.DensityAllocation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Rules that prune at once or in rounds, in one training. */
class PruningRulesTest {
  private static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] samples = new float[60][20];
    int[] labels = new int[60];
    for (int s = 0; s < samples.length; s++) {
      labels[s] = s % 3;
      for (int f = 0; f < 20; f++) {
        samples[s][f] = (float) (random.nextGaussian() + (f % 3 == labels[s] ? 1 : 0));
      }
    }
    return InMemoryDataset.of("pruned", samples, labels);
  }

  /** Connections of the hidden layer after each epoch. */
  private static List<Integer> course(PublishedRule rule, int epochs) {
    InMemoryDataset data = data();
    Network network =
        NetworkBuilder.forData(data)
            .hidden(50)
            .density(new DensityAllocation.Uniform(1))
            .seed(1)
            .build();
    List<Integer> counts = new ArrayList<>();
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withBatch(20)
            .withEpochs(epochs)
            .withThreads(1)
            .withEvolution(rule.evolution());
    new Trainer(plan)
        .listen(
            new TrainingListener() {
              @Override
              public void onEpoch(Network now, EpochReport report) {
                counts.add(now.layers().getFirst().topology().connections());
                assertThat(now.layers().get(1).topology().connections()).isEqualTo(150);
              }
            })
        .train(network, data, data);
    return counts;
  }

  @Test
  void nineOfTenGoInTheMiddle() {
    assertThat(course(PublishedRule.MAGNITUDE, 6)).containsExactly(1000, 1000, 100, 100, 100, 100);
  }

  @Test
  void fiveRoundsWithTrainingBetweenThem() {
    List<Integer> counts = course(PublishedRule.MAGNITUDE_ITERATIVE, 25);
    List<Integer> distinct = counts.stream().distinct().toList();
    assertThat(distinct)
        .containsExactlyElementsOf(
            DoubleStream.of(1, 0.631, 0.398, 0.251, 0.158, 0.1)
                .mapToObj(share -> (int) Math.rint(1000 * share))
                .toList());
    for (int before : distinct.subList(1, 5)) {
      assertThat(counts.stream().filter(count -> count == before).count()).isEqualTo(3);
    }
  }
}
