package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import dev.rewire.config.RunSettings;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.study.Arm;
import dev.rewire.study.Section;
import dev.rewire.study.Study;
import dev.rewire.sweep.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a study are to be done, and how.
 *
 * @param study the question
 * @param dataset what its runs learn instead of what the study says, or null
 * @param base settings that are the same in all runs
 * @param arms that were asked for
 * @param seeds of each arm
 * @param most epochs of a run at most
 * @param threads of a run
 * @param dataDir folder of named data sets, or null
 */
record StudyPlan(
    Study study,
    @Nullable String dataset,
    Configuration base,
    List<Arm> arms,
    List<Long> seeds,
    int most,
    int threads,
    @Nullable Path dataDir) {
  private static final String DATASET = "data.dataset";

  static StudyPlan of(
      Study study,
      @Nullable String dataset,
      List<String> only,
      List<Long> seeds,
      @Nullable Integer most,
      @Nullable Integer threads,
      int parallel,
      @Nullable Path dataDir) {
    Configuration base = Configuration.EMPTY;
    for (Map.Entry<String, String> setting : study.base().entrySet()) {
      base = base.with(Keys.require(setting.getKey(), study.id()), setting.getValue(), Origin.SET);
    }
    int all = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return new StudyPlan(
        study,
        dataset,
        base,
        arms(study, only),
        seeds,
        most == null ? Integer.MAX_VALUE : most,
        Math.max(1, all / parallel),
        dataDir);
  }

  private static List<Arm> arms(Study study, List<String> only) {
    if (only.isEmpty()) {
      return study.arms();
    }
    List<Arm> arms = new ArrayList<>();
    for (String name : only) {
      List<Arm> found =
          study.sections().stream()
              .flatMap(section ->
                  section.arms().stream()
                      .filter(arm -> section.id().equals(name) || arm.id().equals(name)))
              .toList();
      if (found.isEmpty()) {
        throw new UsageException(
            "--only %s is no section and no arm of %s: --list has their names"
                .formatted(name, study.id()));
      }
      found.stream().filter(arm -> !arms.contains(arm)).forEach(arms::add);
    }
    return arms;
  }

  boolean asksFor(String arm) {
    return arms.stream().anyMatch(each -> each.id().equals(arm));
  }

  /**
   * All runs: every arm with the first seed, then every arm with the next one.
   *
   * @param folder where the runs are whose topologies others begin with
   */
  List<Trial> trials(Path folder) {
    List<Trial> trials = new ArrayList<>();
    for (long seed : seeds) {
      arms.forEach(arm -> trials.add(trial(arm, seed, folder)));
    }
    return trials;
  }

  /** One run, with the length that was asked for. */
  Trial trial(Arm arm, long seed, Path folder) {
    Configuration configuration =
        new Setting(settings(arm))
            .on(base, seed)
            .with(
                Keys.require("training.epochs", study.id()),
                String.valueOf(Math.min(most, arm.epochs())),
                Origin.SWEEP)
            .with(
                Keys.require("training.threads", study.id()),
                String.valueOf(threads),
                Origin.SWEEP);
    if (arm.wiring().isPresent()) {
      configuration =
          configuration.with(
              Keys.require(Arm.WIRING, study.id()),
              folder.resolve(source(arm).setting().folder(seed)).toAbsolutePath().toString(),
              Origin.SWEEP);
    }
    String data = dataset == null ? study.dataset() : dataset;
    RunSettings settings = configuration.settle(DatasetRequest.of(data), dataDir);
    return new Trial(arm.setting(), seed, configuration, settings, Trial.Length.AT_LEAST);
  }

  /** What is special about a section and an arm. */
  private Map<String, String> settings(Arm arm) {
    Map<String, String> settings = new LinkedHashMap<>(study.sectionOf(arm).base());
    settings.putAll(arm.setting().values());
    if (dataset != null) {
      settings.remove(DATASET);
    }
    return settings;
  }

  /** Names of the data that the arms learn. */
  String datasets() {
    return arms.stream()
        .map(
            arm -> settings(arm).getOrDefault(DATASET, dataset == null ? study.dataset() : dataset))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The arm whose last topology another one begins with. */
  Arm source(Arm arm) {
    return study.arm(arm.wiring().orElseThrow()).orElseThrow();
  }

  void print(PrintWriter out) {
    for (Section section : study.sections()) {
      List<Arm> own = section.arms().stream().filter(arms::contains).toList();
      if (own.isEmpty()) {
        continue;
      }
      out.printf("%s: %s%n", section.id(), section.title());
      Table table = new Table("<arm", "epochs", "<what", "<settings");
      for (Arm arm : own) {
        table.row(
            "  " + arm.id(),
            String.valueOf(Math.min(most, arm.epochs())),
            arm.title(),
            arm.setting().values().isEmpty() ? "-" : arm.setting().label());
      }
      table.print(out);
    }
    long epochs = arms.stream().mapToLong(arm -> Math.min(most, arm.epochs())).sum();
    out.printf(
        "%s with %s: %s, %s%n",
        Say.plural(arms.size(), "arm"),
        Say.plural(seeds.size(), "seed"),
        Say.plural((long) arms.size() * seeds.size(), "run"),
        Say.plural(epochs * seeds.size(), "epoch"));
    out.flush();
  }
}
