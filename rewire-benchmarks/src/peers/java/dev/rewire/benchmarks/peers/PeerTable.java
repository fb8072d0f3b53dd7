package dev.rewire.benchmarks.peers;

import dev.rewire.benchmarks.Child;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Options;
import dev.rewire.benchmarks.Report;
import dev.rewire.benchmarks.RewireKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the three products of a sparse layer, the library's beside those of other systems. */
public final class PeerTable {
  /** Dense matrices larger than this are not even tried. */
  private static final long MOST_CELLS = 4096L * 4096;

  private static final List<String> PEERS =
      List.of("MKL sparse", "EJML", "MKL dense", "PyTorch dense");

  /** A column of a table: of which peer, which of its products. */
  private record Column(String title, String peer, String product) {}

  private PeerTable() {}

  /**
   * Runs all layers, or those named.
   *
   * @param args layers, for example {@code 3000x3000}, and {@code --threads N}
   * @throws Child.FailedException when a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    Options options = Options.of(args, 1);
    List<String> layers = options.namesOr(LayerProblem.LAYERS);
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
    for (String layer : layers) {
      System.err.println("measuring " + key(layer, "Rewire"));
      seconds.put(
          key(layer, "Rewire"), Child.run(RewireKernels.class, layer, options.threads(), "vector"));
      for (String peer : PEERS) {
        if (!isDense(peer) || LayerProblem.cells(layer) <= MOST_CELLS) {
          System.err.println("measuring " + key(layer, peer));
          seconds.put(key(layer, peer), Child.run(Peer.class, peer, layer, options.threads()));
        }
      }
    }
    Report.title("A sparse layer against other systems", options.threads());
    Report.print(
        "GFLOP/s from the fastest run, and in brackets how many times faster Rewire is (below 1:"
            + " slower). Dense products count all cells of the matrix as operations; the ratio is"
            + " that of the times. All results agree to a relative 1e-4.");
    print(
        "Forward",
        "forward",
        layers,
        seconds,
        new Column("MKL sparse", "MKL sparse", "forward"),
        new Column("MKL sparse, optimized, weights frozen", "MKL sparse", "forward, frozen"),
        new Column("EJML sparse", "EJML", "forward"),
        new Column("MKL dense", "MKL dense", "forward"),
        new Column("PyTorch dense", "PyTorch dense", "forward"));
    print(
        "Input gradient",
        "input gradient",
        layers,
        seconds,
        new Column("MKL sparse transposed", "MKL sparse", "input gradient"),
        new Column("optimized, weights frozen", "MKL sparse", "input gradient, frozen"),
        new Column("optimized anew", "MKL sparse", "input gradient, refreshed"),
        new Column("EJML sparse", "EJML", "input gradient"),
        new Column("MKL dense", "MKL dense", "input gradient"),
        new Column("PyTorch dense", "PyTorch dense", "input gradient"));
    print(
        "Weight gradient and step of momentum (neither sparse library has it)",
        "weight gradient",
        layers,
        seconds,
        new Column("MKL dense", "MKL dense", "weight gradient"),
        new Column("PyTorch dense", "PyTorch dense", "weight gradient"));
  }

  private static void print(
      String title,
      String product,
      List<String> layers,
      Map<String, Map<String, Double>> seconds,
      Column... columns) {
    Report.print("%n### %s%n", title);
    List<String> head = new ArrayList<>(List.of("layer", "Rewire"));
    for (Column column : columns) {
      head.add(column.title());
    }
    Report.head(head.toArray(String[]::new));
    for (String layer : layers) {
      double sparse = 2e-9 * LayerProblem.BATCH * LayerProblem.connections(layer);
      double dense = 2e-9 * LayerProblem.BATCH * LayerProblem.cells(layer);
      double rewire =
          seconds.getOrDefault(key(layer, "Rewire"), Map.of()).getOrDefault(product, Double.NaN);
      List<String> row =
          new ArrayList<>(List.of(layer, String.format(Locale.ROOT, "%.1f", sparse / rewire)));
      for (Column column : columns) {
        Double time =
            seconds.getOrDefault(key(layer, column.peer()), Map.of()).get(column.product());
        row.add(
            time == null
                ? "–"
                : String.format(
                    Locale.ROOT,
                    "%.1f (%.2f×)",
                    (isDense(column.peer()) ? dense : sparse) / time,
                    time / rewire));
      }
      Report.row(row);
    }
  }

  private static boolean isDense(String peer) {
    return peer.endsWith("dense");
  }

  private static String key(String layer, String side) {
    return layer + " " + side;
  }
}
