package dev.rewire.cli;

import dev.rewire.config.ConfigText;
import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.dataset.Head;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.pruning.PruningBudget;
import dev.rewire.report.LotteryPage;
import dev.rewire.sweep.LotteryResult;
import dev.rewire.sweep.LotteryResult.Round;
import dev.rewire.sweep.Outcome;
import dev.rewire.sweep.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of a lottery, one after the other, because each begins with what the last one left.
 */
final class Lottery {
  private static final String BASE = "lottery.yaml";
  private static final String PLAN = "plan.json";
  private static final String TOPOLOGY = "network.topology_from";
  private static final List<String> ARMS = List.of("ticket", "random-init", "random-topology");

  private final Console console;
  private final TrainOptions options;
  private final LotteryOptions lottery;
  private final Configuration base;
  private final RunSettings first;
  private final SharedData data;

  Lottery(Console console, TrainOptions options, LotteryOptions lottery, Configuration base) {
    this.console = console;
    this.options = options;
    this.lottery = lottery;
    this.base = base;
    first = options.settings(base);
    data = new SharedData(console, options.run.quiet);
  }

  int execute() throws IOException {
    options.checkpoints.check();
    DatasetPair pair = data.of(first);
    String name = Named.of(first.request().data());
    TrialFolder folder =
        TrialFolder.open(
            options.run.out, "lottery-" + name, BASE, ConfigText.explained(base, first));
    checkPlan(folder);
    Tickets tickets =
        new Tickets(
            folder.path().resolve("tickets").toAbsolutePath().normalize(),
            new PruningBudget.Survivors(lottery.keep(), lottery.keepOutputs()),
            lottery.step());
    RunSettings fitted = first.withRecipe(FittedRecipe.of(base).fit(first.recipe(), pair.train()));
    String metric =
        pair.train().head() == Head.REGRESSION ? "test_loss" : SweepOptions.DEFAULT_METRIC;
    List<Round> rounds = new ArrayList<>();
    boolean complete;
    boolean diverged = false;
    try (Interruption interruption =
        new Interruption(console, "finishing this step; everything that is done is kept")) {
      try {
        NetworkBuilder builder =
            StartingNetwork.builder(fitted, pair.train(), console, options.run.quiet);
        tickets.writeInitial(builder, fitted, pair, interruption);
        complete = true;
        for (int round = 0; round <= lottery.rounds && complete && !diverged; round++) {
          List<Trial> trials = trials(round, folder, tickets, fitted);
          Map<String, Outcome> outcomes = run(trials, folder, interruption, metric);
          complete = outcomes.size() == trials.size();
          Outcome ticket = outcomes.get(trials.getFirst().folder());
          diverged = ticket != null && ticket.diverged();
          if (complete && !diverged) {
            rounds.add(round(round, trials, outcomes, tickets, metric));
            tell(folder, name, new LotteryResult(metric, arms(), rounds), false);
          }
        }
      } catch (IOException | RuntimeException failure) {
        if (interruption.stop()) {
          // closing ends the process, so nobody else will tell
          console.say("rewire: %s", String.valueOf(failure));
        }
        throw failure;
      }
      if (!rounds.isEmpty()) {
        tell(folder, name, new LotteryResult(metric, arms(), rounds), true);
      }
      if (!complete) {
        console.say(
            "%d of %d rounds are finished; the same command goes on with --out %s",
            rounds.size(), lottery.rounds + 1, RunReport.shell(folder.path().toString()));
        return ExitCode.INTERRUPTED;
      }
    }
    return diverged ? ExitCode.DIVERGED : ExitCode.OK;
  }

  private List<String> arms() {
    return lottery.controls ? ARMS : ARMS.subList(0, 1);
  }

  /** Tickets of other shares would not fit those that are there. */
  private void checkPlan(TrialFolder folder) throws IOException {
    Map<String, @Nullable Object> plan = new LinkedHashMap<>();
    plan.put("keep", lottery.keep());
    plan.put("keep_outputs", lottery.keepOutputs());
    plan.put("rewind_to", lottery.step());
    String now = Json.line(plan) + "\n";
    Path file = folder.path().resolve(PLAN);
    if (Files.exists(file) && !Files.readString(file).equals(now)) {
      throw new UsageException(
          "%s holds a lottery with other shares or steps (%s): give a new folder by --out"
              .formatted(folder.path(), Files.readString(file).strip()));
    }
    folder.write(PLAN, now);
  }

