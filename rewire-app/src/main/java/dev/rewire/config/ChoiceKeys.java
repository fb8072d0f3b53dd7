package dev.rewire.config;

import dev.rewire.evolution.CosineGrow;
import dev.rewire.evolution.DormantDrop;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.FanInDrop;
import dev.rewire.evolution.FanInGrow;
import dev.rewire.evolution.GradientGrow;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.MagnitudeAndNegativityDrop;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.MagnitudeGradientDrop;
import dev.rewire.evolution.MomentumGrow;
import dev.rewire.evolution.MovementDrop;
import dev.rewire.evolution.ParentGrow;
import dev.rewire.evolution.PathGrow;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.RelativeImportanceDrop;
import dev.rewire.evolution.SampledGradientGrow;
import dev.rewire.evolution.ScipyDrop;
import dev.rewire.evolution.SignedMagnitudeDrop;
import dev.rewire.evolution.SoftDrop;
import dev.rewire.evolution.SoftMagnitudeDrop;
import dev.rewire.evolution.SoftRelativeImportanceDrop;
import dev.rewire.evolution.TopKastDrop;
import dev.rewire.evolution.ZeroDrop;
import dev.rewire.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which connections go and where new ones come: a name each, and the numbers behind the names. */
final class ChoiceKeys {
  private static final Map<String, DropRule> DROPS = drops();
  private static final Map<String, GrowRule> GROWS = grows();

  static final Key<String> DROP =
      choice("drop", DROPS)
          .option("--drop", "HOW")
          .means(
              "Which connections go. signed-magnitude: the smallest positive and the largest"
                  + " negative weights; with -zeros those that are exactly 0 as well. magnitude:"
                  + " those nearest to 0. magnitude-and-negativity: half of them nearest to 0, half the"
                  + " most negative, which the library sparse_learning calls SET."
                  + " magnitude-gradient: the smallest of weight and gradient together. movement: weights that move towards 0. soft-magnitude:"
                  + " by chance, strong ones stay. relative-importance: in proportion to the other"
                  + " weights of their neurons; soft-relative-importance: by chance. fan-in: by magnitude, and neurons with too little"
                  + " left. zeros: those that are exactly 0, for proximal penalties. dormant: those"
                  + " that would have changed their sign, for the optimizer deepr. top-kast:"
                  + " the smallest by what the optimizer top-kast has learned of them. scipy: as the"
                  + " SciPy implementation.");

  static final Key<Double> DROP_LAMBDA =
      number(
          "drop_lambda",
          Types.number(Range.NOT_NEGATIVE),
          "drop",
          MagnitudeGradientDrop.class,
          "lambda",
          "0.01, if gradients count",
          "How much the gradient counts beside the weight in magnitude-gradient.");

  static final Key<Integer> DROP_BATCHES =
      number(
          "drop_batches",
          Types.whole(Range.AT_LEAST_1),
          "drop",
          MovementDrop.class,
          "batches",
          "10, if movement counts",
          "Last batches over which movement is added up.");

  static final Key<String> GROW =
      choice("grow", GROWS)
          .option("--grow", "HOW")
          .means(
              "Where new connections come: random, anywhere; parents, beside strong ones that"
                  + " survive: from a neighbouring pixel in the first layer of pictures, elsewhere"
                  + " from a neuron that shares another target; gradient, where the gradient of all"
                  + " free cells is largest; sampled-gradient, where it is largest in a sample of"
                  + " them; momentum, where the sum over the last batches is largest; fan-in, by gradient,"
                  + " the same number for each neuron; paths, where many short paths lead already;"
                  + " cosine, between neurons that are active together.");

  static final Key<Double> PARENT_POWER =
      number(
          "parent_power",
          Types.number(Range.NOT_NEGATIVE),
          "grow",
          ParentGrow.class,
          "power",
          "1, if there are parents",
          "How much strong connections are preferred as parents: in proportion to this power of"
              + " the absolute weight.");

