package dev.rewire.config;

import java.nio.file.Path;

/**
 * Where a value comes from.
 *
 * @param layer which kind of place; a later one overrides an earlier one
 * @param place the place in words: {@code run.yaml:7}, {@code --epsilon}
 */
public record Origin(Layer layer, String place) {
  /** The kinds of places, from the weakest to the strongest. */
  public enum Layer {
    /** Nobody said anything. */
    DEFAULT,
    /** The preset that was asked for. */
    PRESET,
    /** A configuration file. */
    FILE,
    /** {@code --set key=value}. */
    SET,
    /** An option or the argument of the command line. */
    OPTION,
    /** What a sweep varies. */
    SWEEP
  }

  /** Nobody said anything. */
  public static final Origin DEFAULT = new Origin(Layer.DEFAULT, "default");

  /** Another setting decided this one as well. */
  public static final Origin DERIVED = new Origin(Layer.DEFAULT, "follows from other settings");

  /** What {@code --set} gave. */
  public static final Origin SET = new Origin(Layer.SET, "--set");

  /** What a sweep varies. */
  public static final Origin SWEEP = new Origin(Layer.SWEEP, "--vary");

  /**
   * A line of a file.
   *
   * @param file the file, as it was typed
   * @param line from 1
   * @return the origin
   */
  public static Origin line(Path file, int line) {
    return new Origin(Layer.FILE, file + ":" + line);
  }

  /**
   * An option.
   *
   * @param name with its hyphens
   * @return the origin
   */
  public static Origin option(String name) {
    return new Origin(Layer.OPTION, name);
  }

  /**
   * Names a key in the way of this place, to begin a message with.
   *
   * @param key which
   * @return for example {@code run.yaml:7: network.epsilon} or {@code --epsilon}
   */
  public String naming(Key<?> key) {
    return switch (layer) {
      case OPTION -> place;
      case SET, SWEEP -> place + " " + key.path();
      case FILE -> place + ": " + key.path();
      case DEFAULT, PRESET -> key.path();
    };
  }

  /**
   * Says whether what is said here stands back behind another place. What is typed in one command,
   * by {@code --set} or by options, is meant together.
   *
   * @param other the other place
   * @return true if the other one is stronger and not of the same command line
   */
  public boolean isOlderThan(Origin other) {
    boolean together = layer == Layer.SET && other.layer == Layer.OPTION;
    return layer.compareTo(other.layer) < 0 && !together;
  }

  /**
   * Says whether this overrides another place.
   *
   * @param other the other place
   * @return true if this one is as strong or stronger
   */
  public boolean overrides(Origin other) {
    return layer.compareTo(other.layer) >= 0;
  }
}
