package dev.rewire.optimizer;

import dev.rewire.choice.Assignment;
import dev.rewire.choice.LayerPattern;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Penalties that differ from those of the rest of the network: by layer, and by what is penalised.
 * As a text {@code 0=1e-2, output=0, 1.biases=1e-4..0 linear}; of two entries for the same
 * parameters the later one counts.
 *
 * @param entries in the order in which they were written
 */
public record LayerStrengths(List<Entry> entries) {
  /** No exceptions. */
  public static final LayerStrengths NONE = new LayerStrengths(List.of());

  private static final String ALL = "";

  /**
   * One exception.
   *
   * @param where which layers, as {@link LayerPattern} says it, or empty for all
   * @param role weights or biases only, or null for what is penalised anyway
   * @param strength instead of the usual one, 0 or more
   */
  public record Entry(String where, @Nullable Role role, Schedule strength) {
    /** Checks place and strength. */
    public Entry {
      boolean known = where.equals(ALL) ? role != null : LayerPattern.isPossible(where);
      if (!known) {
        throw new IllegalArgumentException(
            "must name a layer by its number from 0, hidden-1 and so on, hidden or output, weights"
                + " or biases, or both as in 0.weights, not '%s'".formatted(where));
      }
      strength.requireWithin(where + " strength", 0, Double.MAX_VALUE);
    }

    private boolean includes(int layer, int layers) {
      return where.equals(ALL) || new LayerPattern(where).matches(layer, layers);
    }

    private String text() {
      String kind = role == null ? "" : role == Role.WEIGHT ? "weights" : "biases";
      return where + (where.isEmpty() || role == null ? "" : ".") + kind + "=" + strength;
    }
  }

  /** Copies the list. */
  public LayerStrengths {
    entries = List.copyOf(entries);
  }

  /**
   * Reads exceptions.
   *
   * @param text {@code WHERE=SCHEDULE}, separated by commas; {@code none} or nothing for none
   * @return the exceptions
   * @throws IllegalArgumentException if it cannot be understood; the message says what
   */
  public static LayerStrengths of(String text) {
    List<Entry> entries = new ArrayList<>();
    for (Assignment part : Assignment.list(text, "STRENGTH", "0=1e-2,output=0")) {
      entries.add(entry(part.where(), part.value()));
    }
    return new LayerStrengths(entries);
  }

  private static Entry entry(String name, String strength) {
    int dot = name.indexOf('.');
    String last = name.substring(dot + 1);
    Role role =
        switch (last) {
          case "weights" -> Role.WEIGHT;
          case "biases" -> Role.BIAS;
          default -> null;
        };
    String where = role == null ? name : dot < 0 ? ALL : name.substring(0, dot);
    return new Entry(where, role, Schedule.of(strength));
  }

  /**
   * Returns the strength for some parameters.
   *
   * @param layer number of their layer, from 0
   * @param layers of the network
   * @param role what they are
   * @param otherwise what holds without exceptions
   * @param penalised whether parameters of this role are penalised if nothing names their role
   * @return the last exception that includes them, or else {@code otherwise}
   */
  Schedule of(int layer, int layers, Role role, Schedule otherwise, boolean penalised) {
    Schedule strength = penalised ? otherwise : Schedule.constant(0);
    for (Entry entry : entries) {
      boolean meant = entry.role() == role || (entry.role() == null && penalised);
      if (meant && entry.includes(layer, layers)) {
        strength = entry.strength();
      }
    }
    return strength;
  }

  /**
   * Checks that all layers exist.
   *
   * @param layers of the network
   * @throws IllegalArgumentException if one is named that it does not have
   */
  public void requireLayers(int layers) {
    for (Entry entry : entries) {
      if (!entry.where().equals(ALL)) {
        new LayerPattern(entry.where()).requireLayer(layers);
      }
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether one of them changes in the course of training. */
  boolean isConstant() {
    return entries.stream().allMatch(entry -> entry.strength().isConstant());
  }

  /** Whether one of them needs the end of the run. */
  boolean followsRunLength() {
    return entries.stream().anyMatch(entry -> entry.strength().followsRunLength());
  }

  @Override
  public String toString() {
    return isEmpty() ? "none" : String.join(", ", entries.stream().map(Entry::text).toList());
  }
}
