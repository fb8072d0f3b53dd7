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
      List.of(
          100_000L, 400_000L, 1_000_000L, 2_500_000L, 10_000_000L, 100_000_000L, 1_000_000_000L);
  private static final List<Integer> ROWS = List.of(64, 128, 256, 512);

  /** Of a batch. */
  private static final int WHOLE_ROW = LayerProblem.BATCH * Float.BYTES;

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
    List<Object> wanted = new ArrayList<>();
    STRETCHES.forEach(bytes -> wanted.addAll(List.of(bytes, 0)));
    ROWS.forEach(row -> SETS.forEach(bytes -> wanted.addAll(List.of(bytes, row))));
    Map<String, Double> one = bandwidths(1, wanted);
    Map<String, Double> two = bandwidths(2, wanted);
    for (String key : one.keySet()) {
      String[] parts = key.split(" ", 2);
      double single = one.getOrDefault(key, Double.NaN);
      double pair = two.getOrDefault(key, Double.NaN);
      Report.row(
          List.of(
              parts[1].equals("0") ? "one stretch" : "random rows of " + parts[1] + " bytes",
              size(Long.parseLong(parts[0])),
              Report.digits(single),
              Report.digits(single / 2),
              Report.digits(pair),
              Report.digits(pair / 2)));
    }
    Report.print("");
    layers(options);
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
      double[] inputs = ceilings(options.threads(), LayerProblem.side(layer, 0));
      double[] outputs = ceilings(options.threads(), LayerProblem.side(layer, 1));
      for (String product : List.of("forward", "input gradient", "weight gradient")) {
        boolean readsOutputs = product.equals("input gradient");
        double whole = (readsOutputs ? outputs : inputs)[0];
        double tiles = (readsOutputs ? outputs : inputs)[1];
        long bytes = bytes(LayerProblem.side(layer, readsOutputs ? 1 : 0));
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

  /** GFLOP/s with rows of the whole batch, and with the best width of batch tiles. */
  private static double[] ceilings(int threads, int neurons) throws Child.FailedException {
    List<Object> wanted = new ArrayList<>();
    for (int row : ROWS) {
      wanted.addAll(List.of(bytes(neurons) * row / WHOLE_ROW, row));
    }
    Map<String, Double> found = bandwidths(threads, wanted);
    double whole = found.getOrDefault(bytes(neurons) + " " + WHOLE_ROW, Double.NaN);
    double best = found.values().stream().mapToDouble(Double::doubleValue).max().orElse(whole);
    return new double[] {whole / 2, best / 2};
  }

  private static long bytes(int neurons) {
    return (long) neurons * WHOLE_ROW;
  }

  private static Map<String, Double> bandwidths(int threads, List<Object> wanted)
      throws Child.FailedException {
    List<Object> args = new ArrayList<>(List.of(threads));
    args.addAll(wanted);
    return Child.run(Bandwidth.class, args.toArray());
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? Report.digits(bytes / 1e3) + " KB"
        : bytes < 1_000_000_000
            ? Report.digits(bytes / 1e6) + " MB"
            : Report.digits(bytes / 1e9) + " GB";
  }
}
