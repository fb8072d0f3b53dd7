package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The presets draw networks with the published numbers of connections. */
class PresetTest {
  /** Ten samples are enough to fit a scaling. */
  private static InMemoryDataset data(int features, int classes) {
    Floats values = new Floats(10L * features);
    for (long i = 0; i < values.length(); i++) {
      values.set(i, i * 7 % 256);
    }
    int[] labels = new int[10];
    return new InMemoryDataset(
        "shape", values, features, labels, InMemoryDataset.numbered(classes), null);
  }

  /**
   * Whole networks, connections layer by layer. The tolerance is four standard deviations of the
   * way of drawing: sqrt(N d (1 - d)) for each cell on its own, sqrt(N e^-p (1 - (1 + p) e^-p)) for
   * draws with replacement, added up over the layers in squares.
   */
  @ParameterizedTest
  @CsvSource({
    "DEFAULT, 784, 10, 125680, 0, 10000, 0",
    "KLEAR, 784, 10, 22576, 0, 1280, 0",
    "PAPER2018, 784, 10, 125680, 1331, 10000, 0",
    "TUTORIAL_2020, 784, 10, 85192, 1081, 10000, 0",
    "TUTORIAL_2019, 784, 10, 81492.0, 178, 7309.9, 127",
    "SCIPY_LUNG, 3312, 5, 378575.6, 203, 14727.1, 62"
  })
  void connections(
      Preset preset,
      int features,
      int classes,
      double mean,
      double tolerance,
      double output,
      double outputTolerance) {
    Network network = preset.recipe().network(data(features, classes)).build();
    assertThat((double) network.connections()).isCloseTo(mean, within(tolerance));
    assertThat((double) network.layers().getLast().topology().connections())
        .isCloseTo(output, within(outputTolerance));
    for (SparseLayer layer : network.layers()) {
      layer.topology().checkInvariants();
      assertThat(layer.initialConnections()).isEqualTo(layer.topology().connections());
    }
  }

  @Test
  void exactCountsLayerByLayer() {
    assertThat(counts(Preset.DEFAULT)).containsExactly(35_680, 40_000, 40_000, 10_000);
    assertThat(counts(Preset.KLEAR)).containsExactly(14_256, 7_040, 1_280);
  }

  private static int[] counts(Preset preset) {
    Network network = preset.recipe().network(data(784, 10)).build();
    return network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
  }

  @Test
  void theEstimateBeforeAllocationCountsTheSame() {
    Recipe recipe = Preset.DEFAULT.recipe();
    assertThat(MemoryEstimate.of(recipe.network(data(784, 10)), recipe.plan(), 0).connections())
        .isEqualTo(125_680);
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetTrains(Preset preset) {
    Recipe recipe = preset.recipe();
    recipe =
        recipe
            .withHidden(recipe.hidden().stream().map(width -> width / 50).toList())
            .withPlan(recipe.plan().withEpochs(2).withThreads(1));
    InMemoryDataset data = data(30, 3);
    Network network = recipe.network(data).build();
    var reports = new Trainer(recipe.plan()).train(network, data, data);
    assertThat(reports).hasSize(2);
    assertThat(reports.getLast().test().loss()).isFinite();
    network.layers().forEach(layer -> layer.topology().checkInvariants());
    assertThat(preset.id()).isEqualTo(preset.id().toLowerCase(Locale.ROOT));
    assertThat(Arrays.stream(Preset.values()).filter(p -> p.id().equals(preset.id()))).hasSize(1);
  }
}
