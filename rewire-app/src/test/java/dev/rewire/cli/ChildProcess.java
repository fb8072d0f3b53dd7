package dev.rewire.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The program in a process of its own, which can be killed. */
final class ChildProcess {
  private ChildProcess() {}

  /** The command that starts it. */
  static List<String> command(Object... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rewire.cli.Rewire"));
    Arrays.stream(words).map(Object::toString).forEach(command::add);
    return command;
  }

  static Process start(Object... words) throws IOException {
    return new ProcessBuilder(command(words)).start();
  }
}
