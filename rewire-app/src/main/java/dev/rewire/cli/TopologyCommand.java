package dev.rewire.cli;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.Polarity;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.microscope.PolarityWords;
import dev.rewire.report.CountScale;
import dev.rewire.report.RunPage.Fact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at where a network has put its connections. */
@Command(
    name = "topology",
    header = "Shows where a network has put its connections, from the start on.",
    description = {
      "",
      "Pictures: does the network look at the centre (positive topology learning) or at the margin"
          + " (negative)? With an error bar against chance. Tables: which features have the wires."
          + " A run has its whole history, also while it is training; a model file is one moment.",
      "",
      "Examples:",
      "  rewire topology runs/DIR                    a summary with a heat map",
      "  rewire topology runs/DIR --epoch 10         as it was after 10 epochs",
      "  rewire topology runs/DIR --out pictures     PNG, SVG, GIF, APNG and a page with a slider",
      "  rewire topology runs/DIR --gif              only the film, into runs/DIR/topology",
      "  rewire topology model.safetensors --json    all numbers of a model for a program",
      "  rewire topology distance runs/A runs/B      how far two networks are apart",
      "",
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class TopologyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "Folder of a run, or a model file.")
  @Nullable Path place;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "Look at the moment after N epochs, 0 for the start (default: the last one).")
  @Nullable Integer epoch;

  @Option(
      names = "--layer",
      paramLabel = "I",
      description = "Which layer, from 0 as 'rewire inspect' counts them (default: 0).")
  int layer;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write pictures into this folder: all kinds unless some are named (default folder:"
              + " RUN/topology).")
  @Nullable Path out;

  @Mixin TopologyFiles files = new TopologyFiles();

  @Option(
      names = "--full",
      description =
          "Also what takes long: the test of a power law with 1000 samples, small-worldness, and"
              + " the distance to the start of wide layers.")
  boolean full;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin HelpOption help = new HelpOption();

  TopologyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path where = place;
    if (where == null) {
      throw new UsageException("give the folder of a run or a model file");
    }
    if (epoch != null && epoch < 0) {
      throw new UsageException("--epoch must be 0 or more, not " + epoch);
    }
    if (!files.none() && out == null && !java.nio.file.Files.isDirectory(where)) {
      throw new UsageException("a model file has no folder for pictures: name one by --out");
    }
    Patience patience = new Patience(console, json);
    TopologySource source = TopologySource.open(where);
    int layers = source.network().layers().size();
    if (layer < 0 || layer >= layers) {
      throw new UsageException(
          "%s has layers 0 to %d: give one of them by --layer, not %d"
              .formatted(where, layers - 1, layer));
    }
    LayerHistory history = source.layer(layer, epoch == null ? LayerHistory.LAST : epoch);
    TopologyFacts facts = TopologyFacts.of(source, history, full, console, patience);
    Map<String, String> written = Map.of();
    if (out != null || !files.none()) {
      Path folder = out == null ? where.resolve("topology") : out;
      written = files.write(folder, source, history, first(facts), facts.sentences(), patience);
    }
    patience.done();
    if (json) {
      console.out().println(Json.line(facts.json(written)));
    } else {
      print(source, history, facts, written);
    }
    return ExitCode.OK;
  }

  /** The numbers to see first in a page. */
  private static List<Fact> first(TopologyFacts facts) {
    Moment moment = facts.history().chosen();
    List<Fact> first = new ArrayList<>();
    Polarity polarity = moment.point().polarity();
    if (polarity != null) {
      first.add(new Fact(PolarityWords.word(polarity), "topology learning"));
      first.add(new Fact(String.format(Locale.ROOT, "%+.3f", polarity.index()), "polarity"));
      first.add(
          new Fact(
              String.format(Locale.ROOT, "%.3f", moment.point().ratio()), "centre/mean ratio"));
    }
    first.add(new Fact(Say.count(moment.point().connections()), "connections"));
    first.add(new Fact(Say.count(moment.point().epoch()), "epochs"));
    return first;
  }

  private void print(
      TopologySource source,
      LayerHistory history,
      TopologyFacts facts,
      Map<String, String> written) {
    Moment moment = history.chosen();
    console
        .out()
        .printf(
            "%s: layer %d of %s, %s connections, %s%n%n",
            source.place(),
            history.layer(),
            RunReport.shape(source.network()),
            Say.count(moment.point().connections()),
            when(source, moment));
    ImageShape image = moment.connectivity().image();
    if (image != null) {
      map(image, moment, history);
    }
    Polarity polarity = moment.point().polarity();
    if (polarity != null) {
      console
          .out()
          .printf(
              "%s   %s%n%s%n%n",
              coloured(polarity),
              PolarityWords.numbers(polarity),
              PolarityWords.sentence(polarity));
    }
    facts.print(console.out());
    written.values().forEach(file -> console.out().printf("wrote %s%n", file));
    if (written.isEmpty() && source.run() != null) {
      console
          .out()
          .printf(
              "pictures, a film and a page with a slider: rewire topology %s --out DIR%n",
              RunReport.shell(source.place().toString()));
    }
  }

  private static String when(TopologySource source, Moment moment) {
    if (source.historyFile() == null) {
      return "as saved";
    }
    return moment.point().epoch() == 0 ? "at the start" : "after epoch " + moment.point().epoch();
  }

  private String coloured(Polarity polarity) {
    String word = PolarityWords.word(polarity).toUpperCase(Locale.ROOT);
    String shown = polarity.sign() == Polarity.Sign.NONE ? "NO POLARITY" : word;
    if (!console.colour()) {
      return shown;
    }
    return switch (polarity.sign()) {
      case POSITIVE -> "\u001b[1;38;5;208m" + shown + "\u001b[0m";
      case NEGATIVE -> "\u001b[1;38;5;33m" + shown + "\u001b[0m";
      case NONE -> "\u001b[1m" + shown + "\u001b[0m";
    };
  }

  private void map(ImageShape image, Moment moment, LayerHistory history) {
    CountScale scale = CountScale.againstChance(history.moments());
    TextMap map = new TextMap(image.width(), image.height(), moment.counts());
    if (console.colour()) {
      console
          .out()
          .printf(
              "Connections leaving each pixel: orange more than chance gives (%.1f), blue fewer%n%n%s%n",
              moment.expected(), map.coloured(count -> scale.palette().colour(scale.place(count))));
    } else {
      console
          .out()
          .printf(
              "Connections leaving each pixel, from %s (blank) to %s (@); chance gives %.1f%n%n%s%n",
              Say.count(map.least()), Say.count(map.most()), moment.expected(), map.text(false));
    }
  }
}
