package dev.rewire.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH class and turns times into GFLOP/s: two operations a connection and sample. */
public final class Results {
  private final List<RunResult> runs;

  private Results(Collection<RunResult> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * Runs all benchmarks of a class for one layer.
   *
   * @param benchmarks a JMH class with a parameter {@code layer}
   * @param layer for example {@code 784x1000}
   * @return what came out
   * @throws RunnerException when a benchmark fails
   */
  public static Results run(Class<?> benchmarks, String layer) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include("^" + benchmarks.getName() + "\\.");
    options.param("layer", layer);
    options.verbosity(VerboseMode.SILENT);
    options.shouldFailOnError(true);
    return new Results(new Runner(options.build()).run());
  }

  /**
   * Returns the speed of one benchmark, from the fastest of its iterations: what other programs
   * take away from the machine never makes a loop faster.
   *
   * @param method its name
   * @param parameters {@code key=value}
   * @return GFLOP/s
   */
  public double gflops(String method, String... parameters) {
    RunResult run = find(method, parameters);
    return gflops(run, run.getPrimaryResult());
  }

  /**
   * Returns the speed of one benchmark in each of its JVMs.
   *
   * @param method its name
   * @return GFLOP/s, slowest first
   */
  public double[] gflopsOfForks(String method) {
    RunResult run = find(method);
    return run.getBenchmarkResults().stream()
        .mapToDouble(fork -> gflops(run, fork.getPrimaryResult()))
        .sorted()
        .toArray();
  }

  private static double gflops(RunResult run, Result<?> result) {
    String layer = run.getParams().getParam("layer");
    int epsilon = Integer.parseInt(run.getParams().getParam("epsilon"));
    int batch = Integer.parseInt(run.getParams().getParam("batch"));
    double micros = result.getStatistics().getMin();
    return 2.0 * SparseLayer.connections(layer, epsilon) * batch / (micros * 1e3);
  }

  private RunResult find(String method, String... parameters) {
    List<RunResult> found = new ArrayList<>();
    for (RunResult run : runs) {
      boolean fits = run.getParams().getBenchmark().endsWith("." + method);
      for (String parameter : parameters) {
        String[] pair = parameter.split("=", 2);
        fits &= pair[1].equals(run.getParams().getParam(pair[0]));
      }
      if (fits) {
        found.add(run);
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(found.size() + " results of " + method);
    }
    return found.getFirst();
  }

  /**
   * Prints a line of a table.
   *
   * @param format for {@link String#formatted}
   * @param values its arguments
   */
  public static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /**
   * Prints what the numbers depend on.
   *
   * @param what title of the table
   */
  public static void printHeading(String what) {
    print("%s", what);
    print(
        "%s, %s %s, Java %s, vectors of %s bits, one thread, batch 128, epsilon 20",
        LocalDate.now(),
        System.getProperty("os.name"),
        processor(),
        System.getProperty("java.vm.version"),
        Integer.toString(Integer.getInteger("rewire.vectorBits", preferredBits())));
    print("");
  }

  private static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
