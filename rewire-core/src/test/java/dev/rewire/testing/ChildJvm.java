package dev.rewire.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, with options of its own. */
public final class ChildJvm {
  private static final long MOST_SECONDS = 300;

  private ChildJvm() {}

  /**
   * What a program printed.
   *
   * @param lines of stdout
   * @param errors all of stderr
   * @param exitCode 0 if it went well
   */
  public record Output(List<String> lines, String errors, int exitCode) {}

  /**
   * Runs a program to its end.
   *
   * @param main a class with a main method
   * @param options of the JVM
   * @param arguments of the program
   * @return what it printed
   */
  public static Output run(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-ea", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return run(command);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static Output run(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("child", ".stderr");
    Path lines = Files.createTempFile("child", ".stdout");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(errors.toFile())
              .redirectOutput(lines.toFile())
              .start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("still running after " + MOST_SECONDS + " s: " + command);
      }
      return new Output(
          Files.readAllLines(lines, StandardCharsets.UTF_8),
          Files.readString(errors, StandardCharsets.UTF_8),
          process.exitValue());
    } finally {
      Files.delete(errors);
      Files.delete(lines);
    }
  }
}
