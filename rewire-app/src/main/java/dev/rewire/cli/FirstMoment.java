package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.ModelFormatException;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.TrainingState;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a training begins with: mostly a network that has seen nothing, or one in the middle of
 * another training.
 *
 * @param network to train
 * @param state where its training is
 */
record FirstMoment(Network network, TrainingState state) {
  /**
   * Builds the network.
   *
   * @throws UsageException if the settings ask for a moment that the model does not have
   */
  static FirstMoment of(RunSettings settings, NetworkBuilder builder) throws IOException {
    Path model = settings.beginning().model();
    if (!settings.beginning().keepStep()) {
      return new FirstMoment(builder.build(), TrainingState.BEGINNING);
    }
    if (model == null) {
      throw new UsageException("--keep-step goes on with a checkpoint: name it by --from");
    }
    Path file = SavedModel.open(model).file();
    Checkpoint moment;
    try {
      moment = Checkpoint.read(file);
    } catch (ModelFormatException none) {
      throw new UsageException(
          "--keep-step: %s: leave it out, so that training begins anew"
              .formatted(none.getMessage()));
    }
    int epochs = settings.recipe().plan().epochs();
    if (moment.state().epoch() >= epochs) {
      throw new UsageException(
          "--keep-step: %s comes after epoch %d, so that nothing is left of %s: give more --epochs"
              .formatted(file, moment.state().epoch(), Say.plural(epochs, "epoch")));
    }
    Network built = builder.build();
    for (SparseLayer layer : built.layers()) {
      remember(layer, moment.network().layers().get(layer.index()));
    }
    return new FirstMoment(
        built.withLayers(built.layers(), moment.network().steps()), moment.state());
  }

  /** Another optimizer than that of the file forgets it again. */
  private static void remember(SparseLayer layer, SparseLayer saved) {
    layer.restore(
        saved.slots(), saved.weightState(), saved.biasState(), saved.initialConnections());
    for (int n = 0; n < layer.neurons().size(); n++) {
      layer.neurons().get(n).remember(saved.neurons().get(n));
    }
  }
}
