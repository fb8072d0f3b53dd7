package dev.rewire.cli;

import dev.rewire.history.FirstNumbers;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.train.NeuronUpdate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code neurons.jsonl}: a line for each layer and each time that neurons were taken out of it,
 * with the numbers that they had at the beginning. A run of which none have gone has no such file.
 */
final class RemovedNeurons {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final FirstNumbers numbers;

  private RemovedNeurons(Path file, FirstNumbers numbers) {
    this.file = file;
    this.numbers = numbers;
  }

  /** Of a run that begins. */
  static RemovedNeurons begin(Path file, Network network) {
    return new RemovedNeurons(file, new FirstNumbers(network));
  }

  /** Of a run that goes on: what was written after the checkpoint is cut off. */
  static RemovedNeurons resume(Path file, Network network, long length) throws IOException {
    if (length > 0) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length).force(true);
      }
    } else {
      Files.deleteIfExists(file);
    }
    return new RemovedNeurons(file, numbers(file, network));
  }

  /** How many neurons have gone from all layers. */
  static int count(Path file, Network network) throws IOException {
    return read(file, network).stream().mapToInt(List::size).sum();
  }

  /** Of each layer, in the order in which they went. */
  private static List<List<Integer>> read(Path file, Network network) throws IOException {
    List<List<Integer>> removed = new ArrayList<>();
    network.layers().forEach(layer -> removed.add(new ArrayList<>()));
    if (Files.exists(file)) {
      for (String text : Files.readAllLines(file)) {
        try {
          JsonNode line = JSON.readTree(text);
          List<Integer> layer = removed.get(line.path("layer").asInt(-1));
          line.path("removed").forEach(neuron -> layer.add(neuron.asInt(-1)));
        } catch (JacksonException | IndexOutOfBoundsException damaged) {
          throw new IOException(file + " is damaged: put it back as it was", damaged);
        }
      }
    }
    return removed;
  }

  /** The first numbers of the neurons that are left in a network. */
  static FirstNumbers numbers(Path file, Network network) throws IOException {
    List<List<Integer>> removed = read(file, network);
    try {
      return new FirstNumbers(
          network,
          removed.stream()
              .map(layer -> layer.stream().mapToInt(Integer::intValue).toArray())
              .toList());
    } catch (IllegalArgumentException unfit) {
      throw new IOException("%s is damaged: %s".formatted(file, unfit.getMessage()), unfit);
    }
  }

  /** Writes down what went. */
  void add(Network network, NeuronUpdate update) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<int[]> removed = numbers.remove(update);
    for (SparseLayer layer : network.layers()) {
      int[] gone = removed.get(layer.index());
      if (gone.length > 0) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", update.epochs());
        line.put("step", network.steps());
        line.put("layer", layer.index());
        line.put("left", layer.outputs());
        line.put("removed", Arrays.stream(gone).boxed().toList());
        lines.append(Json.line(line)).append('\n');
      }
    }
    Files.write(
        file,
        lines.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Makes sure that all lines are on the disk; returns the bytes of the file. */
  long settle() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
      return channel.size();
    }
  }
}
