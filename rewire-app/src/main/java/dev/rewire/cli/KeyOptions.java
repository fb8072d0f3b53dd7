package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import dev.rewire.train.Preset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options that are made from the table of keys, and what was typed for them. */
final class KeyOptions {
  private static final Map<String, String> HEADINGS =
      Map.of(
          "data",
          "Dividing, moving and streaming data",
          "network",
          "Network",
          "rewiring",
          "Rewiring",
          "pruning",
          "Taking neurons out",
          "training",
          "Learning");
  private static final List<String> ORDER =
      List.of("data", "network", "rewiring", "training", "pruning");

  private KeyOptions() {}

  /** Adds an option for each key that has one, unless the command has made it itself. */
  static CommandLine addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (String section : ORDER) {
      List<OptionSpec> options =
          Keys.ALL.stream()
              .filter(key -> key.section().equals(section))
              .filter(key -> key.option() != null && spec.findOption(key.option()) == null)
              .map(KeyOptions::option)
              .toList();
      if (!options.isEmpty()) {
        ArgGroupSpec.Builder group =
            ArgGroupSpec.builder()
                .heading("%n" + HEADINGS.getOrDefault(section, section) + ":%n")
                .order(1 + ORDER.indexOf(section))
                .validate(false);
        options.forEach(group::addArg);
        spec.addArgGroup(group.build());
      }
    }
    return command;
  }

  private static OptionSpec option(Key<?> key) {
    boolean flag = key.label().isEmpty();
    OptionSpec.Builder option =
        OptionSpec.builder(String.valueOf(key.option()))
            .type(flag ? Boolean.class : String.class)
            .arity(flag ? "0" : "1")
            .negatable(flag)
            .paramLabel(key.label())
            .description(help(key));
    Collection<String> candidates = key.type().candidates();
    return (flag || candidates.isEmpty() ? option : option.completionCandidates(candidates))
        .build();
  }

  private static String[] help(Key<?> key) {
    String meaning = key.description().replaceFirst("\\.$", "");
    String fallback = key.label().isEmpty() ? "no" : key.fallback();
    boolean listed = !key.type().candidates().isEmpty() && !key.label().isEmpty();
    if (key.path().equals("training.preset")) {
      return new String[] {
        meaning + " (default: " + fallback + "):",
        Arrays.stream(Preset.values())
            .map(preset -> "  " + preset.id() + ": " + preset.summary())
            .collect(Collectors.joining("%n"))
      };
    }
    boolean told =
        key.type().candidates().stream()
            .allMatch(word -> meaning.matches("(.*\\W)?" + Pattern.quote(word) + "\\b.*"));
    return new String[] {
      (meaning
              + (listed && !told ? ": " + String.join(", ", key.type().candidates()) : "")
              + " (default: "
              + fallback
              + ").")
          .replace("%", "%%")
    };
  }

  /** Adds what was typed for options of the command line. */
  static Configuration given(CommandSpec spec, Configuration configuration) {
    ParseResult parsed = spec.commandLine().getParseResult();
    Configuration all = configuration;
    for (Key<?> key : Keys.ALL) {
      String name = key.option();
      if (name != null && parsed.hasMatchedOption(name)) {
        Object value = parsed.matchedOption(name).getValue();
        all = all.with(key, String.valueOf(value), Origin.option(name));
      }
    }
    return all;
  }
}
