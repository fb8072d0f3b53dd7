package dev.rewire.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.digits.Digits;
import dev.rewire.evolution.Evolution;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, run; and a look into the README whether it is still the same. */
class QuickstartTest {
  @TempDir Path folder;

  @Test
  void buildTrainEvaluatePredictSave() throws IOException {
    Path file = folder.resolve("digits.safetensors");
    // README begin
    DatasetPair digits = Digits.pair(1);
    Network network =
        NetworkBuilder.forData(digits.train()).hidden(1000, 1000).epsilon(20).seed(1).build();
    TrainingPlan plan =
        TrainingPlan.defaults().withEvolution(Evolution.set(0.3)).withEpochs(5).withSeed(1);
    new Trainer(plan).train(network, digits.train(), digits.test());
    double accuracy = network.evaluate(digits.test()).accuracy();
    float[] probabilities = network.predict(digits.test().sample(0));
    ModelFile.write(network, file);
    Network again = ModelFile.read(file);
    // README end
    assertThat(accuracy).isGreaterThan(0.97);
    assertThat(again.predict(digits.test().sample(0))).containsExactly(probabilities);
  }

  @Test
  void readmeShowsThisExample() throws IOException {
    List<String> source =
        Files.readAllLines(Path.of("src/test/java/dev/rewire/example/QuickstartTest.java"));
    int begin = source.indexOf("    // README begin") + 1;
    int end = source.indexOf("    // README end");
    String example = String.join("\n", source.subList(begin, end)).stripIndent();
    assertThat(Files.readString(Path.of("../README.md"))).contains(example);
  }
}
