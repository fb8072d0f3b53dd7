package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/** What is done to the columns of some samples, one after the other. */
final class ColumnLoops {
  /** Rows that are added up before they are added to the rest. */
  static final int BLOCK = 64;

  private ColumnLoops() {}

  static void sums(Floats x, long from, int stride, int rows, int columns, Floats sums, long at) {
    for (int b = 0; b < columns; b++) {
      float sum = 0;
      for (int first = 0; first < rows; first += BLOCK) {
        float part = 0;
        for (int j = first; j < Math.min(rows, first + BLOCK); j++) {
          part += x.get(from + (long) j * stride + b);
        }
        sum += part;
      }
      sums.set(at + b, sum);
    }
  }

  static void squares(
      Floats x, long from, int stride, int rows, int columns, Floats centre, Floats sums, long at) {
    for (int b = 0; b < columns; b++) {
      float sum = 0;
      float middle = centre.get(at + b);
      for (int first = 0; first < rows; first += BLOCK) {
        float part = 0;
        for (int j = first; j < Math.min(rows, first + BLOCK); j++) {
          float distance = x.get(from + (long) j * stride + b) - middle;
          part = Math.fma(distance, distance, part);
        }
        sum += part;
      }
      sums.set(at + b, sum);
    }
  }

  static void products(
      Floats x,
      long from,
      Floats y,
      long yFrom,
      int stride,
      int rows,
      int columns,
      Floats sums,
      long at) {
    for (int b = 0; b < columns; b++) {
      float sum = 0;
      for (int first = 0; first < rows; first += BLOCK) {
        float part = 0;
        for (int j = first; j < Math.min(rows, first + BLOCK); j++) {
          long place = (long) j * stride + b;
          part = Math.fma(x.get(from + place), y.get(yFrom + place), part);
        }
        sum += part;
      }
      sums.set(at + b, sum);
    }
  }

  static void normal(
      Floats x,
      long from,
      int stride,
      int rows,
      int columns,
      Floats centre,
      Floats factor,
      long at) {
    for (int j = 0; j < rows; j++) {
      for (int b = 0; b < columns; b++) {
        long place = from + (long) j * stride + b;
        x.set(place, (x.get(place) - centre.get(at + b)) * factor.get(at + b));
      }
    }
  }

  static void gradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int stride,
      int rows,
      int columns,
      Floats common,
      Floats along,
      Floats factor,
      long at) {
    for (int j = 0; j < rows; j++) {
      for (int b = 0; b < columns; b++) {
        long place = (long) j * stride + b;
        float rest = d.get(from + place) - common.get(at + b);
        float less = Math.fma(-along.get(at + b), normal.get(normalFrom + place), rest);
        d.set(from + place, less * factor.get(at + b));
      }
    }
  }
}
