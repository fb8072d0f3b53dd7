package dev.rewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.history.TopologyReplay;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must be true of folders of runs. */
final class RunFolders {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RunFolders() {}

  static JsonNode result(Path run) throws IOException {
    return JSON.readTree(Files.readString(run.resolve("result.json")));
  }

  /** The lines of an epoch but for its times. */
  static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll("\"seconds_[a-z]+\":[^,}]+", ""))
        .toList();
  }

  /** The same network after the same epochs. */
  static void assertSame(Path found, Path expected) throws IOException {
    assertThat(metrics(found)).isEqualTo(metrics(expected));
    JsonNode one = result(found);
    JsonNode other = result(expected);
    assertThat(one.propertyNames()).isEqualTo(other.propertyNames());
    for (String key :
        List.of("weights_sha256", "test_loss", "test_accuracy", "train_loss", "epochs", "steps")) {
      assertThat(one.get(key)).as(key).isEqualTo(other.get(key));
    }
    assertThat(Files.readAllBytes(found.resolve("topology.history")))
        .isEqualTo(Files.readAllBytes(expected.resolve("topology.history")));
  }

  static void assertHistoryLeadsToTheModel(Path run) throws IOException {
    Network network = ModelFile.read(run.resolve("model.safetensors"));
    try (HistoryReader reader = HistoryReader.open(run.resolve("topology.history"))) {
      TopologyReplay replay = new TopologyReplay(reader.layers());
      for (TopologyChange change = reader.next(); change != null; change = reader.next()) {
        replay.apply(change);
      }
      for (SparseLayer layer : network.layers()) {
        assertThat(replay.topology(layer.index()).column().toArray())
            .isEqualTo(layer.topology().column().toArray());
        assertThat(replay.topology(layer.index()).rowStart().toArray())
            .isEqualTo(layer.topology().rowStart().toArray());
      }
    }
  }
}
