package dev.rewire.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.data.digits.Digits;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.history.HistoryWriter;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrajectoryTest {
  private static final int EPOCHS = 4;
  private static final ImageShape IMAGE = new ImageShape(Digits.SIDE, Digits.SIDE, 1);

  @TempDir Path temp;

  /** Looks at the network itself, after the last step of each epoch. */
  private static final class Watcher implements TrainingListener {
    private final List<InputConnectivity> seen = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();
    private final Network network;

    Watcher(Network network) {
      this.network = network;
    }

    @Override
    public void onStep(int epoch, int samples, int of, double meanLoss) {
      if (samples == of) {
        seen.add(InputConnectivity.of(network.layers().getFirst().topology(), IMAGE));
        steps.add(network.steps());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Preset.class,
      names = {"KLEAR", "DEFAULT"})
  void theTopologyOfAnEpochIsTheOneThatItsLastStepTrained(Preset preset) throws IOException {
    InMemoryDataset training = Digits.train(300, 1);
    Recipe recipe = preset.recipe();
    TrainingPlan plan = recipe.plan().withEpochs(EPOCHS).withThreads(1);
    Network network = recipe.withPlan(plan).network(training).build();
    Path history = temp.resolve("topology.history");
    Watcher watcher = new Watcher(network);
    List<EpochReport> reports;
    try (HistoryWriter writer = HistoryWriter.create(history, network)) {
      reports =
          new Trainer(plan)
              .listen(watcher)
              .listen(writer)
              .train(network, training, Digits.test(100, 1));
    }

    Trajectory trajectory =
        Trajectory.read(reports, watcher.steps, history, IMAGE, epoch -> epoch != 2);

    assertThat(trajectory.epochs()).isEqualTo(EPOCHS);
    assertThat(trajectory.pixels(2)).isNull();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      InputConnectivity twin = watcher.seen.get(epoch - 1);
      assertThat(trajectory.report(epoch)).isEqualTo(reports.get(epoch - 1));
      Trajectory.@Nullable Look look = trajectory.look(epoch);
      assertThat(look).isNotNull();
      assertThat(look.polarity()).isEqualTo(Polarity.of(twin, IMAGE, Polarity.CONFIDENCE));
      assertThat(look.trend().values())
          .containsExactly(TrendCurve.of(twin.pixels(IMAGE), IMAGE).values());
      if (epoch != 2) {
        assertThat(trajectory.pixels(epoch)).containsExactly(twin.pixels(IMAGE));
      }
    }
    // what evolution removes at the end of an epoch still counts in it
    assertThat(watcher.seen.getLast().connections())
        .isEqualTo(watcher.seen.getFirst().connections());
    assertThat(watcher.seen.getLast().outgoing()).isNotEqualTo(watcher.seen.getFirst().outgoing());
  }

  @Test
  void aRunWithoutAPictureHasOnlyReports() {
    Trajectory trajectory = Trajectory.of(List.of(), List.of());

    assertThat(trajectory.epochs()).isZero();
    assertThat(trajectory.pixels(1)).isNull();
  }
}
