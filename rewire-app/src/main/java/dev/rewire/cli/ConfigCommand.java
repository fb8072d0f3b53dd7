package dev.rewire.cli;

import dev.rewire.config.ConfigText;
import dev.rewire.config.Configuration;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import dev.rewire.config.RunSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a run would be done with. */
@Command(
    name = "config",
    header = "Shows every setting of a run, and where each value comes from.",
    description = {
      "",
      "Takes the options of 'rewire train': put config in place of train. What it prints is a file"
          + " that 'rewire train' reads. Values come from the preset, then from the file, then from"
          + " --set, then from options; the last of them counts. Nothing is read but the file.",
      "",
      "Examples:",
      "  rewire config > run.yaml                   a file to begin with",
      "  rewire config run.yaml --epochs 5          what would 'train' do with this?",
      "  rewire config runs/DIR/config.yaml --json  settings of an earlier run, for scripts",
      "  rewire config --keys                       all keys and what they mean",
      "  rewire config --schema > run.schema.json   for editors that complete and check YAML",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire config [FILE.yaml|DATASET] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class ConfigCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Option(names = "--keys", description = "List all keys: what they mean and what they can be.")
  boolean keys;

  @Option(names = "--schema", description = "Print the JSON Schema of configuration files.")
  boolean schema;

  @Mixin TrainOptions options = new TrainOptions();

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (schema) {
      console.out().print(ConfigText.schema());
    } else if (keys) {
      Keys.ALL.forEach(this::explain);
    } else {
      Configuration configuration = options.configuration();
      RunSettings settings = options.settings(configuration);
      if (options.run.json) {
        console.out().println(Json.line(json(configuration, settings)));
      } else {
        console.out().print(ConfigText.explained(configuration, settings));
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private static Map<String, Map<String, @Nullable Object>> json(
      Configuration configuration, RunSettings settings) {
    Map<String, Map<String, @Nullable Object>> json = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("value", key.print(settings));
      entry.put("origin", configuration.origin(key, settings).place());
      json.put(key.path(), entry);
    }
    return json;
  }

  private void explain(Key<?> key) {
    String option = key.option();
    console
        .out()
        .printf(
            "%s%s%n    %s%n    %s; default: %s%n",
            key.path(),
            option == null ? "" : "  (" + option + ")",
            key.description(),
            key.type().words(),
            key.fallback());
  }
}
