package dev.rewire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.Progress;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.digits.Digits;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import dev.rewire.train.Trainer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sparse networks learn real data: short runs with a floor on the accuracy. */
final class LearningTest {
  @Test
  void mnistWithSet() {
    List<EpochReport> reports = train(Preset.DEFAULT.recipe(), named("mnist"), 3);

    assertThat(reports.getLast().test().accuracy()).isGreaterThan(0.96);
    assertThat(reports).extracting(EpochReport::connections).containsOnly(125_680L);
    assertThat(reports.getFirst().rewired()).isBetween(30_000L, 40_000L);
    assertThat(reports.getLast().rewired()).isZero();
  }

  @Test
  void mnistWithStaticTopology() {
    List<EpochReport> reports =
        train(Preset.DEFAULT.recipe().withEvolution(null), named("mnist"), 3);

    assertThat(reports.getLast().test().accuracy()).isGreaterThan(0.96);
    assertThat(reports).extracting(EpochReport::rewired).containsOnly(0L);
  }

  @Test
  void synapsesOnMnist() {
    List<EpochReport> reports = train(Preset.KLEAR.recipe(), named("mnist"), 8);

    assertThat(reports.getLast().test().accuracy()).isGreaterThan(0.90);
  }

  @ParameterizedTest
  @CsvSource({"TUTORIAL_2019, 0.60", "TUTORIAL_2020, 0.72"})
  void tutorialsOnPartOfFashionMnist(Preset preset, double floor) {
    DatasetPair all = named("fashion-mnist");
    int[] train = IntStream.range(0, 5000).toArray();
    int[] test = IntStream.range(0, 1000).toArray();
    DatasetPair part = new DatasetPair(all.train().select(train), all.test().select(test));

    assertThat(train(preset.recipe(), part, 10).getLast().test().accuracy()).isGreaterThan(floor);
  }

  @Test
  void paperOnDigits() {
    DatasetPair digits = Digits.pair(1);
    Recipe recipe = Preset.PAPER2018.recipe();
    recipe = recipe.withPlan(recipe.plan().withEpochs(3));
    Network network = recipe.network(digits.train()).build();
    long before = network.connections();

    List<EpochReport> reports =
        new Trainer(recipe.plan()).train(network, digits.train(), digits.test());

    assertThat(reports.getLast().test().accuracy()).isGreaterThan(0.75);
    // Removal without growth at the end: 30 % of the sparse layers go, the output layer stays.
    assertThat(network.connections() - 10_000L)
        .isCloseTo(Math.round((before - 10_000) * 0.7), within(50L));
  }

  @Test
  void tableOfNumbers() {
    InMemoryDataset higgs =
        Csv.read(SharedData.path("higgs/higgs_10984.csv.gz"), CsvOptions.DEFAULT);
    DatasetPair pair = Split.stratified(higgs, 0.2, 1);
    Recipe recipe = Preset.PAPER2018.recipe().withHidden(List.of(200, 200));

    assertThat(train(recipe, pair, 20).getLast().test().accuracy()).isGreaterThan(0.60);
  }

  private static List<EpochReport> train(Recipe recipe, DatasetPair pair, int epochs) {
    var plan = recipe.plan().withEpochs(epochs).withSeed(1);
    Network network = recipe.withPlan(plan).network(pair.train()).build();
    return new Trainer(plan).train(network, pair.train(), pair.test());
  }

  private static DatasetPair named(String name) {
    Places places = Places.ofSystem(SharedData.path(name).getParent());
    return new Datasets(places, Progress.SILENT).open(DatasetRequest.of(name));
  }
}
