package dev.rewire.model;

import dev.rewire.memory.Longs;
import dev.rewire.model.Safetensors.Tensor;
import dev.rewire.model.Safetensors.Type;
import dev.rewire.network.Network;
import dev.rewire.topology.CellList;
import dev.rewire.train.Plateau;
import dev.rewire.train.TrainingState;
import dev.rewire.train.TrainingState.PendingGrowth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A moment of a training on the disk: a model file that also says how to go on. Whoever wants only
 * the network reads it by {@link ModelFile}.
 *
 * <p>The metadata of the file have two more entries: {@code training}, a JSON text with the fields
 * of {@link TrainingState} and of this record, and {@code training_checksum}, SHA-256 of that text,
 * of the text {@code network} and of the arrays {@code pending.L.forbidden} (I64, cells), one for
 * each layer that waits for new connections.
 *
 * @param network with the optimizer's memory
 * @param state where its training is
 * @param lengths bytes of files that grow along with the training, by name: what is behind them was
 *     written later
 */
public record Checkpoint(Network network, TrainingState state, Map<String, Long> lengths) {
  private static final String TRAINING = "training";
  private static final String CHECKSUM = "training_checksum";

  /** Copies the map. */
  public Checkpoint {
    lengths = Map.copyOf(lengths);
  }

  /**
   * Writes this moment, streamed: what it needs beside the file does not grow with the network.
   *
   * @param path the file, replaced at once or not at all; its folder must exist
   * @throws IOException if it cannot be written
   */
  public void write(Path path) throws IOException {
    List<Object> growths = new ArrayList<>();
    List<Tensor> arrays = new ArrayList<>();
    for (PendingGrowth growth : state.pending()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("layer", growth.layer());
      facts.put("epoch", growth.epoch());
      facts.put("wanted", growth.wanted());
      facts.put("held", growth.held());
      growths.add(facts);
      arrays.add(
          new Tensor(
              forbidden(growth.layer()),
              Type.I64,
              growth
                  .forbidden()
                  .values()
                  .segment()
                  .asSlice(0, growth.forbidden().size() * Long.BYTES)));
    }
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("epoch", state.epoch());
    training.put("samples", state.samples());
    training.put("loss_sum", state.lossSum());
    training.put("correct", state.correct());
    training.put("evolutions", state.evolutions());
    training.put("rewired", state.rewired());
    training.put("ended", state.ended());
    training.put("training_nanos", state.trainingNanos());
    training.put("evolution_nanos", state.evolutionNanos());
    training.put("pending", growths);
    if (!state.plateau().equals(Plateau.State.START)) {
      training.put("plateau_best", state.plateau().best());
      training.put("plateau_waited", state.plateau().waited());
      training.put("plateau_scale", state.plateau().scale());
    }
    training.put("lengths", lengths);
    String text = Json.write(training);
    Map<String, String> metadata = ModelFile.metadata(network);
    metadata.put(TRAINING, text);
    metadata.put(CHECKSUM, checksum(text, String.valueOf(metadata.get(ModelFile.NETWORK)), arrays));
    List<Tensor> all = new ArrayList<>(ModelFile.tensors(network));
    all.addAll(arrays);
    Safetensors.write(path, metadata, all);
  }

  /**
   * Reads a moment back.
   *
   * @param path a file written by {@link #write}
   * @return the same moment
   * @throws ModelFormatException if it is no checkpoint, or damaged, or of a later version
   * @throws IOException if it cannot be read
   */
  public static Checkpoint read(Path path) throws IOException {
    return ModelFile.open(path, Checkpoint::read);
  }

  private static Checkpoint read(ModelFile file) throws IOException {
    Network network = file.network();
    String text = file.metadata(TRAINING);
    if (text == null) {
      throw new ModelFormatException(
          file.path() + " is a model, but no checkpoint: it does not say how to go on");
    }
    return file.damagedUnless(() -> read(file, network, text));
  }

  @SuppressWarnings("unchecked") // what does not fit is a ClassCastException, see ModelFile
  private static Checkpoint read(ModelFile file, Network network, String text) throws IOException {
    Map<String, Object> training = (Map<String, Object>) ModelFile.object(Json.read(text));
    List<PendingGrowth> pending = new ArrayList<>();
    List<Tensor> arrays = new ArrayList<>();
    for (Object growth : (List<Object>) ModelFile.object(training.get("pending"))) {
      Map<String, Object> facts = (Map<String, Object>) growth;
      int layer = ModelFile.number(facts, "layer");
      Longs cells = file.longs(forbidden(layer));
      arrays.add(new Tensor(forbidden(layer), Type.I64, cells.segment()));
      CellList forbidden = new CellList();
      forbidden.clear(cells.length());
      forbidden.values().copy(cells, 0, 0, cells.length());
      forbidden.size(cells.length());
      pending.add(
          new PendingGrowth(
              layer,
              ModelFile.number(facts, "epoch"),
              ModelFile.number(facts, "wanted"),
              forbidden,
              (Boolean) ModelFile.object(facts.get("held"))));
    }
    String described = String.valueOf(file.metadata(ModelFile.NETWORK));
    if (!checksum(text, described, arrays).equals(file.metadata(CHECKSUM))) {
      throw new IllegalArgumentException(
          "its state does not have the checksum it was written with");
    }
    TrainingState state =
        new TrainingState(
            ModelFile.number(training, "epoch"),
            ModelFile.number(training, "samples"),
            ((Number) ModelFile.object(training.get("loss_sum"))).doubleValue(),
            ModelFile.number(training, "correct"),
            (Long) ModelFile.object(training.get("evolutions")),
            (Long) ModelFile.object(training.get("rewired")),
            (Boolean) ModelFile.object(training.get("ended")),
            (Long) ModelFile.object(training.get("training_nanos")),
            (Long) ModelFile.object(training.get("evolution_nanos")),
            pending,
            plateau(training));
    return new Checkpoint(
        network, state, (Map<String, Long>) ModelFile.object(training.get("lengths")));
  }

  /** Where no plateau is waited for, there is none in the file. */
  private static Plateau.State plateau(Map<String, Object> training) {
    return training.containsKey("plateau_best")
        ? new Plateau.State(
            ((Number) ModelFile.object(training.get("plateau_best"))).doubleValue(),
            ModelFile.number(training, "plateau_waited"),
            ((Number) ModelFile.object(training.get("plateau_scale"))).doubleValue())
        : Plateau.State.START;
  }

  private static String forbidden(int layer) {
    return "pending." + layer + ".forbidden";
  }

  private static String checksum(String training, String network, List<Tensor> arrays) {
    Fingerprint all = new Fingerprint();
    all.add(training.getBytes(StandardCharsets.UTF_8));
    all.add(network.getBytes(StandardCharsets.UTF_8));
    arrays.forEach(array -> all.add(array.data()));
    return all.digits();
  }
}
