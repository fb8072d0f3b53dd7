package dev.rewire.config;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Distribution;
import dev.rewire.evolution.DormantDrop;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.LayerRule;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopKastDrop;
import dev.rewire.optimizer.DeepR;
import dev.rewire.optimizer.TopKast;
import dev.rewire.schedule.Schedule;
import dev.rewire.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How connections move. */
final class RewiringKeys {
  static final String RULE = "rewiring.rule";
  static final String STATIC = "static";
  static final String SET = "set";

  static final String PLACE = "recipe.plan.evolution";

  /** What some layers do in another way; has a meaning beside static too. */
  static final String RULE_OF = "rewiring.rule_of";

  static final String ZETA_OF = "rewiring.zeta_of";

  private static final String CHOICES = "recipe.plan.layerChoices";

  static final List<Key<?>> ALL =
      List.of(
          new Key<>(RULE, Types.choice(rules()), RewiringKeys::name, RewiringKeys::rule)
              .option("--rule", "NAME")
              .means(
                  "How connections move, with the defaults of a paper; the other settings change"
                      + " them. set: Sparse Evolutionary Training, after each epoch the weakest"
                      + " connections are dropped and as many grow at random places. static:"
                      + " connections stay where they are. 'rewire rules' explains the others."),
          LayerKeys.key(RULE_OF, layerRule(), "hidden-1=rigl,output=static", CHOICES + ".rule")
              .option("--rule-of", "LAYER=RULE,..")
              .means(
                  "Layers with a rule of their own, or static: hidden-1, hidden-2 and so on, output,"
                      + " or patterns as hidden-*; later ones count. The other layers keep to rule;"
                      + " layers of the same rule share among themselves."),
          WhenKeys.ZETA,
          LayerKeys.key(
                  ZETA_OF,
                  ScheduleTypes.schedule(Range.FRACTION),
                  "hidden-1=0.1,output=0",
                  CHOICES + ".zeta")
              .option("--zeta-of", "LAYER=Z,..")
              .means(
                  "Layers of which another share is replaced each time, named as in rule_of; each"
                      + " may be a schedule."),
          WhenKeys.WHEN,
          ChoiceKeys.DROP,
          ChoiceKeys.DROP_LAMBDA,
          ChoiceKeys.DROP_BATCHES,
          ChoiceKeys.DROP_POWER,
          ChoiceKeys.LEAST_SHARE,
          ChoiceKeys.ACTIVE_SHARE,
          ChoiceKeys.GROW,
          ChoiceKeys.PARENT_POWER,
          ChoiceKeys.RANDOM_SHARE,
          ChoiceKeys.EXACT_CELLS,
          ChoiceKeys.CANDIDATES,
          ChoiceKeys.CANDIDATE_SOURCE,
          ChoiceKeys.GROWTH_MOMENTUM,
          ChoiceKeys.GROWTH_BATCHES,
          ChoiceKeys.PATH_SCORE,
          ChoiceKeys.PATH_SAMPLED,
          ChoiceKeys.COSINE_BATCHES,
          ChoiceKeys.COSINE_RANDOM_SHARE,
          Key.at("rewiring.across", Types.choice(distributions()), PLACE + ".distribution")
              .option("--across", "HOW")
              .means(
                  "How layers share what goes and comes. per-layer: each for itself."
                      + " global-magnitude: where the target takes connections away, one bound for"
                      + " the weights of all layers. surviving: one bound, and growth in proportion"
                      + " to what survives in a layer. momentum: growth in proportion to the mean"
                      + " absolute momentum of a layer."),
          Key.at("rewiring.target", target(), PLACE + ".target")
              .option("--target", "HOW")
              .means(
                  "How many connections a layer has afterwards: as many as at the start of"
                      + " training, as many as before the removal, as many as have a weight other than"
                      + " 0, or a share of those at the start that changes, as in '1..0.5 cubic until 100'."),
          Key.at("rewiring.may_return", Types.FLAG, PLACE + ".mayReturn")
              .means("Whether a connection may grow where one was just dropped."),
          Key.at("rewiring.newborn_weight", newborn(), PLACE + ".newbornWeight")
              .means(
                  "First weight of a new connection: zero; keep-if-same-cell, zero unless it grew where"
                      + " one was just dropped; as at the start; random-sign, this much or minus this"
                      + " much; or drawn anew."),
          Key.at(
                  "rewiring.newborn_state",
                  Types.constants(NewbornState.class),
                  PLACE + ".newbornState")
              .means("What the optimizer remembers about a new connection."),
          Key.at("rewiring.last_update", Types.constants(LastUpdate.class), PLACE + ".last")
              .means("What happens at the evolution that falls on the end of training."),
          Key.at("rewiring.timing", Types.constants(Timing.class), PLACE + ".timing")
              .means(
                  "after-test: removal and growth together. around-test: removal before the test,"
                      + " growth after it."),
          Key.at("rewiring.evolve_output", Types.FLAG, PLACE + ".evolveOutput")
              .means("Whether the output layer takes part."),
          Key.at("rewiring.max_density", Types.number(Range.FRACTION), PLACE + ".maxDensity")
              .means("Layers denser than this are left alone."));

  private RewiringKeys() {}

