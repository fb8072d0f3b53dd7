package dev.rewire.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;

/** Prints Markdown, and what the numbers in it depend on. */
public final class Report {
  private Report() {}

  /**
   * Prints a line.
   *
   * @param format for {@link String#format}
   * @param values its arguments
   */
  public static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /**
   * Prints the head of a table.
   *
   * @param columns their names
   */
  public static void head(String... columns) {
    row(List.of(columns));
    row(Collections.nCopies(columns.length, "---"));
  }

  /**
   * Prints a row of a table.
   *
   * @param cells what stands in it
   */
  public static void row(List<String> cells) {
    print("| %s |", String.join(" | ", cells));
  }

  /**
   * Prints a title and the machine.
   *
   * @param title what is measured
   * @param threads of every side
   */
  public static void title(String title, int threads) {
    print("## %s", title);
    print("");
    print(
        "%s, %s, %s processors, %s GiB, Java %s, vectors of %s bits, threads: %s",
        LocalDate.now(),
        machine("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        gibibytes(),
        System.getProperty("java.vm.version"),
        Integer.toString(
            Integer.getInteger("rewire.vectorBits", FloatVector.SPECIES_PREFERRED.vectorBitSize())),
        threads);
    print("");
  }

  /**
   * Writes a number as people read it: three digits that count.
   *
   * @param value any number
   * @return for example {@code 0.0123}, {@code 1.23}, {@code 123}
   */
  public static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String gibibytes() {
    String kibibytes = machine("/proc/meminfo", "MemTotal").replace(" kB", "");
    return kibibytes.isEmpty() ? "?" : digits(Long.parseLong(kibibytes) / 1048576.0);
  }

  /**
   * Looks up a line of a file of Linux.
   *
   * @param file for example {@code /proc/self/status}
   * @param key what the line begins with
   * @return what is behind its colon, or nothing where there is no such file
   */
  public static String machine(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
