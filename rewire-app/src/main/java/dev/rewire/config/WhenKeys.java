package dev.rewire.config;

import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.evolution.UpdateSchedule.ByChance;
import dev.rewire.evolution.UpdateSchedule.EveryEpoch;
import dev.rewire.evolution.UpdateSchedule.EveryEpochs;
import dev.rewire.evolution.UpdateSchedule.EverySteps;
import dev.rewire.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When connections move, and how many: two keys for one component of the settings. */
final class WhenKeys {
  private static final String EPOCH = "epoch";
  private static final String EPOCHS = "epochs:";
  private static final String STEPS = "steps:";
  private static final String CHANCE = "chance:";
  private static final KeyType<Integer> COUNT = Types.whole(Range.AT_LEAST_1);
  private static final KeyType<Double> PROBABILITY = Types.number(Range.DENSITY);

  static final Key<Schedule> ZETA =
      new Key<>(
              "rewiring.zeta",
              ScheduleTypes.schedule(Range.FRACTION),
              settings -> zeta(when(settings)),
              (settings, zeta, all) -> with(settings, again(when(settings), zeta)))
          .option("--zeta", "Z")
          .means(
              "Share of connections that is replaced each time; a schedule as in '0.3..0 cosine"
                  + " until 100' changes it, and while it is 0 nothing moves but what the target takes.");

  static final Key<UpdateSchedule> WHEN =
      new Key<>(
              "rewiring.when",
              type(),
              WhenKeys::when,
              (settings, when, all) -> {
                Schedule zeta = zeta(when(settings));
                return zeta == null ? settings : with(settings, again(when, zeta));
              })
          .option("--when", "WHEN")
          .means(
              "When connections move: after each epoch, after every so many, as in epochs:5, every so"
                  + " many training steps, as in steps:100, or with a probability after each step, each layer for itself, as in"
                  + " chance:0.1.");

  private WhenKeys() {}

  private static @Nullable UpdateSchedule when(RunSettings settings) {
    Evolution evolution = settings.recipe().plan().evolution();
    return evolution == null ? null : evolution.when();
  }

  private static RunSettings with(RunSettings settings, UpdateSchedule when) {
    return Component.of(RewiringKeys.PLACE + ".when").with(settings, when);
  }

  private static @Nullable Schedule zeta(@Nullable UpdateSchedule when) {
    return switch (when) {
      case EveryEpoch(Schedule zeta) -> zeta;
      case EveryEpochs(int _, Schedule zeta) -> zeta;
      case EverySteps(int _, Schedule zeta) -> zeta;
      case ByChance(double _, Schedule zeta) -> zeta;
      case null, default -> null;
    };
  }

  /** The same times with another share. */
  private static UpdateSchedule again(@Nullable UpdateSchedule when, Schedule zeta) {
    return when == null ? new EveryEpoch(zeta) : when.withZeta(zeta);
  }

  /** The share in the parsed value does not count. */
  private static KeyType<UpdateSchedule> type() {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "string");
    text.put("pattern", "^(epoch|epochs:[0-9]+|steps:[0-9]+|chance:[0-9.eE+-]+)$");
    return new KeyType<>(
        "epoch, epochs:NUMBER, steps:NUMBER or chance:NUMBER",
        text,
        List.of(EPOCH),
        WhenKeys::parse,
        when ->
            switch (when) {
              case EveryEpochs(int epochs, Schedule _) -> EPOCHS + epochs;
              case EverySteps(int steps, Schedule _) -> STEPS + steps;
              case ByChance(double probability, Schedule _) -> CHANCE + probability;
              default -> EPOCH;
            });
  }

  private static UpdateSchedule parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    Schedule zeta = Schedule.constant(Evolution.DEFAULT_ZETA);
    try {
      if (name.startsWith(EPOCHS)) {
        return new EveryEpochs(COUNT.parser().apply(name.substring(EPOCHS.length())), zeta);
      }
      if (name.startsWith(STEPS)) {
        return new EverySteps(COUNT.parser().apply(name.substring(STEPS.length())), zeta);
      }
      if (name.startsWith(CHANCE)) {
        return new ByChance(PROBABILITY.parser().apply(name.substring(CHANCE.length())), zeta);
      }
    } catch (IllegalArgumentException bad) {
      String which = name.substring(0, name.indexOf(':') + 1);
      throw new IllegalArgumentException("behind " + which + " " + bad.getMessage(), bad);
    }
    if (!name.equals(EPOCH)) {
      throw new IllegalArgumentException(
          "must be epoch, epochs:NUMBER, steps:NUMBER or chance:NUMBER, as in steps:100, not "
              + text);
    }
    return new EveryEpoch(zeta);
  }
}
