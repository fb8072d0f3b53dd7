package dev.rewire.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * DOT, the language of Graphviz, ready to draw: layers from left to right, positive connections
 * blue, negative ones red, the wider the stronger. Every neuron has its place, so that Graphviz has
 * nothing to search for, which it would do for hours.
 *
 * <p>Graphviz means something else by {@code weight}, so the weight of a connection is called
 * {@code value}.
 */
final class Dot extends GraphText {
  private static final String POSITIVE = "#2166ac";
  private static final String NEGATIVE = "#b2182b";

  // Inches.
  private static final double BETWEEN_LAYERS = 3;
  private static final double BETWEEN_NEURONS = 0.2;
  private static final double HIGHEST = 40;

  private final Writer out;
  private final float largest;
  private double width;
  private double height;

  /** Wants the largest absolute value of a weight. */
  Dot(Writer out, boolean weights, float largest) {
    super(weights);
    this.out = out;
    this.largest = largest == 0 ? 1 : largest;
  }

  @Override
  void begin(Wiring wiring, EdgeSample sample) throws IOException {
    int most = 0;
    for (int rank = 0; rank < wiring.ranks(); rank++) {
      most = Math.max(most, wiring.neurons(rank));
    }
    height = Math.min(HIGHEST, BETWEEN_NEURONS * most);
    width = Math.max(BETWEEN_LAYERS * (wiring.ranks() - 1), 0.7 * height);
    out.write("digraph network {\n");
    out.write("  label=" + quoted(wiring.title() + ", " + sample.sentence()) + ";\n");
    out.write("  layout=neato; splines=line; outputorder=edgesfirst;\n");
    out.write("  node [shape=circle, fixedsize=true, label=\"\", style=filled, fillcolor=white");
    out.write(", width=" + inches(0.75 * height / most) + "];\n");
    out.write("  edge [arrowhead=none];\n");
  }

  @Override
  void neuron(Neuron neuron, double x, double y) throws IOException {
    out.write("  " + neuron.id() + " [layer=" + neuron.layer() + ", neuron=" + neuron.number());
    if (neuron.bias() != null) {
      out.write(", bias=" + quoted(neuron.bias().toString()));
    }
    out.write(", pos=\"" + inches(x * width) + "," + inches(-y * height) + "!\"");
    out.write(", tooltip=" + quoted(neuron.label()));
    if (neuron.named()) {
      out.write(", shape=plain, fixedsize=false, style=\"\", label=" + quoted(neuron.label()));
    }
    out.write("];\n");
  }

  @Override
  void beginConnections() {}

  @Override
  void connection(Connection edge) throws IOException {
    out.write("  " + edge.source() + " -> " + edge.target() + " [layer=" + edge.layer());
    if (weights) {
      float weight = edge.weight();
      out.write(", value=" + quoted(Float.toString(weight)));
      out.write(", color=" + quoted(weight < 0 ? NEGATIVE : POSITIVE));
      double width = 0.1 + 1.9 * Math.abs(weight) / largest;
      out.write(String.format(Locale.ROOT, ", penwidth=%.2f", width));
    }
    out.write("];\n");
  }

  @Override
  void end() throws IOException {
    out.write("}\n");
  }

  private static String inches(double length) {
    return String.format(Locale.ROOT, "%.4f", length);
  }

  /** A quoted string ends at a quote; a backslash means something to Graphviz. */
  private static String quoted(String text) {
    String printable = text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
    return '"' + printable.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
