package dev.rewire.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.layer.SparseLayer;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.optimizer.Sgd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model file needs no export: what another program finds in it, by the format's description.
 */
class SafetensorsTest {
  /** A file as its description says: length of the header, header, data. */
  private record Reader(JsonNode header, ByteBuffer data) {
    static Reader of(Path file) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[(int) bytes.getLong()];
      bytes.get(json);
      return new Reader(
          JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8)),
          bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    private ByteBuffer array(String name, String type, int length) {
      JsonNode entry = header.get(name);
      assertThat(entry).as(name).isNotNull();
      assertThat(entry.get("dtype").asString()).isEqualTo(type);
      assertThat(entry.get("shape").get(0).asInt()).as(name).isEqualTo(length);
      int begin = entry.get("data_offsets").get(0).asInt();
      int end = entry.get("data_offsets").get(1).asInt();
      assertThat(end - begin).isEqualTo(4 * length);
      return data.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
    }

    int[] ints(String name, int length) {
      int[] values = new int[length];
      array(name, "I32", length).asIntBuffer().get(values);
      return values;
    }

    float[] floats(String name, int length) {
      float[] values = new float[length];
      array(name, "F32", length).asFloatBuffer().get(values);
      return values;
    }
  }

  @Test
  void everyArrayIsWhereTheHeaderSays(@TempDir Path folder) throws IOException {
    Network network = Networks.random(0.3, 1, 40, 30, 20, 5);
    network.layers().forEach(layer -> layer.prepare(Sgd.rate(0.1).momentum(0.9)));
    network.layers().get(1).weightState()[0].set(2, 7f);
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(network, file);
    Reader reader = Reader.of(file);
    long bytes = 0;
    for (SparseLayer layer : network.layers()) {
      String name = "layers." + layer.index() + ".";
      int connections = layer.topology().connections();
      assertThat(reader.ints(name + "row_starts", layer.outputs() + 1))
          .isEqualTo(layer.topology().rowStart().toArray());
      assertThat(reader.ints(name + "columns", connections))
          .isEqualTo(layer.topology().column().toArray());
      assertThat(reader.floats(name + "values", connections)).isEqualTo(layer.weight().toArray());
      assertThat(reader.floats(name + "bias", layer.outputs())).isEqualTo(layer.bias().toArray());
      assertThat(reader.floats(name + "values.velocity", connections))
          .isEqualTo(layer.weightState()[0].toArray());
    }
    for (Map.Entry<String, JsonNode> entry : reader.header().properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        JsonNode offsets = entry.getValue().get("data_offsets");
        assertThat(offsets.get(0).asLong()).as("no gap before " + entry.getKey()).isEqualTo(bytes);
        bytes = offsets.get(1).asLong();
      }
    }
    assertThat(bytes).as("nothing after the last array").isEqualTo(reader.data().capacity());
  }
}
