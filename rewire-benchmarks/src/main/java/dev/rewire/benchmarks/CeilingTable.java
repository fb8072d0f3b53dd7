package dev.rewire.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints how fast this machine reads memory, and how much of that the three products of the library
 * use.
 *
 * <p>A connection reads {@code 4 * batch} bytes of activations for {@code 2 * batch} operations, so
 * half the bandwidth in GB/s is the most that there can be in GFLOP/s.
 */
public final class CeilingTable {
  private static final List<Long> STRETCHES = List.of(16L << 10, 256L << 10, 8L << 20, 1L << 30);
  private static final List<Long> SETS =
      List.of(100_000L, 400_000L, 1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L);
  private static final List<Integer> ROWS = List.of(64, 128, 256, 512);

  private CeilingTable() {}

  /**
   * Runs everything.
   *
   * @param args layers, for example {@code 3000x3000}; {@code --threads N} for the layers
   * @throws Child.FailedException when a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    Options options = Options.of(args, 1);
    Report.title("Read bandwidth, GB/s, and what it allows, GFLOP/s", options.threads());
    Report.head("what", "working set", "1 thread", "allows", "2 threads", "allows");
    for (long bytes : STRETCHES) {
      row("one stretch", bytes, 0);
    }
    for (int rowBytes : ROWS) {
      for (long bytes : SETS) {
        row("random rows of " + rowBytes + " bytes", bytes, rowBytes);
      }
    }
    Report.print("");
    layers(options);
  }

  private static void row(String what, long bytes, int row) throws Child.FailedException {
    double one = bandwidth(1, bytes, row);
    double two = bandwidth(2, bytes, row);
    Report.row(
        List.of(
            what,
            size(bytes),
            Report.digits(one),
            Report.digits(one / 2),
            Report.digits(two),
            Report.digits(two / 2)));
  }

  private static void layers(Options options) throws Child.FailedException {
    Report.print(
        "### The products of Rewire, GFLOP/s, and which part of the ceiling they reach, threads: %s",
        options.threads());
    Report.print("");
    Report.print(
        "The ceiling is that of random rows of 512 bytes (a batch of 128) from a working set as"
            + " large as the activations that the product reads. In batch tiles rows are shorter"
            + " and the working set smaller: the best of 64, 128, 256 and 512 bytes is beside it.");
    Report.print("");
    Report.head("layer", "activations", "product", "GFLOP/s", "ceiling", "part", "tiles", "part");
    for (String layer : options.namesOr(LayerProblem.LAYERS)) {
      Map<String, Double> seconds =
          Child.run(RewireKernels.class, layer, options.threads(), "vector");
      double operations = 2e-9 * LayerProblem.BATCH * LayerProblem.connections(layer);
      for (String product : List.of("forward", "input gradient", "weight gradient")) {
        int side = product.equals("input gradient") ? 1 : 0;
        long bytes = (long) LayerProblem.side(layer, side) * LayerProblem.BATCH * Float.BYTES;
        double whole = bandwidth(options.threads(), bytes, 512) / 2;
        double tiles = whole;
        for (int row : List.of(64, 128, 256)) {
          tiles = Math.max(tiles, bandwidth(options.threads(), bytes * row / 512, row) / 2);
        }
        double speed = operations / seconds.getOrDefault(product, Double.NaN);
        Report.row(
            List.of(
                layer,
                size(bytes),
                product,
                Report.digits(speed),
                Report.digits(whole),
                Math.round(100 * speed / whole) + " %",
                Report.digits(tiles),
                Math.round(100 * speed / tiles) + " %"));
      }
    }
  }

  private static double bandwidth(int threads, long bytes, int row) throws Child.FailedException {
    List<Object> args = new ArrayList<>(List.of(threads, bytes, row));
    return Child.run(Bandwidth.class, args.toArray()).values().iterator().next();
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? Report.digits(bytes / 1e3) + " KB"
        : bytes < 1_000_000_000
            ? Report.digits(bytes / 1e6) + " MB"
            : Report.digits(bytes / 1e9) + " GB";
  }
}
