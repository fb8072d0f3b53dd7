package dev.rewire.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place inside the records that settings consist of: {@code recipe.plan.batch}. Records have no
 * copies with one change, and there are too many components to write each of them down; a component
 * that a record gets later changes nothing here.
 *
 * @param path the records from the outside to the inside
 * @param <T> type of the component
 */
record Component<T>(List<RecordComponent> path) {

  /** Finds a place below {@link RunSettings}. */
  static <T> Component<T> of(String place) {
    List<RecordComponent> path = new ArrayList<>();
    Class<?> type = RunSettings.class;
    for (String name : place.split("\\.")) {
      RecordComponent component = find(type, name);
      path.add(component);
      type = component.getType();
    }
    return new Component<>(path);
  }

  private static RecordComponent find(Class<?> type, String name) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(type.getSimpleName() + " has no component " + name));
  }

  /** Reads the component; null where a record on the way is missing. */
  @SuppressWarnings("unchecked")
  @Nullable T get(RunSettings settings) {
    Object value = settings;
    for (RecordComponent component : path) {
      if (value == null) {
        return null;
      }
      value = read(component, value);
    }
    return (T) value;
  }

  /** Returns a copy of the settings; unchanged where a record on the way is missing. */
  RunSettings with(RunSettings settings, @Nullable Object value) {
    return (RunSettings) change(settings, 0, value);
  }

  private Object change(Object record, int depth, @Nullable Object value) {
    RecordComponent component = path.get(depth);
    if (depth == path.size() - 1) {
      return with(record, component.getName(), value);
    }
    Object inner = read(component, record);
    return inner == null
        ? record
        : with(record, component.getName(), change(inner, depth + 1, value));
  }

  /** Copies any record with one component changed. */
  static Object with(Object record, String name, @Nullable Object value) {
    RecordComponent[] all = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[all.length];
    Object[] values = new Object[all.length];
    for (int c = 0; c < all.length; c++) {
      types[c] = all[c].getType();
      values[c] = all[c].getName().equals(name) ? value : read(all[c], record);
    }
    try {
      return record.getClass().getConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException(refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether a record has a component of this name. */
  static boolean has(Object record, String name) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .anyMatch(component -> component.getName().equals(name));
  }

  /** Reads a component of any record. */
  @SuppressWarnings("unchecked")
  static <T> @Nullable T read(Object record, String name) {
    return (T) read(find(record.getClass(), name), record);
  }

  private static @Nullable Object read(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
