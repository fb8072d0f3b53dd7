package dev.rewire.study;

import dev.rewire.sweep.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One setting of a study, trained once with each seed.
 *
 * @param id name on the command line, in tables and in claims
 * @param title in a few words
 * @param setting what is special about it
 * @param moments epochs that are looked at, ascending; the last one is the length of the run, so a
 *     run serves all of them at once: what comes after an epoch changes nothing before it
 */
public record Arm(String id, String title, Setting setting, List<Integer> moments) {
  /** The key by which an arm begins with the last topology of another one, named by its id. */
  public static final String WIRING = "network.topology_from";

  /** Checks the moments. */
  public Arm {
    moments = List.copyOf(moments);
    if (moments.isEmpty() || !moments.equals(moments.stream().sorted().distinct().toList())) {
      throw new IllegalArgumentException("moments of %s: %s".formatted(id, moments));
    }
  }

  /**
   * Makes an arm.
   *
   * @param id name
   * @param title in a few words
   * @param values settings by the full name of their key
   * @param moments epochs that are looked at
   * @return the arm
   */
  public static Arm of(String id, String title, Map<String, String> values, Integer... moments) {
    // in one order always, because folders are named by it
    return new Arm(id, title, new Setting(new TreeMap<>(values)), List.of(moments));
  }

  /**
   * Says whose last topology its runs begin with, seed by seed.
   *
   * @return name of an arm, or nothing if they draw their own
   */
  public Optional<String> wiring() {
    return Optional.ofNullable(setting.values().get(WIRING));
  }

  /**
   * Says how long its runs are.
   *
   * @return epochs
   */
  public int epochs() {
    return moments.getLast();
  }
}
