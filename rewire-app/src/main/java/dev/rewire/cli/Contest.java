package dev.rewire.cli;

import dev.rewire.config.ConfigException;
import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.network.Cost;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.saliency.Start;
import dev.rewire.schedule.Moment;
import dev.rewire.sweep.Setting;
import dev.rewire.topology.LayerShape;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is compared with what: turns names of rules into settings of the same budget. Epochs are
 * chosen before the first run, so that schedules that follow the length of a run come to their end.
 */
final class Contest {
  static final String DENSE = "dense";
  static final String NARROW_DENSE = "narrow-dense";

  /** Epochs of each contender, so that a contest that is gone on with keeps them. */
  static final String FILE = "budget.json";

  private static final String RULE = "rewiring.rule";
  private static final String STATIC = "static";

  /** Names of ways to choose the first connections. */
  private static final List<String> STARTS =
      Arrays.stream(Start.values()).filter(start -> start != Start.RANDOM).map(Start::id).toList();

  private static final String EPOCHS = "training.epochs";

  /** Epochs that are trained to learn how long one takes; the first one compiles. */
  private static final int REHEARSED = 3;

  /** What is equal. */
  enum Budget {
    PARAMS,
    FLOPS,
    SECONDS
  }

  private final TrainOptions options;
  private final Configuration base;
  private final Budget budget;
  private final List<String> names;
  private final SharedData data;
  private final Console console;
  private final Map<String, Object> epochs = new LinkedHashMap<>();

  Contest(
      Console console,
      TrainOptions options,
      Configuration base,
      Budget budget,
      List<String> names) {
    this.console = console;
    this.options = options;
    this.base = base;
    this.budget = budget;
    List<String> all = new ArrayList<>(names);
    if (!all.contains(NARROW_DENSE)) {
      all.add(NARROW_DENSE);
    }
    if (all.stream().distinct().count() < all.size()) {
      throw new UsageException("--rules names a rule twice: " + String.join(",", names));
    }
    this.names = List.copyOf(all);
    data = new SharedData(console, options.run.quiet);
  }

  /** What {@link #contenders} chose. */
  String epochs() {
    return Json.line(epochs) + "\n";
  }

  List<Setting> contenders() throws IOException {
    List<Setting> settings = names.stream().map(this::contender).toList();
    if (budget == Budget.PARAMS) {
      return settings;
    }
    RunSettings first = settings(settings.getFirst());
    int epochs = first.recipe().plan().epochs();
    Map<String, Object> known = known();
    double all = known.isEmpty() ? epochs * perEpoch(settings.getFirst(), first) : 0;
    List<Setting> equal = new ArrayList<>(settings.subList(0, 1));
    for (Setting setting : settings.subList(1, settings.size())) {
      long own =
          known.get(setting.name()) instanceof Number before
              ? before.longValue()
              : Math.max(1, Math.round(all / perEpoch(setting, settings(setting))));
      this.epochs.put(setting.name(), own);
      Map<String, String> values = new LinkedHashMap<>(setting.values());
      values.put(EPOCHS, String.valueOf(Math.min(own, Integer.MAX_VALUE)));
      equal.add(new Setting(setting.name(), values));
      if (!options.run.quiet) {
        console.say(
            "%s: %d epochs cost as much as %d of %s",
            setting.name(), own, epochs, names.getFirst());
      }
    }
    return equal;
  }

  /** What was chosen when this contest began; all or nothing. */
  private Map<String, Object> known() throws IOException {
    Path file = options.run.out == null ? null : options.run.out.resolve(FILE);
    if (file == null || !Files.isRegularFile(file)) {
      return Map.of();
    }
    Map<String, Object> known =
        JsonMapper.builder().build().readValue(Files.readString(file), new TypeReference<>() {});
    return known.keySet().containsAll(names.subList(1, names.size())) ? known : Map.of();
  }

  private RunSettings settings(Setting setting) {
    return options.settings(setting.on(base, seed()));
  }

  private long seed() {
    return options.settings(base).recipe().plan().seed();
  }