  private static Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    for (PublishedRule rule : PublishedRule.values()) {
      rules.put(rule.id(), rule.id());
    }
    rules.put(STATIC, STATIC);
    return rules;
  }

  /**
   * What a rule needs beside itself, unless somebody gives it: the optimizer of DeepR, the penalty
   * that makes weights zero.
   */
  static Map<String, String> needs(Object rule) {
    if (rule.equals(PublishedRule.DEEPR.id())) {
      return Map.of(OptimizerKeys.OPTIMIZER, OptimizerKeys.DEEPR);
    }
    if (rule.equals(PublishedRule.TOP_KAST.id())) {
      return Map.of(OptimizerKeys.OPTIMIZER, OptimizerKeys.TOP_KAST);
    }
    return rule.equals(PublishedRule.PROXIMAL.id())
        ? Map.of(OptimizerKeys.L1_STRENGTH, "1e-4", OptimizerKeys.L1_KIND, "proximal")
        : Map.of();
  }

  /**
   * A removal that waits for dormant connections waits for ever where none become dormant, and
   * connections that are not active learn nothing without an optimizer that knows of them.
   */
  static void check(RunSettings settings) {
    TrainingPlan plan = settings.recipe().plan();
    boolean needsSigns =
        plan.evolutions(LayerKeys.layers(settings)).stream()
            .anyMatch(rule -> rule != null && rule.drop() instanceof DormantDrop);
    if (needsSigns && !(plan.optimizer() instanceof DeepR)) {
      throw new ConfigException(
          "the rule deepr and the removal dormant need weights that keep their sign: choose the"
              + " optimizer deepr, or leave the optimizer out");
    }
    boolean needsTheta =
        plan.evolutions(LayerKeys.layers(settings)).stream()
            .anyMatch(rule -> rule != null && rule.drop() instanceof TopKastDrop);
    if (needsTheta && !(plan.optimizer() instanceof TopKast)) {
      throw new ConfigException(
          "the rule top-kast and the removal top-kast need weights that learn without being active:"
              + " choose the optimizer top-kast, or leave the optimizer out");
    }
  }

  private static KeyType<LayerRule> layerRule() {
    Map<String, LayerRule> rules = new LinkedHashMap<>();
    for (PublishedRule rule : PublishedRule.values()) {
      rules.put(rule.id(), new LayerRule(rule));
    }
    rules.put(STATIC, LayerRule.STATIC);
    return Types.choice(rules);
  }

  private static String name(RunSettings settings) {
    Evolution evolution = settings.recipe().plan().evolution();
    return evolution == null ? STATIC : PublishedRule.nearest(evolution).id();
  }

  /** A preset that is like the rule already keeps its own details. */
  private static RunSettings rule(RunSettings settings, String rule, Configuration all) {
    if (name(settings).equals(rule)) {
      return settings;
    }
    Evolution after = null;
    for (PublishedRule published : PublishedRule.values()) {
      after = published.id().equals(rule) ? published.evolution() : after;
    }
    return settings.withRecipe(settings.recipe().withEvolution(after));
  }

  private static Map<String, Distribution> distributions() {
    Map<String, Distribution> distributions = new LinkedHashMap<>();
    distributions.put("per-layer", new Distribution.PerLayer());
    distributions.put("global-magnitude", new Distribution.GlobalMagnitude());
    distributions.put("surviving", new Distribution.Surviving());
    distributions.put("momentum", new Distribution.MeanMomentum());
    return distributions;
  }

  private static KeyType<ConnectionTarget> target() {
    KeyType<Schedule> share = ScheduleTypes.schedule(Range.NOT_NEGATIVE);
    KeyType<ConnectionTarget> scheduled =
        new KeyType<>(
            share.words(),
            share.schema(),
            share.candidates(),
            text -> new ConnectionTarget.OfInitial(share.parser().apply(text)),
            target ->
                target instanceof ConnectionTarget.OfInitial(Schedule schedule)
                    ? share.printer().apply(schedule)
                    : target.toString());
    KeyType<ConnectionTarget> nonzero =
        Types.orWord(scheduled, "nonzero", new ConnectionTarget.Nonzero());
    KeyType<ConnectionTarget> current =
        Types.orWord(nonzero, "current", new ConnectionTarget.Current());
    return Types.orWord(current, "initial", new ConnectionTarget.Initial());
  }

  private static KeyType<NewbornWeight> orRandomSign(KeyType<NewbornWeight> type) {
    String prefix = "random-sign:";
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "string");
    text.put("pattern", "^" + prefix + "[0-9.eE+-]+$");
    KeyType<Double> size = Types.number(Range.POSITIVE);
    return new KeyType<>(
        prefix + "NUMBER, " + type.words(),
        Types.anyOf(text, type.schema()),
        type.candidates(),
        given -> {
          String name = given.strip().toLowerCase(Locale.ROOT);
          return name.startsWith(prefix)
              ? new NewbornWeight.RandomSign(size.parser().apply(name.substring(prefix.length())))
              : type.parser().apply(given);
        },
        weight ->
            weight instanceof NewbornWeight.RandomSign(double number)
                ? prefix + number
                : type.printer().apply(weight));
  }

  private static KeyType<NewbornWeight> newborn() {
    KeyType<NewbornWeight> drawn =
        new KeyType<>(
            NetworkKeys.INITIALIZER.words(),
            NetworkKeys.INITIALIZER.schema(),
            NetworkKeys.INITIALIZER.candidates(),
            text -> new NewbornWeight.Drawn(NetworkKeys.INITIALIZER.parser().apply(text)),
            weight ->
                weight instanceof NewbornWeight.Drawn(var initializer)
                    ? initializer.id()
                    : weight.toString());
    KeyType<NewbornWeight> initial =
        Types.orWord(orRandomSign(drawn), "as-initial", new NewbornWeight.AsInitial());
    KeyType<NewbornWeight> keeping =
        Types.orWord(initial, "keep-if-same-cell", new NewbornWeight.KeepIfSameCell());
    return Types.orWord(keeping, "zero", new NewbornWeight.Zero());
  }
}
