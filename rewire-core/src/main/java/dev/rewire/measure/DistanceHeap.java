package dev.rewire.measure;

import java.util.Arrays;

/** Columns by their distance, the nearest first, of equally near ones the lowest number. */
final class DistanceHeap {
  private final int[] heap;

  /** Place of each column, -1 if it is not here. */
  private final int[] place;

  private int size;

  DistanceHeap(int columns) {
    heap = new int[columns];
    place = new int[columns];
    Arrays.fill(place, -1);
  }

  /** Adds a column, or moves it up because its distance has become smaller. */
  void push(int column, double[] distance) {
    int at = place[column];
    if (at < 0) {
      at = size++;
    }
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (!before(column, heap[parent], distance)) {
        break;
      }
      put(heap[parent], at);
      at = parent;
    }
    put(column, at);
  }

  int pop(double[] distance) {
    int top = heap[0];
    place[top] = -1;
    size--;
    if (size > 0) {
      sink(heap[size], distance);
    }
    return top;
  }

  private void sink(int column, double[] distance) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child], distance)) {
        child++;
      }
      if (!before(heap[child], column, distance)) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(column, at);
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      place[heap[i]] = -1;
    }
    size = 0;
  }

  private void put(int column, int at) {
    heap[at] = column;
    place[column] = at;
  }

  private static boolean before(int a, int b, double[] distance) {
    return distance[a] < distance[b] || (distance[a] == distance[b] && a < b);
  }
}
