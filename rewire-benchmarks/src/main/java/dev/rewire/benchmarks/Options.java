package dev.rewire.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The words after a command: names of what to run, and options with a number each.
 *
 * @param names what to run, none for everything
 * @param threads of every side, 1 or more
 * @param epochs 0 for what the benchmark itself thinks right
 * @param batch samples of a step, 0 for what the benchmark itself thinks right
 */
public record Options(List<String> names, int threads, int epochs, int batch) {
  /**
   * Reads a command line.
   *
   * @param args the words
   * @param threads what {@code --threads} is when nobody says
   * @return the options
   */
  public static Options of(String[] args, int threads) {
    List<String> names = new ArrayList<>();
    int epochs = 0;
    int batch = 0;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--threads" -> threads = number(args, ++i);
        case "--epochs" -> epochs = number(args, ++i);
        case "--batch" -> batch = number(args, ++i);
        default -> {
          if (args[i].startsWith("-")) {
            throw new IllegalArgumentException(
                args[i] + " is not an option; there are --threads N, --epochs N and --batch N");
          }
          names.add(args[i]);
        }
      }
    }
    return new Options(names, threads, epochs, batch);
  }

  private static int number(String[] args, int at) {
    int value = at < args.length ? Integer.parseInt(args[at]) : 0;
    if (value < 1) {
      throw new IllegalArgumentException(args[at - 1] + " needs a number, 1 or more");
    }
    return value;
  }

  /**
   * Returns what to run.
   *
   * @param all everything there is
   * @return the names given, or all
   */
  public List<String> namesOr(List<String> all) {
    return names.isEmpty() ? all : names;
  }
}
