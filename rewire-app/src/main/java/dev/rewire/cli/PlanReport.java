package dev.rewire.cli;

import dev.rewire.choice.LayerPattern;
import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.network.Network;
import dev.rewire.plan.Alternatives.Alternative;
import dev.rewire.plan.Forecast;
import dev.rewire.plan.Proposal;
import dev.rewire.plan.Rehearsal;
import dev.rewire.train.MemoryEstimate;
import dev.rewire.train.MemoryEstimate.Layer;
import dev.rewire.train.MemoryEstimate.Part;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what a run would need. */
final class PlanReport {
  private final Console console;
  private final RunOptions run;

  PlanReport(Console console, RunOptions run) {
    this.console = console;
    this.run = run;
  }

  /** Reads the data, because they decide about the first and the last layer. */
  int of(TrainOptions options, Configuration configuration) {
    RunSettings settings = options.settings(configuration);
    String name = Named.of(settings.request().data());
    say("reading " + name);
    DatasetPair pair =
        DataSource.open(settings.dataDir(), console, run.quiet).open(settings.request());
    Path model = settings.beginning().model();
    Recipe recipe =
        model == null
            ? FittedRecipe.of(configuration).fit(settings.recipe(), pair.train())
            : counted(model, settings.recipe());
    return of(name, Proposal.of(recipe, pair));
  }

  /** Plans for the network of a file, with nothing known about the data but their number. */
  int of(Path model, Recipe recipe, int samples) {
    Network network = open(model);
    return of(
        "",
        new Proposal(counted(model, recipe), network.inputs(), network.outputs(), samples, 0, 0));
  }

  private static Recipe counted(Path model, Recipe recipe) {
    return WarmStart.counted(open(model), recipe);
  }

  private static Network open(Path model) {
    try {
      return SavedModel.open(model).network();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  int of(String dataset, Proposal proposal) {
    MemoryCheck check = MemoryCheck.of(proposal);
    Forecast forecast = null;
    if (check.fits()) {
      say("measuring for a few seconds");
      forecast = Rehearsal.of(proposal);
    }
    if (run.json) {
      console.out().println(Json.line(json(dataset, proposal, check, forecast)));
    } else if (check.memory().tooLarge() < 0) {
      print(dataset, proposal, check);
    }
    if (forecast == null) {
      throw new UsageException(check.refusal());
    }
    if (!run.json) {
      console.out().println();
      sentences(proposal, forecast).forEach(console.out()::println);
    }
    return ExitCode.OK;
  }

  private void say(String words) {
    if (!run.quiet) {
      console.say("%s", words);
    }
  }

  private static String shape(MemoryEstimate memory) {
    StringBuilder shape = new StringBuilder();
    shape.append(memory.layers().getFirst().shape().inputs());
    memory.layers().forEach(layer -> shape.append('-').append(layer.shape().outputs()));
    return shape.toString();
  }

  private void print(String dataset, Proposal proposal, MemoryCheck check) {
    MemoryEstimate memory = check.memory();
    TrainingPlan plan = proposal.recipe().plan();
    console
        .out()
        .printf(
            "%s%s: %s neurons, %s connections; batch %s, memory %s%n%n",
            dataset.isEmpty() ? "" : dataset + ", ",
            shape(memory),
            Say.count(memory.neurons()),
            Say.count(memory.connections()),
            Say.count(proposal.batch()),
            Descriptions.word(plan.memory()));
    Table layers =
        new Table(
            "layer", "<name", "inputs", "outputs", "density", "connections", "index", "bytes");
    for (int l = 0; l < memory.layers().size(); l++) {
      Layer layer = memory.layers().get(l);
      layers.row(
          String.valueOf(l),
          LayerPattern.name(l, memory.layers().size()),
          Say.count(layer.shape().inputs()),
          Say.count(layer.shape().outputs()),
          density(layer.density()),
          Say.count(layer.connections()),
          layer.indexed() ? "yes" : "no",
          Say.bytes(layer.bytes()));
    }
    layers.print(console.out());
    console.out().println();
    Table parts = new Table("<part", "bytes");
    for (Part part : Part.values()) {
      parts.row(part.title(), Say.bytes(memory.bytes(part)));
    }
    parts.row("total", Say.bytes(memory.bytes()));
    parts.row("available", Say.bytes(check.budget().bytes()));
    parts.print(console.out());
    console
        .out()
        .printf(
            Locale.ROOT,
            "%n%.1f bytes a connection for topology, index, weights and optimizer%n",
            memory.bytesPerConnection());
  }

  private static String density(double density) {
    return density < 1e-4
        ? String.format(Locale.ROOT, "%.2g %%", 100 * density)
        : Say.percent(density);
  }

  private static List<String> sentences(Proposal proposal, Forecast forecast) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "about %s an epoch of %s: training %s, evolution %s, test %s"
            .formatted(
                Say.time(forecast.seconds()),
                Say.plural(proposal.steps(), "step"),
                Say.time(forecast.training()),
                Say.time(forecast.evolution()),
                Say.time(forecast.test())));
    sentences.add(
        "an estimate, from %s of %s, with %s and %s"
            .formatted(
                Say.plural(forecast.steps(), "training step"),
                forecast.whole()
                    ? "this network on random samples"
                    : String.format(
                        Locale.ROOT,
                        "%s (%,d neurons, %,d connections, times %.3g)",
                        forecast.thinned()
                            ? "two networks as wide as can be afforded with fewer connections"
                            : "a smaller network of the same fan-in",
                        forecast.measuredNeurons(),
                        forecast.measuredConnections(),
                        (double) forecast.connections() / forecast.measuredConnections()),
                Say.plural(proposal.recipe().plan().threads(), "thread"),
                Version.ofKernels()));
    return sentences;
  }