  private List<Trial> trials(int round, TrialFolder folder, Tickets tickets, RunSettings fitted)
      throws IOException {
    long seed = fitted.recipe().plan().seed();
    if (round == 0) {
      return List.of(trial("round 0", seed, base, first, "round-0"));
    }
    tickets.writeTicket(
        folder.path().resolve("round-" + (round - 1)).resolve(RunFolder.MODEL), round);
    RunSettings settings =
        WarmStart.of(
            ModelFile.read(tickets.ticket(round)),
            fitted.withBeginning(
                fitted.beginning().withModel(tickets.ticket(round), lottery.step() > 0)));
    List<Trial> trials = new ArrayList<>();
    trials.add(trial("round " + round, seed, base, settings, "round-" + round));
    if (lottery.controls) {
      // weights of the same seed would be nearly those of the ticket in the first neurons
      long other = seed + 1;
      trials.add(control("random-init", round, other, tickets.ticket(round)));
      Trial elsewhere = control("random-topology", round, other, tickets.elsewhere(round));
      RunSettings drawn =
          elsewhere
              .settings()
              .withRecipe(fitted.recipe().withPlan(elsewhere.settings().recipe().plan()));
      tickets.writeElsewhere(drawn.recipe().network(data.of(first).train()), round, other);
      trials.add(elsewhere);
    }
    return trials;
  }

  private Trial control(String arm, int round, long seed, Path topology) {
    Setting setting = new Setting(arm + " " + round, Map.of(TOPOLOGY, topology.toString()));
    Configuration configuration = setting.on(base, seed);
    return trial(
        setting.name(),
        seed,
        configuration,
        options.settings(configuration),
        "round-%d-%s".formatted(round, arm));
  }

  private static Trial trial(
      String name, long seed, Configuration configuration, RunSettings settings, String folder) {
    return new Trial(
        new Setting(name, Map.of()), seed, configuration, settings, Trial.Length.EXACT, folder);
  }

  private Map<String, Outcome> run(
      List<Trial> trials, TrialFolder folder, Interruption interruption, String metric)
      throws IOException {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    List<Trial> missing = new ArrayList<>();
    for (Trial trial : trials) {
      Optional<Outcome> before = folder.finished(trial);
      before.ifPresentOrElse(
          outcome -> outcomes.put(trial.folder(), outcome), () -> missing.add(trial));
    }
    TrialQueue queue =
        new TrialQueue(
            console, options.run.quiet, options.checkpoints, options.tensorBoard, folder, data, 1);
    queue.refuseIfTooLarge(missing);
    SweepProgress progress =
        new SweepProgress(
            console,
            options.run.quiet,
            trials.size(),
            outcomes.size(),
            queue.epochs(missing),
            metric);
    queue.run(
        missing, interruption, progress, (trial, outcome) -> outcomes.put(trial.folder(), outcome));
    return outcomes;
  }

  private Round round(
      int number, List<Trial> trials, Map<String, Outcome> outcomes, Tickets tickets, String metric)
      throws IOException {
    Network network = ModelFile.read(number == 0 ? tickets.initial() : tickets.ticket(number));
    double[] values = new double[arms().size()];
    Arrays.fill(values, Double.NaN);
    for (int a = 0; a < trials.size(); a++) {
      Outcome outcome = outcomes.get(trials.get(a).folder());
      values[a] = outcome == null ? Double.NaN : outcome.metric(metric);
    }
    return new Round(number, network.connections(), 1 - network.sparsity(), values);
  }

  private void tell(TrialFolder folder, String name, LotteryResult result, boolean last)
      throws IOException {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("lottery", folder.path().toString());
    json.put("metric", result.metric());
    json.put("complete", result.rounds().size() == lottery.rounds + 1);
    json.put("rounds", result.json());
    folder.write("lottery.csv", result.csv());
    folder.write("lottery.md", result.markdown());
    folder.write("lottery.json", Json.line(json) + "\n");
    LotteryPage.write(name, result, folder.path().resolve("lottery.html"));
    if (!last) {
      return;
    }
    if (options.run.json) {
      console.out().println(Json.line(json));
    } else {
      console.out().printf("%s of each round%n%n", result.metric().replace('_', ' '));
      Table.of(result.table()).print(console.out());
      console.out().printf("%nreport  %s%n", folder.path().resolve("lottery.html"));
    }
  }
}
