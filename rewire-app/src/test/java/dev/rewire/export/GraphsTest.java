package dev.rewire.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.export.Networks.Edge;
import dev.rewire.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Graphs, parsed again: XML by the parser of the JDK, DOT line by line. */
class GraphsTest {
  private static final long ALL = 1_000_000;

  @TempDir Path folder;

  private final Network network = Networks.random(0.3, 1, 40, 30, 20, 5);

  /** What a neuron says of itself. */
  private record Node(int layer, int neuron, String label, String bias) {}

  private Path write(Network network, ExportFormat format, boolean weights, long most)
      throws IOException {
    Path file = folder.resolve("graph." + format);
    long written = new Export(Wiring.of("a \"b\"", network), format, weights, most).write(file);
    assertThat(written).isEqualTo(Math.min(most, network.connections()));
    return file;
  }

  private static Document xml(InputStream stream) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(stream);
  }

  private static List<Element> elements(Element within, String name) {
    NodeList all = within.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
    return elements;
  }

  private List<Node> expectedNodes(boolean weights) {
    List<Node> nodes = new ArrayList<>();
    int[] neurons = {40, 30, 20, 5};
    for (int layer = 0; layer < 4; layer++) {
      for (int n = 0; n < neurons[layer]; n++) {
        String label = layer == 3 ? "class <" + n + "> & \"co\" \uFFFD ü" : layer + "." + n;
        String bias =
            layer == 0 || !weights
                ? null
                : Float.toString(network.layers().get(layer - 1).bias().get(n));
        nodes.add(new Node(layer, n, label, bias));
      }
    }
    return nodes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void graphMl(boolean weights) throws Exception {
    Document document =
        xml(Files.newInputStream(write(network, ExportFormat.GRAPHML, weights, ALL)));
    Element root = document.getDocumentElement();
    assertThat(root.getNamespaceURI()).isEqualTo("http://graphml.graphdrawing.org/xmlns");
    Map<String, String> names = new HashMap<>();
    for (Element key : elements(root, "key")) {
      names.put(
          key.getAttribute("id"), key.getAttribute("for") + "." + key.getAttribute("attr.name"));
    }
    Element graph = elements(root, "graph").getFirst();
    assertThat(graph.getAttribute("edgedefault")).isEqualTo("directed");
    Map<String, Node> nodes = new HashMap<>();
    List<Node> listed = new ArrayList<>();
    for (Element node : elements(graph, "node")) {
      Map<String, String> data = data(node, names);
      Node read =
          new Node(
              Integer.parseInt(data.get("node.layer")),
              Integer.parseInt(data.get("node.neuron")),
              data.get("node.label"),
              data.get("node.bias"));
      assertThat(nodes.put(node.getAttribute("id"), read)).isNull();
      listed.add(read);
    }
    assertThat(listed).isEqualTo(expectedNodes(weights));
    List<Edge> edges = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Element edge : elements(graph, "edge")) {
      Map<String, String> data = data(edge, names);
      assertThat(ids.add(edge.getAttribute("id"))).isTrue();
      edges.add(
          edge(
              nodes.get(edge.getAttribute("source")),
              nodes.get(edge.getAttribute("target")),
              Integer.parseInt(data.get("edge.layer")),
              data.get("edge.weight")));
    }
    assertThat(edges).isEqualTo(expectedEdges(weights));
  }

  private static Map<String, String> data(Element element, Map<String, String> names) {
    Map<String, String> data = new HashMap<>();
    for (Element datum : elements(element, "data")) {
      String name = names.get(datum.getAttribute("key"));
      assertThat(name).as("declared").startsWith(element.getLocalName() + ".");
      data.put(name, datum.getTextContent());
    }
    return data;
  }

  private static Edge edge(Node source, Node target, int layer, String weight) {
    assertThat(source.layer()).isEqualTo(layer);
    assertThat(target.layer()).isEqualTo(layer + 1);
    float value = weight == null || weight.isEmpty() ? 1 : Float.parseFloat(weight);
    return new Edge(layer, source.neuron(), target.neuron(), value);
  }

  private List<Edge> expectedEdges(boolean weights) {
    return Networks.edges(network).stream()
        .map(e -> weights ? e : new Edge(e.layer(), e.source(), e.target(), 1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gexf(boolean weights) throws Exception {
    Document document = xml(Files.newInputStream(write(network, ExportFormat.GEXF, weights, ALL)));
    Element root = document.getDocumentElement();
    assertThat(root.getNamespaceURI()).isEqualTo("http://gexf.net/1.3");
    assertThat(elements(root, "description").getFirst().getTextContent())
        .isEqualTo("a \"b\", all %d connections".formatted(network.connections()));
    Map<String, Node> nodes = new HashMap<>();
    List<Node> listed = new ArrayList<>();
    for (Element node : elements(root, "node")) {
      Map<String, String> values = values(node);
      Node read =
          new Node(
              Integer.parseInt(values.get("layer")),
              Integer.parseInt(values.get("neuron")),
              node.getAttribute("label"),
              values.get("bias"));
      assertThat(nodes.put(node.getAttribute("id"), read)).isNull();
      listed.add(read);
      Element place = elements(node, "position").getFirst();
      assertThat(place.getNamespaceURI()).isEqualTo("http://gexf.net/1.3/viz");
      assertThat(Float.parseFloat(place.getAttribute("x"))).isEqualTo(read.layer() * 2000f / 3);
    }
    assertThat(listed).isEqualTo(expectedNodes(weights));
    assertThat(elements(root, "nodes").getFirst().getAttribute("count")).isEqualTo("95");
    List<Edge> edges = new ArrayList<>();
    for (Element edge : elements(root, "edge")) {
      Map<String, String> values = values(edge);
      edges.add(
          edge(
              nodes.get(edge.getAttribute("source")),
              nodes.get(edge.getAttribute("target")),
              Integer.parseInt(values.get("layer")),
              values.get("signed_weight")));
      if (weights) {
        float size = Float.parseFloat(edge.getAttribute("weight"));
        assertThat(size).as("Gephi leaves others out").isPositive();
        assertThat(size)
            .isEqualTo(Math.max(1e-9f, Math.abs(Float.parseFloat(values.get("signed_weight")))));
      }
    }
    assertThat(edges).isEqualTo(expectedEdges(weights));
  }

  private static Map<String, String> values(Element element) {
    Map<String, String> values = new HashMap<>();
    for (Element value : elements(element, "attvalue")) {
      values.put(value.getAttribute("for"), value.getAttribute("value"));
    }
    return values;
  }

  private static final Pattern NODE =
      Pattern.compile(
          " {2}(\\d+) \\[layer=(\\d+), neuron=(\\d+)(?:, bias=\"([^\"]*)\")?,"
              + " pos=\"([0-9.]+),-([0-9.]+)!\", tooltip=\"((?:[^\"\\\\]|\\\\.)*)\"(.*)];");
  private static final Pattern EDGE =
      Pattern.compile(
          " {2}(\\d+) -> (\\d+) \\[layer=(\\d+)(?:, value=\"([^\"]*)\", color=\"(#\\w+)\","
              + " penwidth=([0-9.]+))?];");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dot(boolean weights) throws IOException {
    List<String> lines = Files.readAllLines(write(network, ExportFormat.DOT, weights, ALL));
    assertThat(lines.getFirst()).isEqualTo("digraph network {");
    assertThat(lines.getLast()).isEqualTo("}");
    assertThat(lines.get(1)).startsWith("  label=\"a \\\"b\\\", all ");
    Map<String, Node> nodes = new HashMap<>();
    List<Edge> edges = new ArrayList<>();
    for (String line : lines) {
      Matcher node = NODE.matcher(line);
      Matcher edge = EDGE.matcher(line);
      if (node.matches()) {
        String label = node.group(7).replace("\\\"", "\"").replace("\\\\", "\\");
        Node read =
            new Node(
                Integer.parseInt(node.group(2)),
                Integer.parseInt(node.group(3)),
                label,
                node.group(4));
        assertThat(Double.parseDouble(node.group(5))).isEqualTo(3.0 * read.layer());
        assertThat(Double.parseDouble(node.group(6))).isBetween(0.0, 0.2 * 40);
        assertThat(node.group(8).contains("label=")).isEqualTo(read.layer() == 3);
        nodes.put(node.group(1), read);
      } else if (edge.matches()) {
        Edge read =
            edge(
                nodes.get(edge.group(1)),
                nodes.get(edge.group(2)),
                Integer.parseInt(edge.group(3)),
                edge.group(4));
        edges.add(read);
        if (weights) {
          assertThat(edge.group(5)).isEqualTo(read.weight() < 0 ? "#b2182b" : "#2166ac");
          assertThat(Double.parseDouble(edge.group(6))).isBetween(0.1, 2.0);
        }
      }
    }
    assertThat(nodes.values()).containsExactlyInAnyOrderElementsOf(expectedNodes(weights));
    assertThat(edges).isEqualTo(expectedEdges(weights));
  }

  @Test
  void compressed() throws Exception {
    Path file = folder.resolve("graph.graphml.gz");
    new Export(Wiring.of("net", network), ExportFormat.GRAPHML, true, ALL).write(file);
    assertThat(
            elements(
                xml(new GZIPInputStream(Files.newInputStream(file))).getDocumentElement(), "edge"))
        .hasSize((int) network.connections());
  }

  /** A graph of a layer has the numbers that its neurons have in the network. */
  @Test
  void aLayerAlone() throws Exception {
    Path file = folder.resolve("layer.graphml");
    new Export(Wiring.ofLayer("net", network, 1), ExportFormat.GRAPHML, true, ALL).write(file);
    Element root = xml(Files.newInputStream(file)).getDocumentElement();
    assertThat(elements(root, "node")).hasSize(50);
    assertThat(elements(root, "node").getFirst().getTextContent()).contains("1", "1.0");
    assertThat(elements(root, "edge")).hasSize(network.layers().get(1).topology().connections());
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportFormat.class,
      names = {"GRAPHML", "GEXF", "DOT"})
  void aSampleIsAPartOfAllAndAlwaysTheSame(ExportFormat format) throws IOException {
    String mark = format == ExportFormat.DOT ? " -> " : "<edge ";
    List<String> all = edgeLines(write(network, format, true, ALL), mark);
    Path file = write(network, format, true, 100);
    String text = Files.readString(file);
    List<String> some = edgeLines(file, mark);
    assertThat(text)
        .contains("100 of %d connections, drawn at random".formatted(network.connections()));
    assertThat(some).hasSize(100).doesNotHaveDuplicates();
    assertThat(all).containsSubsequence(some);
    assertThat(Files.readString(write(network, format, true, 100))).isEqualTo(text);
    assertThat(edgeLines(write(network, format, true, 0), mark)).isEmpty();
  }

  private static List<String> edgeLines(Path file, String mark) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> line.contains(mark)).toList();
  }

  @Test
  void everyConnectionIsEquallyLikely() {
    int all = 1_000_000;
    int most = 300_000;
    EdgeSample sample = new EdgeSample(all, most);
    int[] tenths = new int[10];
    int taken = 0;
    for (int e = 0; e < all; e++) {
      if (sample.next()) {
        tenths[e / (all / 10)]++;
        taken++;
      }
    }
    assertThat(taken).isEqualTo(most);
    // Four standard deviations of a hypergeometric count: 4 * sqrt(1e5 * 0.3 * 0.7 * 0.9) = 550.
    for (int tenth : tenths) {
      assertThat(tenth).isBetween(29_450, 30_550);
    }
  }

  @Test
  void formatsAreFoundByTheEndingOfTheName() {
    assertThat(ExportFormat.of(Path.of("a/B.NPZ"))).contains(ExportFormat.NPZ);
    assertThat(ExportFormat.of(Path.of("a.mtx.gz"))).contains(ExportFormat.MTX);
    assertThat(ExportFormat.of(Path.of("a.gv"))).contains(ExportFormat.DOT);
    assertThat(ExportFormat.of(Path.of("npz"))).isEmpty();
    assertThat(ExportFormat.of(Path.of("a.npz.gz"))).isEmpty();
    assertThat(ExportFormat.allEndings()).contains(".npz", ".mtx.gz", ".graphml", ".gexf", ".dot");
  }
}
