package dev.rewire.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.rewire.bench.Bench;
import dev.rewire.bench.Ceiling;
import dev.rewire.bench.Race;
import dev.rewire.bench.Scaling;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts measurements into tables and JSON.
 *
 * @param bench what was measured
 */
record BenchReport(Bench bench) {

  /** What it was measured on. */
  Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    machine.put("processor", Machine.processor());
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("L2 cache", (bench.caches().l2() >> 10) + " KiB");
    machine.put("L3 cache", (bench.caches().l3() >> 10) + " KiB");
    machine.put("memory", Say.bytes(system.getTotalMemorySize()));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", Version.ofJava());
    machine.put("kernels", Version.ofKernels());
    machine.put("rewire", Version.ofRewire());
    machine.put("time", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return machine;
  }

  void print(PrintWriter out) {
    race(out);
    Ceiling ceiling = bench.ceiling();
    if (ceiling != null) {
      ceiling(out, ceiling);
    }
    Scaling scaling = bench.scaling();
    if (scaling != null) {
      scaling(out, scaling);
    }
    if (bench.interrupted()) {
      out.println("\ninterrupted: the rest was not measured");
    }
  }

  private void race(PrintWriter out) {
    out.printf(
        "Training step of one layer: how many times faster sparse is than dense (%s)%n%n",
        Say.plural(bench.threads(), "thread"));
    List<String> headings = new ArrayList<>(List.of("width", "batch"));
    bench.scope().densities().forEach(d -> headings.add(share(d)));
    headings.add("dense ms");
    headings.add("<dense wins from");
    Table table = new Table(headings.toArray(String[]::new));
    bench
        .race()
        .curves()
        .forEach((curve, heats) -> {
          List<String> cells = new ArrayList<>();
          cells.add(Say.count(curve.width()));
          cells.add(Say.count(curve.batch()));
          for (int d = 0; d < bench.scope().densities().size(); d++) {
            cells.add(d < heats.size() ? times(heats.get(d).speedUp()) : "-");
          }
          cells.add(number("%.3f", 1000 * heats.getFirst().denseSeconds()));
          cells.add(crossover(Race.crossover(heats)));
          table.row(cells.toArray(String[]::new));
        });
    table.print(out);
  }

  static String crossover(double density) {
    return density <= 0 ? "the start" : density >= 1 ? "nowhere" : share(density);
  }

  private static String share(double density) {
    return number("%.1f %%", 100 * density).replace(".0 ", " ");
  }

  private static String times(double speedUp) {
    return number(speedUp < 9.95 ? "%.2f" : "%.1f", speedUp);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void ceiling(PrintWriter out, Ceiling ceiling) {
    out.printf(
        "%nKernels against the bandwidth of the level that holds the activations (1 thread, batch"
            + " %d, epsilon %.0f)%n%n",
        bench.scope().batch(), bench.scope().epsilon());
    Table table =
        new Table(
            "<level",
            "neurons",
            "connections",
            "read GB/s",
            "<kernel",
            "GFLOP/s",
            "ceiling",
            "reached",
            "goal");
    for (Ceiling.Rate rate : ceiling.rates()) {
      table.row(
          rate.level(),
          Say.count(rate.neurons()),
          Say.count(rate.connections()),
          number("%.1f", 2 * rate.ceiling()),
          rate.kernel().title(),
          number("%.1f", rate.gigaflops()),
          number("%.1f", rate.ceiling()),
          number("%.0f %%", 100 * rate.fraction()),
          number("%.0f %%", 100 * rate.kernel().target()));
    }
    table.print(out);
  }

  private static void scaling(PrintWriter out, Scaling scaling) {
    out.printf("%nThreads: how many times faster than one%n%n");
    List<String> headings = new ArrayList<>(List.of("<what", "<part", "1 thread, ms"));
    scaling.runs().stream()
        .map(Scaling.Run::threads)
        .filter(threads -> threads > 1)
        .distinct()
        .sorted()
        .forEach(threads -> headings.add(String.valueOf(threads)));
    Table table = new Table(headings.toArray(String[]::new));
    scaling
        .curves()
        .forEach((curve, runs) -> {
          List<String> cells = new ArrayList<>();
          cells.add(curve.what());
          cells.add(curve.kernel().title());
          cells.add(number("%.3f", 1000 * runs.getFirst().seconds()));
          for (int r = 1; r + 2 < headings.size(); r++) {
            cells.add(
                r < runs.size() ? times(runs.getFirst().seconds() / runs.get(r).seconds()) : "-");
          }
          table.row(cells.toArray(String[]::new));
        });
    table.print(out);
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("machine", machine());
    json.put("threads", bench.threads());
    json.put("interrupted", bench.interrupted());
    json.put("race", bench.race().heats().stream().map(BenchReport::json).toList());
    List<Map<String, @Nullable Object>> crossovers = new ArrayList<>();
    bench
        .race()
        .curves()
        .forEach((curve, heats) -> {
          Map<String, @Nullable Object> words = new LinkedHashMap<>();
          words.put("width", curve.width());
          words.put("batch", curve.batch());
          double density = Race.crossover(heats);
          words.put("dense_wins_from", density < 1 ? density : null);
          crossovers.add(words);
        });
    json.put("crossovers", crossovers);
    Ceiling ceiling = bench.ceiling();
    json.put(
        "bandwidths",
        ceiling == null ? null : ceiling.bandwidths().stream().map(BenchReport::json).toList());
    json.put(
        "ceilings",
        ceiling == null ? null : ceiling.rates().stream().map(BenchReport::json).toList());
    Scaling scaling = bench.scaling();
    json.put(
        "threads_scaling",
        scaling == null ? null : scaling.runs().stream().map(BenchReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(Race.Heat heat) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("width", heat.width());
    json.put("batch", heat.batch());
    json.put("density", heat.density());
    json.put("sparse_ms", 1000 * heat.sparseSeconds());
    json.put("dense_ms", 1000 * heat.denseSeconds());
    json.put("speed_up", heat.speedUp());
    return json;
  }

  private static Map<String, Object> json(Ceiling.Read read) {
    return Map.of("bytes", read.bytes(), "random", read.random(), "gb_per_s", read.gigabytes());
  }

  private static Map<String, Object> json(Ceiling.Rate rate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("level", rate.level());
    json.put("neurons", rate.neurons());
    json.put("connections", rate.connections());
    json.put("bytes", rate.bytes());
    json.put("kernel", Descriptions.word(rate.kernel()));
    json.put("gflops", rate.gigaflops());
    json.put("ceiling_gflops", rate.ceiling());
    json.put("fraction", rate.fraction());
    return json;
  }

  private static Map<String, Object> json(Scaling.Run run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", run.what());
    json.put("kernel", Descriptions.word(run.kernel()));
    json.put("threads", run.threads());
    json.put("ms", 1000 * run.seconds());
    return json;
  }
}
