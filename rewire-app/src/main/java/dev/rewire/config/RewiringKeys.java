package dev.rewire.config;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.ParentGrow;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.ScipyDrop;
import dev.rewire.evolution.SignedMagnitudeDrop;
import dev.rewire.evolution.Timing;
import dev.rewire.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How connections move. */
final class RewiringKeys {
  static final String RULE = "rewiring.rule";
  static final String STATIC = "static";

  private static final String SET = "set";
  private static final String GROW = "rewiring.grow";
  private static final String RANDOM = "random";
  private static final String PARENTS = "parents";
  static final String PLACE = "recipe.plan.evolution";

  static final List<Key<?>> ALL =
      List.of(
          new Key<>(
                  RULE,
                  Types.choice(rules()),
                  settings -> settings.recipe().plan().evolution() == null ? STATIC : SET,
                  RewiringKeys::rule)
              .option("--rule", "NAME")
              .means(
                  "set: Sparse Evolutionary Training, after each epoch the weakest connections are"
                      + " dropped and as many grow at random places. static: connections stay"
                      + " where they are."),
          WhenKeys.ZETA,
          WhenKeys.WHEN,
          Key.at("rewiring.drop", Types.choice(drops()), PLACE + ".drop")
              .option("--drop", "HOW")
              .means(
                  "Which connections go. signed-magnitude: the smallest positive and the largest"
                      + " negative weights; with -zeros those that are exactly 0 as well."
                      + " magnitude: those nearest to 0. scipy: as the SciPy implementation."),
          new Key<>(
                  GROW,
                  Types.choice(grows()),
                  settings -> {
                    GrowRule rule = grow(settings);
                    return rule == null ? null : rule instanceof ParentGrow ? PARENTS : RANDOM;
                  },
                  (settings, name, all) ->
                      grow(settings, name.equals(PARENTS) ? ParentGrow.DEFAULT : new RandomGrow()))
              .option("--grow", "HOW")
              .means(
                  "Where new connections come: random, anywhere; parents, beside strong ones that"
                      + " survive: from a neighbouring pixel in the first layer of pictures, elsewhere"
                      + " from a neuron that shares another target."),
          parent("parent_power", Types.number(Range.NOT_NEGATIVE), "power")
              .otherwise("1, if there are parents")
              .means(
                  "How much strong connections are preferred as parents: in proportion to this power"
                      + " of the absolute weight."),
          parent("random_share", Types.number(Range.FRACTION), "randomShare")
              .otherwise("0.1, if there are parents")
              .means("Share of new connections that grow anywhere, without a parent."),
          Key.at("rewiring.target", target(), PLACE + ".target")
              .option("--target", "HOW")
              .means(
                  "How many connections a layer has afterwards: as many as at the start of"
                      + " training, as many as before the removal, or a share of those at the start"
                      + " that changes, as in '1..0.5 cubic until 100'."),
          Key.at("rewiring.may_return", Types.FLAG, PLACE + ".mayReturn")
              .means("Whether a connection may grow where one was just dropped."),
          Key.at("rewiring.newborn_weight", newborn(), PLACE + ".newbornWeight")
              .means("First weight of a new connection: zero, as at the start, or drawn anew."),
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
    rules.put(SET, SET);
    rules.put(STATIC, STATIC);
    return rules;
  }

  private static RunSettings rule(RunSettings settings, String rule, Configuration all) {
    Evolution before = settings.recipe().plan().evolution();
    Evolution after =
        rule.equals(STATIC)
            ? null
            : before == null ? Evolution.set(Evolution.DEFAULT_ZETA) : before;
    return settings.withRecipe(settings.recipe().withEvolution(after));
  }

  private static Map<String, DropRule> drops() {
    Map<String, DropRule> drops = new LinkedHashMap<>();
    drops.put("signed-magnitude", new SignedMagnitudeDrop(false));
    drops.put("signed-magnitude-zeros", new SignedMagnitudeDrop(true));
    drops.put("magnitude", new MagnitudeDrop());
    drops.put("scipy", new ScipyDrop());
    return drops;
  }

  private static Map<String, String> grows() {
    Map<String, String> grows = new LinkedHashMap<>();
    grows.put(RANDOM, RANDOM);
    grows.put(PARENTS, PARENTS);
    return grows;
  }

  private static @Nullable GrowRule grow(RunSettings settings) {
    Evolution evolution = settings.recipe().plan().evolution();
    return evolution == null ? null : evolution.grow();
  }

  private static RunSettings grow(RunSettings settings, GrowRule rule) {
    return Component.of(PLACE + ".grow").with(settings, rule);
  }

  /** A number of the growth near parents. */
  private static Key<Double> parent(String name, KeyType<Double> type, String component) {
    return new Key<>(
        "rewiring." + name,
        type,
        settings ->
            grow(settings) instanceof ParentGrow rule
                ? Component.<Double>read(rule, component)
                : null,
        (settings, value, all) -> {
          if (!(grow(settings) instanceof ParentGrow rule)) {
            throw new IllegalArgumentException("means something only with " + GROW + " parents");
          }
          return grow(settings, (ParentGrow) Component.with(rule, component, value));
        });
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
    KeyType<ConnectionTarget> current =
        Types.orWord(scheduled, "current", new ConnectionTarget.Current());
    return Types.orWord(current, "initial", new ConnectionTarget.Initial());
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
        Types.orWord(drawn, "as-initial", new NewbornWeight.AsInitial());
    return Types.orWord(initial, "zero", new NewbornWeight.Zero());
  }
}
