package dev.rewire.cli;

import dev.rewire.cli.TopologyFacts.Measure;
import dev.rewire.data.DataException;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.measure.Degrees;
import dev.rewire.measure.Exploration;
import dev.rewire.measure.FeatureRelevance;
import dev.rewire.measure.Gini;
import dev.rewire.measure.Modularity;
import dev.rewire.measure.PathLength;
import dev.rewire.measure.Paths;
import dev.rewire.measure.PowerLaw;
import dev.rewire.measure.RankCorrelation;
import dev.rewire.measure.Reachability;
import dev.rewire.measure.SmallWorld;
import dev.rewire.measure.TopologyDistance;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.LayerShape;
import dev.rewire.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures a layer, and the network around it, at the moment that was chosen. */
final class LayerMeasures {
  /** From here on the distance to the start would take more than a few seconds. */
  private static final int WIDE = 600;

  /** Chance always takes the same turn, so that a model always gets the same numbers. */
  private static final long SEED = 1;

  private final TopologySource source;
  private final LayerHistory history;
  private final boolean full;
  private final Console console;
  private final Patience patience;
  private final WorkerTeam team;
  private final List<Measure> measures = new ArrayList<>();

  private LayerMeasures(
      TopologySource source,
      LayerHistory history,
      boolean full,
      Console console,
      Patience patience,
      WorkerTeam team) {
    this.source = source;
    this.history = history;
    this.full = full;
    this.console = console;
    this.patience = patience;
    this.team = team;
  }

  static List<Measure> of(
      TopologySource source, LayerHistory history, boolean full, Console console, Patience patience)
      throws IOException {
    try (WorkerTeam team = new WorkerTeam(Runtime.getRuntime().availableProcessors())) {
      LayerMeasures all = new LayerMeasures(source, history, full, console, patience, team);
      all.measure();
      return all.measures;
    }
  }

  private void measure() throws IOException {
    if (history.layer() == 0 && source.network().image() == null) {
      data();
    }
    Moment moment = history.chosen();
    List<LayerShape> shapes = source.shapes();
    try (Exploration exploration = new Exploration(shapes)) {
      boolean whole = source.historyFile() != null;
      patience.at("rebuilding the topology");
      List<Topology> layers =
          whole
              ? source.topologies(moment.point().step(), List.of(exploration))
              : source.topologies();
      Topology layer = layers.get(history.layer());
      degrees("inputs", "input", Degrees.outgoing(layer));
      degrees("neurons", "output", Degrees.incoming(layer));
      unequal(moment);
      powerLaw(layer);
      modularity(layer);
      network(layers);
      if (whole) {
        explored(exploration, shapes.get(history.layer()));
        distance(layers);
      }
    }
  }

  private void add(
      String name, String value, String sentence, Map<String, ? extends @Nullable Object> json) {
    measures.add(new Measure(name, value, sentence, json));
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Which features have the wires, where the samples of the run can be found. */
  private void data() {
    LoadedDataset samples;
    try {
      patience.at("reading the samples of the run");
      samples = source.samples(console);
    } catch (IOException | UncheckedIOException | DataException | UsageException gone) {
      return;
    }
    if (samples == null
        || samples.features() != history.chosen().connectivity().outgoing().length) {
      return;
    }
    patience.at("measuring what each feature is worth");
    FeatureRelevance relevance = FeatureRelevance.of(samples, team);
    double[] connections =
        Arrays.stream(history.chosen().connectivity().outgoing()).asDoubleStream().toArray();
    if (samples.head() == Head.CLASSES || samples.head() == Head.BINARY) {
      correlation(
          "with information",
          "features that tell more about the class",
          "information_correlation",
          RankCorrelation.of(connections, relevance.information()));
    }
    correlation(
        "with variance",
        "features that vary more",
        "variance_correlation",
        RankCorrelation.of(connections, relevance.variance()));
  }

  private void correlation(String name, String features, String key, RankCorrelation found) {
    String verdict =
        found.low() > 0
            ? "have more connections: positive topology learning."
            : found.high() < 0
                ? "have fewer connections: negative topology learning."
                : "have no more and no fewer connections than others.";
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(key, found.rho());
    json.put(key + "_interval", List.of(found.low(), found.high()));
    add(
        "correlation " + name,
        say("%+.3f (%+.3f to %+.3f)", found.rho(), found.low(), found.high()),
        "Of all inputs, " + features + " " + verdict,
        json);
  }

  private void degrees(String who, String key, Degrees degrees) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("min", degrees.min());
    json.put("mean", degrees.mean());
    json.put("max", degrees.max());
    json.put("variation", degrees.variation());
    json.put("random_variation", degrees.randomVariation());
    json.put("isolated", degrees.isolated());
    json.put("counts", degrees.counts());
    add(
        "degrees of " + who,
        say("%d .. %.1f .. %d", degrees.min(), degrees.mean(), degrees.max()),
        say(
            "They spread by %.2f of their mean, where a random layer spreads by %.2f; %s without"
                + " any connection.",
            degrees.variation(),
            degrees.randomVariation(),
            Say.plural(degrees.isolated(), who.substring(0, who.length() - 1))),
        Map.of(key + "_degree_distribution", json));
  }

  private void unequal(Moment moment) {
    double gini = Gini.of(moment.connectivity().outgoing());
    add(
        "inequality of inputs",
        say("%.3f", gini),
        "Gini coefficient: 0 if all inputs have as many connections, near 1 if one has them all.",
        Map.of("gini", gini));
  }

