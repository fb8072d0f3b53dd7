package dev.rewire.cli;

import dev.rewire.bench.Bench;
import dev.rewire.bench.Caches;
import dev.rewire.bench.Scope;
import dev.rewire.layer.Compute;
import dev.rewire.report.BenchPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures this machine. */
@Command(
    name = "bench",
    header = "Measures where sparse beats dense on this machine, and how near its limits.",
    description = {
      "",
      "Three measurements, a few minutes in all:",
      "  1. The training step of one layer, sparse against dense, by width, batch and density:"
          + " how many times faster sparse is, and the density from which on dense wins.",
      "  2. Each kernel against the bandwidth of the cache or memory that holds the activations.",
      "  3. What more threads bring.",
      "Writes bench.json and bench.html to a folder of their own. Other programs make the numbers"
          + " worse: let the machine rest meanwhile. Ctrl-C keeps what has been measured.",
      "",
      "Examples:",
      "  rewire bench --quick             fewer points, half a minute",
      "  rewire bench --out bench/laptop",
      "  rewire bench --threads 1 --json  for scripts",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire bench [OPTIONS]",
    optionListHeading = "%n",
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  private final Console console;
  private final Scope full;
  private final Caches caches;

  @Option(names = "--quick", description = "Fewer points, each for a shorter time.")
  boolean quick;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with, and the most to compare (default: all processors).")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results; new or empty (default: runs/bench-TIME).")
  @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object, the last line of the output.")
  boolean json;

  @Option(names = "--quiet", description = "Do not show progress.")
  boolean quiet;

  @Mixin HelpOption help = new HelpOption();

  BenchCommand(Console console) {
    this(console, Scope.full(), Caches.ofMachine());
  }

  /** Measures as much as it is told without --quick. */
  BenchCommand(Console console, Scope full, Caches caches) {
    this.console = console;
    this.full = full;
    this.caches = caches;
  }

  @Override
  public Integer call() throws IOException {
    Limit.AT_LEAST_1.check("--threads", threads);
    RunFolder.check(out);
    RunFolder folder = RunFolder.create(out, "bench");
    int most = threads == null ? Compute.defaultThreads() : threads;
    try (Interruption interruption =
        new Interruption(console, "finishing this measurement and writing what there is")) {
      Bench bench =
          Bench.run(
              quick ? Scope.quick() : full,
              most,
              caches,
              new BenchProgress(console, quiet, interruption::stop));
      BenchReport report = new BenchReport(bench);
      Map<String, @Nullable Object> words = report.json();
      words.put("out", folder.path().toString());
      Files.writeString(folder.path().resolve("bench.json"), Json.line(words) + "\n");
      BenchPage.write(bench, report.machine(), folder.path().resolve("bench.html"));
      if (json) {
        console.out().println(Json.line(words));
      } else {
        report.print(console.out());
        console.out().printf("%njson    %s%n", folder.path().resolve("bench.json"));
        console.out().printf("report  %s%n", folder.path().resolve("bench.html"));
      }
      return bench.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }
  }
}
