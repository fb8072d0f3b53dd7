package dev.rewire.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds in some layers of a network instead of what holds in all. As a text {@code
 * hidden-1=0.02, output=1}; of two entries for the same layer the later one counts.
 *
 * @param entries in the order in which they were written
 * @param <T> what is chosen
 */
public record PerLayer<T>(List<Entry<T>> entries) {
  /**
   * What holds in some layers.
   *
   * @param where which layers
   * @param value what holds there
   * @param <T> what is chosen
   */
  public record Entry<T>(LayerPattern where, T value) {}

  /** Copies the list. */
  public PerLayer {
    entries = List.copyOf(entries);
  }

  /**
   * The same in all layers.
   *
   * @param <T> what could be chosen
   * @return without entries
   */
  public static <T> PerLayer<T> none() {
    return new PerLayer<>(List.of());
  }

  /**
   * Reads what holds where.
   *
   * @param text {@code LAYER=VALUE}, separated by commas; {@code none} or nothing for none
   * @param example for messages
   * @param reader understands a value; its messages follow the name of the layer
   * @return the entries
   * @param <T> what is chosen
   * @throws IllegalArgumentException if it cannot be understood; the message says what
   */
  public static <T> PerLayer<T> of(String text, String example, Function<String, T> reader) {
    List<Entry<T>> entries = new ArrayList<>();
    for (Assignment assignment : Assignment.list(text, "VALUE", example)) {
      LayerPattern where = new LayerPattern(assignment.where());
      try {
        entries.add(new Entry<>(where, reader.apply(assignment.value())));
      } catch (IllegalArgumentException bad) {
        throw new IllegalArgumentException("for " + where.text() + " " + bad.getMessage(), bad);
      }
    }
    return new PerLayer<>(entries);
  }

  /**
   * Says whether all layers are alike.
   *
   * @return true without entries
   */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Returns what holds in a layer.
   *
   * @param layer its number, from 0
   * @param layers of the network
   * @return the value of the last entry that means it, or null if none does
   */
  public @Nullable T of(int layer, int layers) {
    T value = null;
    for (Entry<T> entry : entries) {
      value = entry.where().matches(layer, layers) ? entry.value() : value;
    }
    return value;
  }

  /**
   * Checks that each entry means a layer.
   *
   * @param layers of the network
   * @throws IllegalArgumentException if one names a layer that it does not have
   */
  public void requireLayers(int layers) {
    entries.forEach(entry -> entry.where().requireLayer(layers));
  }

  /**
   * Writes what {@link #of(String, String, Function)} reads.
   *
   * @param printer writes a value
   * @return {@code none} without entries
   */
  public String text(Function<T, String> printer) {
    List<String> parts =
        entries.stream()
            .map(entry -> entry.where().text() + "=" + printer.apply(entry.value()))
            .toList();
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  @Override
  public String toString() {
    return text(String::valueOf);
  }
}
