package dev.rewire.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A measurement in a JVM of its own: no compiled code is shaped by what ran before it, and its
 * memory is nobody else's.
 */
public final class Child {
  private static final String PREFIX = "RESULT ";
  private static final String INCUBATOR = "WARNING: Using incubator modules";

  private Child() {}

  /**
   * Runs a class in a new JVM with the options of this one.
   *
   * @param main a class with a {@code main} that calls {@link #report}
   * @param args for it
   * @return what it reported
   * @throws FailedException if it ended with an error
   */
  public static Map<String, Double> run(Class<?> main, Object... args) throws FailedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Arrays.stream(args).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    // Nothing of a peer goes into the network or into somebody's home.
    builder.environment().put("DJL_OFFLINE", "true");
    builder.environment().put("OPT_OUT_TRACKING", "true");
    Map<String, Double> results = new LinkedHashMap<>();
    try {
      Process process = builder.start();
      // Who stops this JVM does not want the other one to go on.
      Thread hook = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(hook);
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int equals = line.lastIndexOf('=');
          if (line.startsWith(PREFIX)) {
            results.put(
                line.substring(PREFIX.length(), equals),
                Double.parseDouble(line.substring(equals + 1)));
          } else if (!line.startsWith(INCUBATOR)) {
            System.err.println(line);
          }
        }
      }
      int status = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(hook);
      if (status != 0) {
        throw new FailedException(main.getSimpleName() + Arrays.toString(args), status);
      }
      return results;
    } catch (IOException e) {
      throw new FailedException(e.toString(), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", -1);
    }
  }

  /**
   * Tells a result to the JVM that started this one.
   *
   * @param name what it is
   * @param value the number
   */
  public static void report(String name, double value) {
    System.out.println(PREFIX + name + "=" + String.format(Locale.ROOT, "%.9g", value));
  }

  /** A measurement ended without a result. */
  public static final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    FailedException(String what, int status) {
      super(what + " ended with status " + status);
    }
  }
}
