package dev.rewire.cli;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.topology.DensityAllocation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings that are objects, in the words of a configuration file. */
final class Descriptions {
  private Descriptions() {}

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** SignedMagnitudeDrop becomes signed-magnitude. */
  private static String word(Object object, String ending) {
    return object
        .getClass()
        .getSimpleName()
        .replaceFirst(ending + "$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  static void density(DensityAllocation density, Map<String, @Nullable Object> into) {
    switch (density) {
      case DensityAllocation.Epsilon(double epsilon) -> into.put("epsilon", epsilon);
      case DensityAllocation.Uniform(double uniform) -> {
        into.put("density", uniform);
        into.put("allocation", "uniform");
      }
      case DensityAllocation.ErdosRenyiKernel(double overall) -> {
        into.put("density", overall);
        into.put("allocation", "erk");
      }
    }
  }

  static String rule(@Nullable Evolution evolution) {
    return evolution == null ? "static" : "set";
  }

  static Map<String, @Nullable Object> evolution(@Nullable Evolution evolution) {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    words.put("rule", rule(evolution));
    if (evolution == null) {
      return words;
    }
    if (evolution.when() instanceof UpdateSchedule.EveryEpoch(double zeta)) {
      words.put("zeta", zeta);
    }
    words.put("drop", word(evolution.drop(), "Drop"));
    words.put("grow", word(evolution.grow(), "Grow"));
    words.put("when", word(evolution.when(), ""));
    words.put(
        "target",
        switch (evolution.target()) {
          case ConnectionTarget.Initial _ -> "initial";
          case ConnectionTarget.Current _ -> "current";
          default -> evolution.target().toString();
        });
    words.put("may_return", evolution.mayReturn());
    words.put(
        "newborn_weight",
        switch (evolution.newbornWeight()) {
          case NewbornWeight.Zero _ -> "zero";
          case NewbornWeight.AsInitial _ -> "as-initial";
          case NewbornWeight.Drawn(var initializer) -> initializer.id();
        });
    words.put("newborn_state", word(evolution.newbornState()));
    words.put("last_update", word(evolution.last()));
    words.put("timing", word(evolution.timing()));
    words.put("evolve_output", evolution.evolveOutput());
    words.put("max_density", evolution.maxDensity());
    return words;
  }
}
