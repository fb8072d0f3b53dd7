package dev.rewire.cli;

import dev.rewire.measure.PowerLaw;
import dev.rewire.model.AtomicFile;
import dev.rewire.report.ComparePage;
import dev.rewire.report.CompareTables;
import dev.rewire.trajectory.ClassicalScaling;
import dev.rewire.trajectory.DistanceMap;
import dev.rewire.trajectory.RunComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Several runs side by side. */
@Command(
    name = "compare",
    header = "Puts runs side by side: what they learned, where they look, how far apart they are.",
    description = {
      "",
      "Learning curves over epochs and over seconds, the polarity of the first layer, degrees, the"
          + " distance of the topologies of every two runs (NNSTD, whatever the order of neurons),"
          + " and a map on which each run is a path from its start to its end. The folder of a"
          + " sweep or study stands for all of its runs; runs that still train can be looked at.",
      "",
      "Examples:",
      "  rewire compare runs/A runs/B",
      "  rewire compare sweeps/decay --out decay.html      all runs of a sweep",
      "  rewire compare runs/A runs/B --moments 10 --json  more places on each path",
      "",
    },
    synopsisHeading = "Usage: ",
    optionListHeading = "%n",
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of runs, or of sweeps and studies.")
  List<Path> places = new ArrayList<>();

  @Option(
      names = "--moments",
      paramLabel = "N",
      description =
          "Moments of each run that are put on the map, 2 or more (default: 5); the work grows with"
              + " the square of all moments.")
  int moments = 5;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; no result depends on it (default: all processors).")
  @Nullable Integer threads;

  @Option(names = "--out", paramLabel = "FILE", description = "The page (default: compare.html).")
  Path out = Path.of("compare.html");

  @Option(
      names = "--json",
      description = "Print the result as one JSON object, the last line of the output.")
  boolean json;

  @Option(names = "--quiet", description = "Do not show progress.")
  boolean quiet;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Limit.AT_LEAST_1.check("--threads", threads);
    if (moments < 2) {
      throw new UsageException("--moments must be 2 or more, not " + moments);
    }
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    RunComparison comparison = new RunsToCompare(console, quiet, moments, workers).read(places);
    AtomicFile.write(out, ComparePage.html(comparison));
    if (json) {
      console.out().println(Json.line(json(comparison)));
    } else {
      print(comparison);
      console.out().printf("%npage    %s%n", out);
      console.out().flush();
    }
    return ExitCode.OK;
  }

  private void print(RunComparison comparison) {
    CompareTables tables = new CompareTables(comparison);
    table(tables.runs());
    console
        .out()
        .printf("%nAt equal seconds, after %s each%n%n", Say.duration(comparison.budget()));
    table(tables.equalSeconds());
    console.out().printf("%nAt equal parameters%n%n");
    table(tables.equalParameters());
    DistanceMap map = comparison.map();
    if (map == null) {
      console.out().printf("%n%s%n", comparison.unmapped());
    } else {
      console.out().printf("%nDistance of the topologies at the end (NNSTD)%n%n");
      table(tables.distances(map));
    }
  }

  private void table(List<List<String>> rows) {
    Table.of(rows).print(console.out());
  }

  private Map<String, @Nullable Object> json(RunComparison comparison) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    double budget = comparison.budget();
    json.put(
        "runs", comparison.runs().stream().map(run -> json(run, run.epochWithin(budget))).toList());
    json.put("seconds_of_all", budget);
    json.put(
        "equal_parameters",
        comparison.equalParameters().stream()
            .map(group -> group.stream().map(RunComparison.Run::name).toList())
            .toList());
    DistanceMap map = comparison.map();
    if (map != null) {
      json.put("distances", map.last(comparison.runs().size()));
      json.put("moments", map.moments());
      json.put("moment_distances", map.distances());
      ClassicalScaling scaling = map.map();
      json.put("map_x", scaling.x());
      json.put("map_y", scaling.y());
      json.put("map_explained", scaling.explained());
    } else {
      json.put("distances", null);
      json.put("why_no_distances", comparison.unmapped());
    }
    json.put("page", out.toString());
    return json;
  }

  private static Map<String, @Nullable Object> json(RunComparison.Run run, int within) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("run", run.name());
    json.put("epochs", run.trajectory().epochs());
    json.put("connections", run.last().connections());
    json.put("test_accuracy", Json.number(run.last().test().accuracy()));
    json.put("test_loss", Json.number(run.last().test().loss()));
    json.put("seconds", run.seconds()[run.trajectory().epochs() - 1]);
    json.put("epoch_at_equal_seconds", within);
    json.put(
        "test_accuracy_at_equal_seconds",
        within == 0 ? null : Json.number(run.trajectory().report(within).test().accuracy()));
    var look = run.trajectory().look(run.trajectory().epochs());
    if (look != null) {
      json.put("center_mean_ratio", look.trend().centerMeanRatio());
      json.put("polarity", look.polarity().index());
      json.put("polarity_interval", List.of(look.polarity().low(), look.polarity().high()));
    }
    PowerLaw law = run.law();
    if (law != null) {
      json.put("power_law_alpha", Json.number(law.alpha()));
      json.put("power_law_p", Json.number(law.p()));
    }
    return json;
  }
}
