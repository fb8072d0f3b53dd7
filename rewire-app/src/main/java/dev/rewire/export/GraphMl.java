package dev.rewire.export;

import java.io.IOException;
import java.io.Writer;

/** GraphML (Brandes et al. 2002). */
final class GraphMl extends GraphText {
  private static final String SPACE = "http://graphml.graphdrawing.org/xmlns";

  private final XmlText xml;

  GraphMl(Writer out, boolean weights) throws IOException {
    super(weights);
    xml = new XmlText(out);
  }

  @Override
  void begin(Wiring wiring, EdgeSample sample) throws IOException {
    xml.begin(
        "graphml",
        "xmlns",
        SPACE,
        "xmlns:xsi",
        "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation",
        SPACE + " " + SPACE + "/1.0/graphml.xsd");
    key("description", "graph", "description", "string");
    key("layer", "node", "layer", "int");
    key("neuron", "node", "neuron", "int");
    key("label", "node", "label", "string");
    key("of", "edge", "layer", "int");
    if (weights) {
      key("bias", "node", "bias", "float");
      key("weight", "edge", "weight", "float");
    }
    xml.begin("graph", "id", "network", "edgedefault", "directed");
    xml.text("data", wiring.title() + ", " + sample.sentence(), "key", "description");
  }

  private void key(String id, String of, String name, String type) throws IOException {
    xml.empty("key", "id", id, "for", of, "attr.name", name, "attr.type", type);
  }

  @Override
  void neuron(Neuron neuron, double x, double y) throws IOException {
    xml.begin("node", "id", "n" + neuron.id());
    xml.text("data", neuron.layer(), "key", "layer");
    xml.text("data", neuron.number(), "key", "neuron");
    xml.text("data", neuron.label(), "key", "label");
    if (neuron.bias() != null) {
      xml.text("data", neuron.bias(), "key", "bias");
    }
    xml.end();
  }

  @Override
  void beginConnections() {}

  @Override
  void connection(Connection edge) throws IOException {
    xml.begin(
        "edge",
        "id",
        "e" + edge.id(),
        "source",
        "n" + edge.source(),
        "target",
        "n" + edge.target());
    xml.text("data", edge.layer(), "key", "of");
    if (weights) {
      xml.text("data", edge.weight(), "key", "weight");
    }
    xml.end();
  }

  @Override
  void end() throws IOException {
    xml.endBlock();
    xml.endBlock();
    xml.endDocument();
  }
}
