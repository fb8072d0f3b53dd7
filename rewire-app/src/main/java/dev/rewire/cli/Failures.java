package dev.rewire.cli;

import dev.rewire.config.ConfigException;
import dev.rewire.data.DataException;
import dev.rewire.model.ModelFormatException;
import dev.rewire.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Rewire rewire;

  Failures(Rewire rewire) {
    this.rewire = rewire;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    tell(command, failure, sentence(failure) + hint(command));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    switch (failure) {
      case UsageException usage -> {
        tell(command, usage, usage.getMessage() + hint(command));
        return ExitCode.USAGE;
      }
      case ConfigException unfit -> {
        tell(command, unfit, unfit.getMessage() + hint(command));
        return ExitCode.USAGE;
      }
      case DataException data -> {
        tell(command, data, String.valueOf(data.getMessage()));
        return ExitCode.DATA;
      }
      case ModelFormatException damaged -> {
        tell(command, damaged, String.valueOf(damaged.getMessage()));
        return ExitCode.DATA;
      }
      case IOException io -> {
        tell(command, io, reason(io));
        return ExitCode.DATA;
      }
      case UncheckedIOException io -> {
        IOException cause = io.getCause();
        tell(command, io, cause == null ? String.valueOf(io.getMessage()) : reason(cause));
        return ExitCode.DATA;
      }
      case DivergedException diverged -> {
        tell(command, diverged, String.valueOf(diverged.getMessage()));
        return ExitCode.DIVERGED;
      }
      default -> {
        tell(
            command,
            failure,
            "internal error, please report it with the output of --debug: " + failure);
        return ExitCode.SOFTWARE;
      }
    }
  }

  /** Names the kind of trouble, because the message of a file system is often only a path. */
  static String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case java.nio.file.FileSystemException about when about.getReason() != null ->
          about.getReason() + ": " + about.getFile();
      case java.nio.file.NoSuchFileException missing -> "there is no file " + missing.getFile();
      case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
      case java.nio.file.FileAlreadyExistsException there ->
          there.getFile() + " exists and is in the way";
      default -> message;
    };
  }

  private void tell(CommandLine command, Exception failure, String sentence) {
    command.getErr().println("rewire: " + sentence);
    if (rewire.debug) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
  }

  private static String sentence(ParameterException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String typed = String.join(" ", unmatched.getUnmatched());
      String kind = unmatched.isUnknownOption() ? "option" : "argument";
      List<String> near = unmatched.getSuggestions();
      return "there is no %s '%s'%s"
          .formatted(
              kind,
              typed,
              near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?");
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String hint(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName(" ");
    String help = name.replaceFirst("^rewire ?", "rewire help ").strip();
    return " (see '" + help + "')";
  }
}
