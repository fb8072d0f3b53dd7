package dev.rewire.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code rewire}. */
@Command(
    name = "rewire",
    header = "Trains neural networks that are truly sparse and rewire themselves while they learn.",
    description = {
      "",
      "Start here:",
      "  rewire train                      a sparse network learns to read digits, in a minute",
      "  rewire train mnist --epochs 5     the same on real handwriting, downloaded once",
      "  rewire train my.csv --label class on your own table",
      "  rewire plan my.csv --label class  how much memory and time that needs, before it begins",
      "  rewire config                     all settings in one file, to change and to train with",
      "  rewire sweep --vary KEY=A,B       which setting is better, over several seeds",
      "  rewire study regularization       a published study, repeated and continued",
      "  rewire compare runs/A runs/B      runs side by side, and how far apart they are",
      "  rewire resume runs/DIR            goes on where it was interrupted, to the same bits",
      "  rewire inspect runs/DIR           what the network looks like inside",
      "  rewire topology runs/DIR          where it has put its connections, in pictures and a film",
      "  rewire evaluate runs/DIR          how good it is, class by class",
      "  rewire predict runs/DIR new.csv   what it says about new samples",
      "  rewire export runs/DIR --to x.npz its layers and graph for other programs",
      "  rewire prune runs/DIR             a smaller network out of it",
      "  rewire rules                      ways to rewire and to prune, and their papers",
      "  rewire data                       data sets that have a name",
      "  rewire bench                      where sparse beats dense on this machine",
      "",
      "Each run has a folder with its model, metrics and a report to open in a browser.",
      "",
    },
    synopsisHeading = "%nUsage: ",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {"", "More about a command: rewire help COMMAND"},
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:error in the program",
      " 2:wrong usage",
      " 3:data or model cannot be used",
      " 4:training diverged, the last good model is kept",
      " 5:interrupted, what was done is kept and can be gone on with",
      " 6:a run that was done again came to other bits"
    })
public final class Rewire implements Callable<Integer> {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error comes from.")
  boolean debug;

  private final Console console;

  private Rewire(Console console) {
    this.console = console;
  }

  /**
   * Runs a command and ends the process.
   *
   * @param args what was typed
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    Console console = Console.ofSystem();
    int code;
    try {
      code = commandLine(console).execute(args);
    } catch (OutOfMemoryError full) {
      console.say(
          "rewire: out of memory (%s): use a smaller network or batch", String.valueOf(full));
      code = ExitCode.SOFTWARE;
    }
    console.out().flush();
    System.exit(code);
  }

  static CommandLine commandLine(Console console) {
    Rewire rewire = new Rewire(console);
    Failures failures = new Failures(rewire);
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion.getCommandSpec().usageMessage().hidden(true);
    CommandLine command =
        new CommandLine(rewire)
            .addSubcommand(KeyOptions.addTo(new CommandLine(new TrainCommand(console))))
            .addSubcommand(new ResumeCommand(console))
            .addSubcommand(new ReproduceCommand(console))
            .addSubcommand(KeyOptions.addTo(new CommandLine(new SweepCommand(console))))
            .addSubcommand(KeyOptions.addTo(new CommandLine(new CompareRulesCommand(console))))
            .addSubcommand(KeyOptions.addTo(new CommandLine(new LotteryCommand(console))))
            .addSubcommand(new StudyCommand(console))
            .addSubcommand(new CompareCommand(console))
            .addSubcommand(KeyOptions.addTo(new CommandLine(new PlanCommand(console))))
            .addSubcommand(KeyOptions.addTo(new CommandLine(new ConfigCommand(console))))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new PredictCommand(console))
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(
                new CommandLine(new TopologyCommand(console))
                    .addSubcommand(new TopologyDistanceCommand(console)))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new PruneCommand(console))
            .addSubcommand(new RulesCommand(console))
            .addSubcommand(new DataCommand(console))
            .addSubcommand(new BenchCommand(console))
            .addSubcommand(new HelpCommand())
            .addSubcommand(completion);
    command
        .setOut(console.out())
        .setErr(console.err())
        .setColorScheme(Help.defaultColorScheme(console.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setResourceBundle(new Defaults())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setExecutionStrategy(new GivenOnce())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    return command;
  }

  @Override
  public Integer call() {
    commandLine(console).usage(console.out());
    return ExitCode.OK;
  }
}
