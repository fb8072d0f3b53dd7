package dev.rewire.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.export.Networks.Edge;
import dev.rewire.export.NumpyReader.Array;
import dev.rewire.network.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sparse matrices, read back by readers that know nothing of the writers. */
class MatricesTest {
  @TempDir Path folder;

  private final Network network = Networks.random(0.3, 1, 40, 30, 20, 5);

  private Path write(Wiring wiring, ExportFormat format, boolean weights, String name)
      throws IOException {
    Path file = folder.resolve(name);
    assertThat(new Export(wiring, format, weights, 0).write(file)).isEqualTo(wiring.connections());
    assertThat(Files.list(folder)).containsExactly(file);
    return file;
  }

  /** The edges of a compressed sparse row matrix, and that it is one. */
  private static List<Edge> edges(Map<String, Array> arrays) {
    assertThat(arrays.keySet()).containsExactly("indices", "indptr", "format", "shape", "data");
    assertThat(arrays.get("format")).extracting(Array::type, Array::shape).contains("|S3", "");
    assertThat(arrays.get("format").text()).isEqualTo("csr");
    assertThat(arrays.get("shape").type()).isEqualTo("<i8");
    assertThat(arrays.get("shape").shape()).isEqualTo("2,");
    double[] starts = arrays.get("indptr").numbers();
    assertThat(starts).hasSize((int) arrays.get("shape").numbers()[0] + 1);
    double[] columns = arrays.get("indices").numbers();
    double[] values = arrays.get("data").numbers();
    assertThat(columns).hasSameSizeAs(values);
    assertThat(starts[starts.length - 1]).isEqualTo(columns.length);
    for (Array array : arrays.values()) {
      if (array.numbers().length > 2) {
        assertThat(array.shape()).isEqualTo(array.numbers().length + ",");
      }
    }
    List<Edge> edges = new ArrayList<>();
    for (int j = 0; j + 1 < starts.length; j++) {
      for (int e = (int) starts[j]; e < starts[j + 1]; e++) {
        assertThat(columns[e]).isLessThan(arrays.get("shape").numbers()[1]);
        edges.add(new Edge(0, (int) columns[e], j, (float) values[e]));
      }
    }
    return edges;
  }

  private static List<Edge> ofLayer0(List<Edge> edges) {
    return edges.stream().map(e -> new Edge(0, e.source(), e.target(), e.weight())).toList();
  }

