package dev.rewire.export;

import java.io.IOException;
import java.io.Writer;

/**
 * GEXF 1.3, the format of Gephi, with a place for each neuron: one column a layer.
 *
 * <p>Gephi leaves out edges of weight 0 and does not draw those of negative weight. So the weight
 * of an edge is the absolute value, and a little more than 0 where that is 0; the attribute {@code
 * signed_weight} is what the network computes with.
 */
final class Gexf extends GraphText {
  private static final float LEAST = 1e-9f;
  private static final double WIDTH = 2000;
  private static final double HEIGHT = 1000;

  private final XmlText xml;

  Gexf(Writer out, boolean weights) throws IOException {
    super(weights);
    xml = new XmlText(out);
  }

  @Override
  void begin(Wiring wiring, EdgeSample sample) throws IOException {
    xml.begin(
        "gexf",
        "xmlns",
        "http://gexf.net/1.3",
        "xmlns:viz",
        "http://gexf.net/1.3/viz",
        "version",
        "1.3");
    xml.begin("meta");
    xml.text("creator", "Rewire");
    xml.text("description", wiring.title() + ", " + sample.sentence());
    xml.endBlock();
    xml.begin("graph", "defaultedgetype", "directed", "mode", "static");
    xml.begin("attributes", "class", "node");
    xml.empty("attribute", "id", "layer", "title", "layer", "type", "integer");
    xml.empty("attribute", "id", "neuron", "title", "neuron", "type", "integer");
    if (weights) {
      xml.empty("attribute", "id", "bias", "title", "bias", "type", "float");
    }
    xml.endBlock();
    xml.begin("attributes", "class", "edge");
    xml.empty("attribute", "id", "layer", "title", "layer", "type", "integer");
    if (weights) {
      xml.empty("attribute", "id", "signed_weight", "title", "signed_weight", "type", "float");
    }
    xml.endBlock();
    xml.begin("nodes", "count", wiring.neurons());
  }

  @Override
  void neuron(Neuron neuron, double x, double y) throws IOException {
    xml.begin("node", "id", neuron.id(), "label", neuron.label());
    xml.begin("attvalues");
    value("layer", neuron.layer());
    value("neuron", neuron.number());
    if (neuron.bias() != null) {
      value("bias", neuron.bias());
    }
    xml.end();
    xml.empty("viz:position", "x", (float) (x * WIDTH), "y", (float) (-y * HEIGHT), "z", "0.0");
    xml.end();
  }

  private void value(String attribute, Object value) throws IOException {
    xml.empty("attvalue", "for", attribute, "value", value);
  }

  @Override
  void beginConnections() throws IOException {
    xml.endBlock();
    xml.begin("edges");
  }

  @Override
  void connection(Connection edge) throws IOException {
    if (weights) {
      float size = Math.max(LEAST, Math.abs(edge.weight()));
      xml.begin(
          "edge",
          "id",
          edge.id(),
          "source",
          edge.source(),
          "target",
          edge.target(),
          "weight",
          size);
    } else {
      xml.begin("edge", "id", edge.id(), "source", edge.source(), "target", edge.target());
    }
    xml.begin("attvalues");
    value("layer", edge.layer());
    if (weights) {
      value("signed_weight", edge.weight());
    }
    xml.end();
    xml.end();
  }

  @Override
  void end() throws IOException {
    xml.endBlock();
    xml.endBlock();
    xml.endBlock();
    xml.endDocument();
  }
}
