package dev.rewire.tensorboard;

import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.SparseLayer;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.network.Network;
import dev.rewire.report.ConnectivityImage;
import dev.rewire.train.EpochReport;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;

/**
 * Writes an event file for TensorBoard: after each epoch its scalars, a histogram of the weights of
 * each layer (of existing connections only: zeros that stand for nothing are not counted), and for
 * pictures a map of how many connections leave each pixel. A step of TensorBoard is an epoch.
 */
public final class TensorBoardListener implements TrainingListener {
  private final EventFile file;
  private final IntToDoubleFunction rate;
  private final String watched;
  private long dropped;
  private long grown;

  /**
   * Begins a new file, and describes the network as it is.
   *
   * @param folder where the file goes; made if it does not exist. Files of earlier runs stay
   * @param network as it is before the next epoch
   * @param epochs epochs that it has been trained for: 0, or more where a run goes on
   * @param rate the learning rate at the beginning of an epoch, which is numbered from 1
   * @param watched which samples are looked at after each epoch: {@code test} or {@code validation}
   * @throws IOException if the file cannot be written
   */
  public TensorBoardListener(
      Path folder, Network network, int epochs, IntToDoubleFunction rate, String watched)
      throws IOException {
    this.rate = rate;
    this.watched = watched;
    file = EventFile.create(folder, epochs == 0 ? 0 : epochs + 1L);
    if (epochs == 0) {
      file.add(0, describe(network, new Summary()));
    }
  }

  @Override
  public void onTopologyUpdate(Network network, TopologyUpdate update) {
    dropped += update.dropped().size();
    grown += update.grown().size();
  }

  @Override
  public void onEpoch(Network network, EpochReport report) {
    Summary summary =
        new Summary()
            .scalar("loss/train", report.trainLoss())
            .scalar("loss/" + watched, report.test().loss());
    if (network.head() != Head.REGRESSION) {
      summary
          .scalar("accuracy/train", report.trainAccuracy())
          .scalar("accuracy/" + watched, report.test().accuracy());
    }
    summary
        .scalar("learning_rate", rate.applyAsDouble(report.epoch()))
        .scalar("connections/existing", network.connections())
        .scalar("connections/dropped", dropped)
        .scalar("connections/grown", grown)
        .scalar("seconds/training", report.trainingNanos() / 1e9)
        .scalar("seconds/evolution", report.evolutionNanos() / 1e9)
        .scalar("seconds/" + watched, report.testNanos() / 1e9);
    dropped = 0;
    grown = 0;
    try {
      file.add(report.epoch(), describe(network, summary));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Summary describe(Network network, Summary summary) throws IOException {
    for (SparseLayer layer : network.layers()) {
      summary.histogram("weights/layer_" + layer.index(), Histogram.of(layer.weight()));
    }
    ImageShape shape = network.image();
    if (shape != null) {
      byte[] png = ConnectivityImage.png(InputConnectivity.of(network), shape);
      summary.image("input_connectivity", shape.height(), shape.width(), png);
    }
    return summary;
  }
}
