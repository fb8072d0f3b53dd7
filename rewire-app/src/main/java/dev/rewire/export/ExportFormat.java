package dev.rewire.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A format that other programs read. */
public enum ExportFormat {
  /** A sparse matrix as {@code scipy.sparse.save_npz} writes it. */
  NPZ(false, "npz"),
  /** MatrixMarket: a sparse matrix as text. */
  MTX(false, "mtx", "mtx.gz"),
  /** A graph for NetworkX, igraph, Cytoscape, yEd. */
  GRAPHML(true, "graphml", "graphml.gz"),
  /** A graph for Gephi. */
  GEXF(true, "gexf", "gexf.gz"),
  /** A graph for Graphviz. */
  DOT(true, "dot", "gv", "dot.gz", "gv.gz");

  private final boolean graph;
  private final List<String> endings;

  ExportFormat(boolean graph, String... endings) {
    this.graph = graph;
    this.endings = List.of(endings);
  }

  /**
   * Says whether this is a graph, which programs can only draw when it has few connections.
   *
   * @return false for matrices
   */
  public boolean graph() {
    return graph;
  }

  /**
   * Finds the format of a file by the ending of its name.
   *
   * @param file where to write
   * @return nothing if the ending is none of ours
   */
  public static Optional<ExportFormat> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings.stream().anyMatch(ending -> name.endsWith("." + ending)))
        .findFirst();
  }

  /**
   * Lists the endings of all formats.
   *
   * @return for messages
   */
  public static String allEndings() {
    return Arrays.stream(values())
        .flatMap(format -> format.endings.stream())
        .map(ending -> "." + ending)
        .collect(Collectors.joining(", "));
  }

  /** Returns the name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
