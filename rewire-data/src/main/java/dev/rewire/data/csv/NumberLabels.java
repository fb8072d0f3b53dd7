package dev.rewire.data.csv;

import dev.rewire.data.DataException;
import dev.rewire.dataset.NumberTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Labels that are numbers to predict, at 4 bytes each while they are read. */
final class NumberLabels {
  private final String file;
  private final String column;
  private final String unit;
  private float[] values = new float[1024];
  private int size;

  /** Numbers of a sample; 0 before the first one. */
  private int width;

  NumberLabels(String file, String column, String unit) {
    this.file = file;
    this.column = column;
    this.unit = unit;
  }

  void add(String text, long line) {
    String[] numbers = Classes.SEPARATOR.split(text, -1);
    if (width == 0) {
      width = numbers.length;
    }
    if (numbers.length != width) {
      throw new DataException(
          "%s has %d numbers to predict in %s %d, %s, but %d in the first one: give as many in each."
              .formatted(file, numbers.length, unit, line, column, width));
    }
    if (size + width > values.length) {
      values = Arrays.copyOf(values, Math.max(Math.multiplyExact(2, values.length), size + width));
    }
    for (String number : numbers) {
      float value = Numeral.parse(number.strip());
      if (Float.isNaN(value)) {
        throw new DataException(
            "%s has \"%.40s\" in %s %d, %s, where a number to predict must be: correct it, or take"
                    .formatted(file, number, unit, line, column)
                + " --head classes if these are names of classes.");
      }
      values[size++] = value;
    }
  }

  int samples() {
    return width == 0 ? 0 : size / width;
  }

  /**
   * Puts them together.
   *
   * @param columns what the numbers are called, or nothing
   * @param known what they must be, from the training samples, or null
   */
  NumberTargets targets(List<String> columns, List<String> known) {
    int numbers = Math.max(1, width);
    if (!known.isEmpty() && known.size() != numbers) {
      throw new DataException(
          "%s has %d numbers to predict for each %s, %s, but %d are known (%s): give the same ones."
              .formatted(file, numbers, unit, column, known.size(), Listing.of(known)));
    }
    List<String> names = known;
    if (known.isEmpty()) {
      names = columns.size() == numbers ? columns : numbered(numbers);
    }
    return new NumberTargets(Arrays.copyOf(values, size), names);
  }

  private static List<String> numbered(int numbers) {
    List<String> names = new ArrayList<>();
    for (int k = 1; k <= numbers; k++) {
      names.add(numbers == 1 ? "target" : "target " + k);
    }
    return names;
  }
}