  static final Key<Double> RANDOM_SHARE =
      number(
          "random_share",
          Types.number(Range.FRACTION),
          "grow",
          ParentGrow.class,
          "randomShare",
          "0.1, if there are parents",
          "Share of new connections that grow anywhere, without a parent.");

  static final Key<Long> EXACT_CELLS =
      number(
          "exact_cells",
          Types.seed(),
          "grow",
          GradientGrow.class,
          "exactCells",
          "20000000000, if gradients decide",
          "Layers of more cells than this are not looked at as a whole: there a sample decides.");

  static final Key<Double> CANDIDATES =
      number(
          "candidates",
          Types.number(Range.POSITIVE),
          "grow",
          SampledGradientGrow.class,
          "candidates",
          "1, if a sample decides",
          "Free cells to look at, as a multiple of the connections.");

  static final Key<SampledGradientGrow.Source> CANDIDATE_SOURCE =
      number(
          "candidate_source",
          Types.constants(SampledGradientGrow.Source.class),
          "grow",
          SampledGradientGrow.class,
          "source",
          "uniform, if a sample decides",
          "How they are drawn: uniform, all alike; grabo, by the sums of absolute inputs and"
              + " gradients; graest, by an estimate of the gradient itself.");

  static final Key<Double> GROWTH_MOMENTUM =
      number(
          "growth_momentum",
          Types.number(Range.FRACTION),
          "grow",
          MomentumGrow.class,
          "momentum",
          "0.9, if momentum decides",
          "What a step leaves of the gradients before it.");

  static final Key<Integer> GROWTH_BATCHES =
      number(
          "growth_batches",
          Types.whole(Range.AT_LEAST_1),
          "grow",
          MomentumGrow.class,
          "batches",
          "8, if momentum decides",
          "Last batches over which momentum is added up: with 0.9, 22 leave out 10 % and 44 leave"
              + " out 1 %.");

  static final Key<Schedule> DROP_POWER =
      number(
          "drop_power",
          ScheduleTypes.schedule(Range.NOT_NEGATIVE),
          "drop",
          SoftDrop.class,
          "power",
          "2, if removal is soft; in chts it rises from 1 to 3",
          "How much strong connections are preferred to stay: in proportion to this power of the"
              + " absolute weight or importance; may be a schedule, as in '1..3 linear'.");

  static final Key<Double> LEAST_SHARE =
      number(
          "least_share",
          Types.number(Range.FRACTION),
          "drop",
          FanInDrop.class,
          "leastShare",
          "0.3, if removal looks at neurons",
          "Neurons with less than this share of a fair number of connections left lose all.");

  static final Key<Double> ACTIVE_SHARE =
      number(
          "active_share",
          Types.number(Range.DENSITY),
          "drop",
          TopKastDrop.class,
          "activeShare",
          "0.4, if not all connections are active",
          "Share of the stored connections that the network computes with; the others only learn.");

  static final Key<PathGrow.Score> PATH_SCORE =
      number(
          "path_score",
          Types.constants(PathGrow.Score.class),
          "grow",
          PathGrow.class,
          "score",
          "ch3-l3, if paths decide",
          "How paths count: ch3-l3, by connections of their neurons that lead elsewhere; ra-l3, by"
              + " all of them, faster.");

  static final Key<Boolean> PATH_SAMPLED =
      number(
          "path_sampled",
          Types.FLAG,
          "grow",
          PathGrow.class,
          "sampled",
          "false, if paths decide",
          "Whether new connections are drawn in proportion to their scores.");

  static final Key<Integer> COSINE_BATCHES =
      number(
          "cosine_batches",
          Types.whole(Range.AT_LEAST_1),
          "grow",
          CosineGrow.class,
          "batches",
          "6, if activity decides",
          "Last batches over which the cosine is taken.");

  static final Key<Double> COSINE_RANDOM_SHARE =
      number(
          "cosine_random_share",
          Types.number(Range.FRACTION),
          "grow",
          CosineGrow.class,
          "randomShare",
          "0.5, if activity decides",
          "Share of new connections that grow anywhere.");

  private ChoiceKeys() {}

