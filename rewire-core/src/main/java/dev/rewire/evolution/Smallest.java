package dev.rewire.evolution;

import java.util.Arrays;
import java.util.BitSet;

/** Finds the connections with the smallest keys in linear time; ties go to the lowest number. */
final class Smallest {
  private final float[] keys;
  private final int[] connections;
  private int size;

  Smallest(int capacity) {
    keys = new float[capacity];
    connections = new int[capacity];
  }

  /** Adds a connection; numbers must ascend. */
  void add(float key, int connection) {
    keys[size] = key;
    connections[size++] = connection;
  }

  int size() {
    return size;
  }

  void mark(int count, BitSet marks) {
    if (count == 0) {
      return;
    }
    float limit = ranked(Arrays.copyOf(keys, size), count - 1);
    int ties = count;
    for (int i = 0; i < size; i++) {
      if (keys[i] < limit) {
        ties--;
      }
    }
    for (int i = 0; i < size; i++) {
      if (keys[i] < limit || (keys[i] == limit && ties-- > 0)) {
        marks.set(connections[i]);
      }
    }
  }

  /** Returns the value that would stand at {@code rank} if the array were sorted (Hoare 1961). */
  private static float ranked(float[] values, int rank) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = medianOfThree(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return values[rank];
      }
    }
    return values[rank];
  }

  private static float medianOfThree(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