  private static Map<String, @Nullable Object> json(
      String dataset, Proposal proposal, MemoryCheck check, @Nullable Forecast forecast) {
    MemoryEstimate memory = check.memory();
    TrainingPlan plan = proposal.recipe().plan();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("dataset", dataset.isEmpty() ? null : dataset);
    json.put("shape", shape(memory));
    json.put("neurons", memory.neurons());
    json.put("connections", memory.connections());
    json.put("train_samples", proposal.samples());
    json.put("test_samples", proposal.testSamples());
    json.put("batch", proposal.batch());
    json.put("threads", plan.threads());
    json.put("memory", Descriptions.word(plan.memory()));
    json.put("layers", memory.layers().stream().map(PlanReport::json).toList());
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      bytes.put(Descriptions.word(part), memory.bytes(part));
    }
    json.put("bytes", bytes);
    json.put("bytes_total", memory.bytes());
    json.put("bytes_available", check.budget().bytes());
    json.put("bytes_per_connection", Json.number(memory.bytesPerConnection()));
    json.put("fits", check.fits());
    json.put("alternatives", check.alternatives().stream().map(Alternative::options).toList());
    json.put("seconds_per_epoch", forecast == null ? null : forecast.seconds());
    json.put("seconds_training", forecast == null ? null : forecast.training());
    json.put("seconds_evolution", forecast == null ? null : forecast.evolution());
    json.put("seconds_test", forecast == null ? null : forecast.test());
    json.put("measured_connections", forecast == null ? null : forecast.measuredConnections());
    json.put("measured_steps", forecast == null ? null : forecast.steps());
    return json;
  }

  private static Map<String, @Nullable Object> json(Layer layer) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("inputs", layer.shape().inputs());
    json.put("outputs", layer.shape().outputs());
    json.put("density", layer.density());
    json.put("connections", layer.connections());
    json.put("indexed", layer.indexed());
    json.put("bytes", layer.bytes());
    return json;
  }
}
