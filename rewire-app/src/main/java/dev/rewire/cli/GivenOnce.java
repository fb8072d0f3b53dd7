package dev.rewire.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Refuses an option of a group that stands there twice: the parser would forget everything that was
 * said of the group before the second one. Of options that are made from keys the last one counts.
 */
final class GivenOnce implements IExecutionStrategy {
  @Override
  public int execute(ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    for (OptionSpec option : command.getCommandSpec().options()) {
      long given =
          option.isMultiValue() || option.group() == null || option.userObject() == null
              ? 1
              : parsed.originalArgs().stream()
                  .takeWhile(word -> !word.equals("--"))
                  .filter(word -> means(option, word))
                  .count();
      if (given > 1) {
        throw new ParameterException(
            command, "option " + option.longestName() + " stands there twice: give it once");
      }
    }
    return new RunLast().execute(parsed);
  }

  private static boolean means(OptionSpec option, String word) {
    return Arrays.stream(option.names())
        .anyMatch(name ->
            word.equals(name)
                || word.startsWith(name + "=")
                || (option.negatable() && word.equals(name.replaceFirst("^--", "--no-"))));
  }
}