  private Setting contender(String name) {
    return switch (name) {
      case DENSE -> new Setting(DENSE, Map.of("network.density", "1", RULE, STATIC));
      case NARROW_DENSE -> narrow();
      // the papers of pruning at initialisation train what is left as it is
      case String start when STARTS.contains(start) ->
          new Setting(start, Map.of("network.start", start, RULE, STATIC));
      default -> {
        try {
          base.with(Keys.require(RULE, "--rules"), name, Origin.SWEEP);
        } catch (ConfigException unknown) {
          throw new UsageException(
              "--rules cannot be %s: it takes dense, narrow-dense, and what 'rewire rules' lists"
                  .formatted(name));
        }
        yield new Setting(name, Map.of(RULE, name));
      }
    };
  }

  /** A dense network whose hidden layers are narrower by one factor, of as many parameters. */
  private Setting narrow() {
    RunSettings settings = settings(new Setting(Map.of()));
    NetworkBuilder sparse = settings.recipe().network(data.of(settings).train());
    long wanted = 0;
    double[] probabilities = sparse.probabilities();
    for (int l = 0; l < probabilities.length; l++) {
      LayerShape shape = sparse.shapes().get(l);
      wanted += Math.round(Math.min(1, probabilities[l]) * shape.cells()) + shape.outputs();
    }
    List<LayerShape> shapes = sparse.shapes();
    double low = 0;
    double high = 1;
    for (int halving = 0; halving < 60; halving++) {
      double middle = (low + high) / 2;
      if (parameters(shapes, middle) <= wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    int[] widths = widths(shapes, low);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("network.hidden", Arrays.toString(widths).replace(" ", ""));
    values.put("network.density", "1");
    values.put(RULE, STATIC);
    return new Setting(NARROW_DENSE, values);
  }

  private static int[] widths(List<LayerShape> shapes, double factor) {
    return shapes.subList(0, shapes.size() - 1).stream()
        .mapToInt(shape -> (int) Math.max(1, Math.round(factor * shape.outputs())))
        .toArray();
  }

  private static long parameters(List<LayerShape> shapes, double factor) {
    long parameters = 0;
    long before = shapes.getFirst().inputs();
    for (int width : widths(shapes, factor)) {
      parameters += (before + 1) * width;
      before = width;
    }
    return parameters + (before + 1) * shapes.getLast().outputs();
  }

  /** What an epoch costs: operations of all samples, or seconds. */
  private double perEpoch(Setting setting, RunSettings settings) throws IOException {
    DatasetPair pair = data.of(settings);
    if (budget == Budget.SECONDS) {
      return seconds(setting, settings, pair);
    }
    // a start shares connections out in its own way, and layers do not cost the same
    NetworkBuilder network = StartingNetwork.builder(settings, pair.train(), console, true);
    double[] probabilities = network.probabilities();
    TrainingPlan plan = settings.recipe().plan();
    List<@Nullable Evolution> evolutions = plan.evolutions(probabilities.length);
    long[] connections = new long[probabilities.length];
    for (int l = 0; l < connections.length; l++) {
      Evolution evolution = evolutions.get(l);
      boolean output = l == connections.length - 1;
      boolean changes = evolution != null && (evolution.evolveOutput() || !output);
      double share = changes ? meanShare(evolution, plan.epochs()) : 1;
      double density = Math.min(1, probabilities[l]) * share;
      connections[l] = Math.round(density * network.shapes().get(l).cells());
    }
    return (double) Cost.training(connections) * pair.train().size();
  }

  /** Of the connections at the start, the share that is there on average over the training. */
  private static double meanShare(Evolution evolution, int epochs) {
    if (!(evolution.target() instanceof ConnectionTarget.OfInitial(var share))) {
      return 1;
    }
    double sum = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      sum += share.at(new Moment(0, epoch, epoch, epochs, false));
    }
    return sum / epochs;
  }

  private double seconds(Setting setting, RunSettings settings, DatasetPair pair)
      throws IOException {
    if (!options.run.quiet) {
      console.say("measuring an epoch of %s", setting.name());
    }
    TrainingPlan plan = settings.recipe().plan();
    List<EpochReport> epochs =
        new Trainer(plan.withEpochs(REHEARSED))
            .train(
                StartingNetwork.builder(settings, pair.train(), console, true).build(),
                pair.train(),
                pair.test());
    return epochs.stream()
        .skip(1)
        .mapToDouble(epoch -> (epoch.trainingNanos() + epoch.evolutionNanos()) / 1e9)
        .min()
        .orElseThrow();
  }
}