  private static Map<String, DropRule> drops() {
    Map<String, DropRule> drops = new LinkedHashMap<>();
    drops.put("signed-magnitude", new SignedMagnitudeDrop(false));
    drops.put("signed-magnitude-zeros", new SignedMagnitudeDrop(true));
    drops.put("magnitude", new MagnitudeDrop());
    drops.put("magnitude-and-negativity", new MagnitudeAndNegativityDrop());
    drops.put("magnitude-gradient", MagnitudeGradientDrop.DEFAULT);
    drops.put("movement", MovementDrop.DEFAULT);
    drops.put("soft-magnitude", SoftMagnitudeDrop.DEFAULT);
    drops.put("relative-importance", new RelativeImportanceDrop());
    drops.put("soft-relative-importance", SoftRelativeImportanceDrop.DEFAULT);
    drops.put("fan-in", FanInDrop.DEFAULT);
    drops.put("zeros", new ZeroDrop());
    drops.put("dormant", new DormantDrop());
    drops.put("top-kast", TopKastDrop.DEFAULT);
    drops.put("scipy", new ScipyDrop());
    return drops;
  }

  private static Map<String, GrowRule> grows() {
    Map<String, GrowRule> grows = new LinkedHashMap<>();
    grows.put("random", new RandomGrow());
    grows.put("parents", ParentGrow.DEFAULT);
    grows.put("gradient", GradientGrow.DEFAULT);
    grows.put("sampled-gradient", SampledGradientGrow.DEFAULT);
    grows.put("momentum", MomentumGrow.DEFAULT);
    grows.put("fan-in", new FanInGrow());
    grows.put("paths", new PathGrow(PathGrow.Score.CH3_L3, false));
    grows.put("cosine", CosineGrow.DEFAULT);
    return grows;
  }

  /** A rule by its name; one that has the name already keeps its numbers. */
  private static <R> Key<String> choice(String component, Map<String, R> rules) {
    Map<String, String> names = new LinkedHashMap<>();
    rules.keySet().forEach(name -> names.put(name, name));
    return new Key<>(
        "rewiring." + component,
        Types.choice(names),
        settings -> name(rules, now(settings, component)),
        (settings, name, all) -> {
          Object now = now(settings, component);
          boolean same = now != null && name.equals(name(rules, now));
          return same ? settings : with(settings, component, rules.get(name));
        });
  }

  private static @Nullable String name(Map<String, ?> rules, @Nullable Object rule) {
    String alike = null;
    for (Map.Entry<String, ?> named : rules.entrySet()) {
      if (named.getValue().equals(rule)) {
        return named.getKey();
      }
      if (rule != null && named.getValue().getClass() == rule.getClass()) {
        alike = named.getKey();
      }
    }
    return alike;
  }

  private static @Nullable Object now(RunSettings settings, String component) {
    Evolution evolution = settings.recipe().plan().evolution();
    return evolution == null ? null : Component.read(evolution, component);
  }

  private static RunSettings with(RunSettings settings, String component, @Nullable Object rule) {
    return Component.of(RewiringKeys.PLACE + "." + component).with(settings, rule);
  }

  /** A number of one kind of rule. */
  private static <T> Key<T> number(
      String name,
      KeyType<T> type,
      String component,
      Class<?> kind,
      String number,
      String otherwise,
      String means) {
    Map<String, ?> rules = component.equals("drop") ? DROPS : GROWS;
    return new Key<>(
            "rewiring." + name,
            type,
            settings -> {
              Object rule = now(settings, component);
              return rule != null && kind.isInstance(rule) ? Component.<T>read(rule, number) : null;
            },
            (settings, value, all) -> {
              Object rule = now(settings, component);
              if (rule == null || !kind.isInstance(rule)) {
                String needed =
                    rules.entrySet().stream()
                        .filter(named -> kind.isInstance(named.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(" or "));
                throw new IllegalArgumentException(
                    "means something only with rewiring." + component + " " + needed);
              }
              return with(settings, component, Component.with(rule, number, value));
            })
        .otherwise(otherwise)
        .means(means);
  }
}
