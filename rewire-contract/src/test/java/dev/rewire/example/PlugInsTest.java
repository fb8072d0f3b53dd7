package dev.rewire.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/plug-ins.md: they learn, and the page shows them as they are. */
class PlugInsTest {
  private static final Path SOURCES = Path.of("src/test/java/dev/rewire/example");
  private static final Path PAGE = Path.of("../docs/plug-ins.md");

  /** Two classes that no line can tell apart: whether two numbers have the same sign. */
  private static InMemoryDataset signs(int seed) {
    var random = new java.util.SplittableRandom(seed);
    float[][] samples = new float[600][10];
    int[] labels = new int[samples.length];
    for (int s = 0; s < samples.length; s++) {
      for (int f = 0; f < 10; f++) {
        samples[s][f] = (float) random.nextDouble(-1, 1);
      }
      labels[s] = samples[s][0] * samples[s][1] > 0 ? 1 : 0;
    }
    return InMemoryDataset.of("signs", samples, labels);
  }

  @Test
  void theyLearn() {
    InMemoryDataset training = signs(1);
    InMemoryDataset test = signs(2);
    Network network = NetworkBuilder.forData(training).hidden(64, 32).epsilon(4).seed(1).build();
    // page begin
    Evolution evolution =
        new Evolution(
            new LotteryDrop(0.5f),
            new EvenGrow(),
            new UpdateSchedule.EveryEpoch(0.2),
            new ConnectionTarget.Initial(),
            true,
            new NewbornWeight.Zero(),
            NewbornState.ZERO,
            LastUpdate.SKIP,
            Timing.AFTER_TEST,
            false,
            0.8);
    TrainingPlan plan =
        TrainingPlan.defaults().withOptimizer(new Adagrad(0.05)).withEvolution(evolution);
    new Trainer(plan).train(network, training, test);
    // page end
    new Trainer(plan).train(network, training, test);
    assertThat(network.evaluate(test).accuracy()).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LotteryDrop",
        "LotteryDropTest",
        "EvenGrow",
        "EvenGrowTest",
        "Adagrad",
        "AdagradTest",
        "Softsign",
        "SoftsignTest"
      })
  void thePageShowsThem(String name) throws IOException {
    String source = Files.readString(SOURCES.resolve(name + ".java"));
    String example = source.substring(source.indexOf("import "));
    assertThat(Files.readString(PAGE)).contains("```java\n" + example + "```");
    assertThat(example.lines().count()).as("lines of an example").isLessThanOrEqualTo(45);
  }

  @Test
  void thePageShowsHowTheyAreUsed() throws IOException {
    List<String> source = Files.readAllLines(SOURCES.resolve("PlugInsTest.java"));
    int begin = source.indexOf("    // page begin") + 1;
    int end = source.indexOf("    // page end");
    String example = String.join("\n", source.subList(begin, end)).stripIndent();
    assertThat(Files.readString(PAGE)).contains(example);
  }
}