  private void powerLaw(Topology layer) {
    patience.at(full ? "testing for a power law" : "fitting a power law");
    PowerLaw law =
        PowerLaw.of(
            Degrees.incoming(layer),
            full ? PowerLaw.SAMPLES : 0,
            new RandomStreams(SEED),
            history.layer(),
            team);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (law == null) {
      json.put("power_law", null);
      add("power law", "-", "All neurons have as many connections: there is nothing to fit.", json);
      return;
    }
    json.put("alpha", law.alpha());
    json.put("k_min", law.least());
    json.put("distance", law.distance());
    json.put("tail", law.tail());
    json.put("p", Json.number(law.p()));
    json.put("plausible_clauset", full ? law.plausible() : null);
    json.put("scale_free_set_paper", full ? law.scaleFreeAsInSetPaper() : null);
    json.put("against_exponential", ratio(law.exponential().ratio(), law.exponential().p()));
    json.put("against_log_normal", ratio(law.logNormal().ratio(), law.logNormal().p()));
    json.put("against_poisson", ratio(law.poisson().ratio(), law.poisson().p()));
    boolean poisson = law.poisson().ratio() < 0 && law.poisson().p() < 0.1;
    String nearer =
        poisson
            ? "The degrees of its neurons are nearer to chance (Poisson) than to a power law."
            : law.poisson().p() < 0.1
                ? "The degrees of its neurons are nearer to a power law than to chance (Poisson)."
                : "The degrees of its neurons fit a power law and chance (Poisson) equally well.";
    add(
        "power law",
        say("exponent %.2f from degree %d on", law.alpha(), law.least())
            + (full ? say(", p %.3f", law.p()) : ""),
        nearer
            + (full
                ? " Clauset: %s (p above 0.1 is plausible); SET paper: %s (p below 0.05)."
                    .formatted(
                        law.plausible() ? "plausible" : "ruled out",
                        law.scaleFreeAsInSetPaper() ? "scale-free" : "not scale-free")
                : " --full tests it."),
        Map.of("power_law", json));
  }

  private static Map<String, @Nullable Double> ratio(double ratio, double p) {
    Map<String, @Nullable Double> json = new LinkedHashMap<>();
    json.put("log_likelihood_ratio", Json.number(ratio));
    json.put("p", Json.number(p));
    return json;
  }

  private void modularity(Topology layer) {
    patience.at("looking for communities");
    Modularity found = Modularity.of(layer);
    add(
        "modularity",
        say("%.3f in %s communities", found.value(), Say.count(found.communities())),
        "How far the layer falls into groups that are connected among themselves: 0 not at all, 1"
            + " entirely; random layers are well above 0, too.",
        Map.of("modularity", found.value(), "communities", found.communities()));
  }

  private void network(List<Topology> layers) {
    patience.at("counting paths");
    Paths paths = Paths.counted(layers);
    Reachability reach = Reachability.of(layers);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("paths_log10", Json.number(paths.log10()));
    json.put("dead_neurons", reach.dead());
    json.put("active_neuron_rate", reach.activeRate());
    json.put("effective_density", reach.effectiveDensity());
    add(
        "paths",
        Double.isFinite(paths.log10()) ? say("10^%.1f", paths.log10()) : "none",
        "So many ways lead from an input to an output of the network.",
        Map.of());
    add(
        "dead neurons",
        say("%s of %s", Say.count(reach.dead()), Say.count(reach.hidden())),
        reach.dead() == 0
            ? "Every hidden neuron lies on a way from an input to an output."
            : "Hidden neurons that no way from an input to an output crosses: they do nothing.",
        json);
    if (full) {
      patience.at("measuring paths and clusters of the network");
      SmallWorld world = SmallWorld.of(layers, PathLength.SOURCES, new RandomStreams(SEED));
      Map<String, @Nullable Object> small = new LinkedHashMap<>();
      small.put("sigma", Json.number(world.sigma()));
      small.put("clustering", Json.number(world.clustering()));
      small.put("path_length", Json.number(world.pathLength()));
      small.put("random_clustering", Json.number(world.randomClustering()));
      small.put("random_path_length", Json.number(world.randomPathLength()));
      add(
          "small world",
          say("sigma %.3f", world.sigma()),
          world.sigma() > 1
              ? "More clustered than a network of the same degrees, with paths as short: a small"
                  + " world."
              : "No more clustered than a random network of the same degrees: no small world.",
          Map.of("small_world", small));
    }
  }

  private void explored(Exploration exploration, LayerShape shape) {
    double rate = exploration.rate(history.layer());
    add(
        "exploration",
        Say.percent(rate),
        say(
            "So many of the possible connections have been tried; %.2f %% are there now.",
            100.0 * history.chosen().point().connections() / shape.inputs() / shape.outputs()),
        Map.of(
            "exploration_rate",
            rate,
            "exploration_rate_network",
            exploration.rate(),
            "rebirths",
            exploration.rebirths(history.layer())));
    double churn = history.chosen().point().churn();
    add(
        "churn",
        Say.percent(churn),
        "So many of the connections are new since the evolution before.",
        Map.of());
  }

  private void distance(List<Topology> layers) throws IOException {
    int widest = layers.stream().mapToInt(Topology::outputs).max().orElse(0);
    if (!full && widest > WIDE) {
      return;
    }
    patience.at("comparing with the start");
    TopologyDistance distance = source.distanceToStart(layers);
    add(
        "distance to the start",
        say("%.3f", distance.perLayer()[history.layer()]),
        "NNSTD: 0 is the same graph up to the order of neurons, 1 has no connection in common.",
        Map.of("distance_to_start", distance.perLayer()));
  }
}