  /** Neurons numbered through all layers: 40 inputs, then 30, 20 and 5. */
  private List<Edge> numbered() {
    int[] first = {0, 40, 70, 90};
    return Networks.edges(network).stream()
        .map(e ->
            new Edge(
                0, first[e.layer()] + e.source(), first[e.layer() + 1] + e.target(), e.weight()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aLayerForScipy(int layer) throws IOException {
    Path file = write(Wiring.ofLayer("net", network, layer), ExportFormat.NPZ, true, "layer.npz");
    Map<String, Array> arrays = NumpyReader.read(file);
    assertThat(arrays.get("data").type()).isEqualTo("<f4");
    assertThat(arrays.get("indices").type()).isEqualTo("<i4");
    assertThat(arrays.get("indptr").type()).isEqualTo("<i4");
    assertThat(arrays.get("shape").numbers())
        .containsExactly(
            network.layers().get(layer).outputs(), network.layers().get(layer).inputs());
    assertThat(edges(arrays)).isEqualTo(ofLayer0(Networks.edges(network.layers().get(layer))));
  }

  @Test
  void aNetworkForScipy() throws IOException {
    Map<String, Array> arrays =
        NumpyReader.read(write(Wiring.of("net", network), ExportFormat.NPZ, true, "net.npz"));
    assertThat(arrays.get("shape").numbers()).containsExactly(95, 95);
    assertThat(edges(arrays)).isEqualTo(numbered());
  }

  @Test
  void onlyTheTopologyForScipy() throws IOException {
    Map<String, Array> arrays =
        NumpyReader.read(write(Wiring.of("net", network), ExportFormat.NPZ, false, "net.npz"));
    assertThat(arrays.get("data").type()).isEqualTo("|b1");
    assertThat(edges(arrays))
        .isEqualTo(numbered().stream().map(e -> new Edge(0, e.source(), e.target(), 1)).toList());
  }

  @Test
  void aLayerWithoutConnections() throws IOException {
    Wiring none = Wiring.ofLayer("none", Networks.random(0, 1, 3, 2), 0);
    assertThat(edges(NumpyReader.read(write(none, ExportFormat.NPZ, true, "none.npz")))).isEmpty();
    Files.delete(folder.resolve("none.npz"));
    assertThat(Files.readAllLines(write(none, ExportFormat.MTX, true, "none.mtx"))).hasSize(3);
  }

  /** More than a block of the writer, so that blocks are joined. */
  @Test
  void aLargeLayer() throws IOException {
    Network large = Networks.random(0.5, 2, 400, 300);
    Path file = write(Wiring.ofLayer("large", large, 0), ExportFormat.NPZ, true, "large.npz");
    assertThat(edges(NumpyReader.read(file))).isEqualTo(Networks.edges(large));
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    Path file = write(Wiring.of("net", network), ExportFormat.NPZ, true, "net.npz");
    byte[] first = Files.readAllBytes(file);
    write(Wiring.of("net", network), ExportFormat.NPZ, true, "net.npz");
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  private static List<Edge> edges(BufferedReader text, String type, String size)
      throws IOException {
    assertThat(text.readLine()).isEqualTo("%%MatrixMarket matrix coordinate " + type + " general");
    String line = text.readLine();
    while (line.startsWith("%")) {
      line = text.readLine();
    }
    assertThat(line).isEqualTo(size);
    return text.lines()
        .map(entry -> entry.split(" "))
        .map(parts ->
            new Edge(
                0,
                Integer.parseInt(parts[1]) - 1,
                Integer.parseInt(parts[0]) - 1,
                parts.length < 3 ? 1 : Float.parseFloat(parts[2])))
        .toList();
  }

  @Test
  void aLayerAsMatrixMarket() throws IOException {
    Path file = write(Wiring.ofLayer("net", network, 1), ExportFormat.MTX, true, "layer.mtx");
    List<Edge> expected = Networks.edges(network.layers().get(1));
    try (BufferedReader text = Files.newBufferedReader(file)) {
      assertThat(edges(text, "real", "20 30 " + expected.size())).isEqualTo(ofLayer0(expected));
    }
  }

  @Test
  void aTopologyAsCompressedMatrixMarket() throws IOException {
    Path file = write(Wiring.of("two\nlines", network), ExportFormat.MTX, false, "net.mtx.gz");
    List<Edge> expected = numbered();
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      assertThat(edges(text, "pattern", "95 95 " + expected.size()))
          .isEqualTo(expected.stream().map(e -> new Edge(0, e.source(), e.target(), 1)).toList());
    }
  }

  @Test
  void whatIsNoNumberFitsOnlyIntoNpz() throws IOException {
    network.layers().get(1).weight().set(3, Float.NaN);
    Wiring wiring = Wiring.of("net", network);
    Map<String, Array> arrays = NumpyReader.read(write(wiring, ExportFormat.NPZ, true, "net.npz"));
    assertThat(arrays.get("data").numbers()).contains(Double.NaN);
    for (ExportFormat format : ExportFormat.values()) {
      Path file = folder.resolve("not." + format);
      if (format != ExportFormat.NPZ) {
        Files.writeString(file, "old");
        assertThatThrownBy(() -> new Export(wiring, format, true, 10).write(file))
            .isInstanceOf(IOException.class)
            .hasMessage(
                "layer 1 of net has a weight that is NaN, which only the format npz can hold");
        assertThat(Files.list(folder)).containsExactlyInAnyOrder(folder.resolve("net.npz"), file);
        assertThat(file).hasContent("old");
        assertThat(new Export(wiring, format, false, 10).write(file)).isPositive();
        Files.delete(file);
      }
    }
  }

  @Test
  void badArguments() {
    assertThatThrownBy(() -> Wiring.ofLayer("net", network, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("net has layers 0 to 2, not 3");
    assertThatThrownBy(() -> new Export(Wiring.of("net", network), ExportFormat.DOT, true, -1))
        .isInstanceOf(IllegalArgumentException.class);
    Export export = new Export(Wiring.of("net", network), ExportFormat.NPZ, true, 0);
    assertThatThrownBy(() -> export.write(folder)).hasMessageContaining("folder is in the way");
    assertThatThrownBy(() -> export.write(folder.resolve("no/such.npz")))
        .hasMessageContaining("there is no such folder");
  }
}
