package dev.rewire.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.data.digits.Digits;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.tensorboard.EventReader.Counts;
import dev.rewire.tensorboard.EventReader.Event;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short training, and what TensorBoard is told about it. */
class TensorBoardListenerTest {
  private static final InMemoryDataset TRAIN = Digits.train(400, 1);
  private static final InMemoryDataset TEST = Digits.test(100, 1);
  private static final double RATE = 0.1;

  @TempDir Path folder;

  /** What another listener of the same training saw. */
  private static final class Witness implements TrainingListener {
    private final List<Integer> dropped = new ArrayList<>();
    private final List<Long> connections = new ArrayList<>();
    private final List<Double> weightSums = new ArrayList<>();
    private final List<int[]> pixels = new ArrayList<>();
    private int now;

    @Override
    public void onTopologyUpdate(Network network, TopologyUpdate update) {
      now += (int) update.dropped().size();
    }

    @Override
    public void onEpoch(Network network, EpochReport report) {
      dropped.add(now);
      now = 0;
      connections.add(network.connections());
      double sum = 0;
      for (float weight : network.layers().getFirst().weight().toArray()) {
        sum += weight;
      }
      weightSums.add(sum);
      pixels.add(InputConnectivity.of(network).pixels(TRAIN.image()));
    }
  }

  private static Network network() {
    return NetworkBuilder.forData(TRAIN).hidden(50, 30).epsilon(5).seed(1).build();
  }

  private static TrainingPlan plan() {
    return TrainingPlan.defaults().withEpochs(3).withBatch(50).withThreads(1);
  }

  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        events.addAll(EventReader.read(Files.readAllBytes(file)));
      }
    }
    return events;
  }

  @Test
  void saysWhatHappened() throws IOException {
    Network network = network();
    Witness witness = new Witness();
    List<EpochReport> reports =
        new Trainer(plan())
            .listen(witness)
            .listen(new TensorBoardListener(folder, network, 0, epoch -> RATE, "test"))
            .train(network, TRAIN, TEST);
    List<Event> events = events();
    assertThat(events).extracting(Event::step).containsExactly(0L, 0L, 1L, 2L, 3L);
    assertThat(events.get(1).histograms()).hasSize(3);
    assertThat(events.get(1).images()).hasSize(1);
    assertThat(events.get(1).scalars()).isEmpty();
    for (int epoch = 0; epoch < 3; epoch++) {
      Event event = events.get(epoch + 2);
      EpochReport report = reports.get(epoch);
      assertThat(event.scalars())
          .containsEntry("loss/train", (float) report.trainLoss())
          .containsEntry("loss/test", (float) report.test().loss())
          .containsEntry("accuracy/train", (float) report.trainAccuracy())
          .containsEntry("accuracy/test", (float) report.test().accuracy())
          .containsEntry("learning_rate", (float) RATE)
          .containsEntry("connections/existing", (float) witness.connections.get(epoch))
          .containsEntry("connections/dropped", (float) witness.dropped.get(epoch))
          .containsEntry("connections/grown", (float) witness.dropped.get(epoch))
          .containsEntry("seconds/training", (float) (report.trainingNanos() / 1e9))
          .containsEntry("seconds/evolution", (float) (report.evolutionNanos() / 1e9))
          .containsEntry("seconds/test", (float) (report.testNanos() / 1e9))
          .hasSize(11);
      Counts weights = event.histograms().get("weights/layer_0");
      assertThat(weights.sum()).isCloseTo(witness.weightSums.get(epoch), within(1e-9));
      // Existing connections only: of 784 * 50 cells there are few.
      assertThat(weights.num())
          .isEqualTo(network.layers().getFirst().topology().connections())
          .isLessThan(784 * 50 / 4.0);
      assertThat(Arrays.stream(weights.counts()).sum()).isEqualTo(weights.num());
      checkPicture(event.images().get("input_connectivity"), witness.pixels.get(epoch));
    }
    assertThat(witness.dropped.getFirst()).isPositive();
  }

  /** Pixels with more connections are brighter, and equal ones have the same colour. */
  private static void checkPicture(EventReader.Picture picture, int[] counts) throws IOException {
    assertThat(picture.height()).isEqualTo(28);
    assertThat(picture.width()).isEqualTo(28);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
    assertThat(image.getWidth()).isEqualTo(28);
    assertThat(image.getHeight()).isEqualTo(28);
    for (int i = 1; i < counts.length; i++) {
      int before = brightness(image, i - 1);
      int here = brightness(image, i);
      assertThat(Integer.compare(here, before))
          .as("pixel %d", i)
          .isEqualTo(Integer.compare(counts[i], counts[i - 1]));
    }
  }

  private static int brightness(BufferedImage image, int pixel) {
    int rgb = image.getRGB(pixel % 28, pixel / 28);
    return 2126 * (rgb >> 16 & 0xff) + 7152 * (rgb >> 8 & 0xff) + 722 * (rgb & 0xff);
  }

  @Test
  void aRunThatGoesOnIsTheSameRun() throws IOException {
    Network network = network();
    new Trainer(plan())
        .listen(new TensorBoardListener(folder, network, 0, epoch -> RATE, "test"))
        .train(network, TRAIN, TEST);
    new TensorBoardListener(folder, network, 2, epoch -> RATE, "test")
        .onEpoch(network, new EpochReport(3, 1, 1, network.evaluate(TEST), 1, 1, 1, 1, 1, 1, 1));
    List<Event> again = events().subList(5, events().size());
    assertThat(again).extracting(Event::step).containsExactly(0L, 3L, 3L);
    assertThat(again).extracting(Event::start).containsExactly(false, true, false);
  }

  /** TensorBoard then shows the newer run alone, not both as one. */
  @Test
  void anotherRunInTheSameFolderBeginsAnew() throws IOException {
    new TensorBoardListener(folder, network(), 0, epoch -> RATE, "test");
    new TensorBoardListener(folder, network(), 0, epoch -> RATE, "test");
    assertThat(events()).extracting(Event::start).containsExactly(false, false, false, true, false);
    assertThat(events()).extracting(Event::step).containsOnly(0L);
    assertThat(events().getLast().images()).hasSize(1);
  }

  @Test
  void listeningChangesNothing() throws IOException {
    Network heard = network();
    new Trainer(plan())
        .listen(new TensorBoardListener(folder, heard, 0, epoch -> RATE, "test"))
        .train(heard, TRAIN, TEST);
    Network alone = network();
    new Trainer(plan()).train(alone, TRAIN, TEST);
    assertThat(Fingerprint.of(heard)).isEqualTo(Fingerprint.of(alone));
    assertThat(heard.layers().getFirst().topology().indexed())
        .as("a transposed index that only pictures would need")
        .isEqualTo(alone.layers().getFirst().topology().indexed());
  }
}
