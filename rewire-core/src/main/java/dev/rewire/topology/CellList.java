package dev.rewire.topology;

import dev.rewire.memory.Longs;
import dev.rewire.memory.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * A list of cells, or of other {@code long} numbers, in native memory that is used again when the
 * list is filled anew.
 *
 * <p>Lists that a listener or a rule is given belong to the evolution: they are valid until it goes
 * on. {@link #toArray} keeps what is in them.
 */
public final class CellList implements AutoCloseable {
  private final Scratch scratch = new Scratch();
  private Longs values = Longs.view(scratch.reserve(0));

  /** The same memory and one number more. */
  private Longs withEnd = values;

  private long size;

  /** Begins with an empty list. */
  public CellList() {}

  /**
   * Makes an empty list with room. What was in it is lost.
   *
   * @param capacity numbers that will be added, 0 or more
   */
  public void clear(long capacity) {
    size = 0;
    if (capacity > values.length()) {
      reserve(capacity);
    }
  }

  private void reserve(long capacity) {
    MemorySegment memory = scratch.reserve(Math.multiplyExact(capacity + 1, Long.BYTES));
    withEnd = Longs.view(memory);
    values = Longs.view(memory.asSlice(0, memory.byteSize() - Long.BYTES));
  }

  /**
   * Returns the length of the list.
   *
   * @return 0 or more
   */
  public long size() {
    return size;
  }

  /**
   * Says how many numbers were, or will be, written into {@link #values}.
   *
   * @param size 0 to the capacity
   */
  public void size(long size) {
    if (size < 0 || size > values.length()) {
      throw new IllegalArgumentException(
          "a list with room for " + values.length() + " numbers cannot have " + size);
    }
    this.size = size;
  }

  /**
   * Returns the memory behind the list, to be filled by several threads.
   *
   * @return as long as the capacity; valid until {@link #clear}
   */
  public Longs values() {
    return values;
  }

  /**
   * Returns the same memory with the largest number behind the last one, for loops that look one
   * ahead.
   *
   * @return longer than the list; valid until {@link #clear}
   */
  public Longs terminated() {
    if (withEnd.length() == 0) {
      reserve(0);
    }
    withEnd.set(size, Long.MAX_VALUE);
    return withEnd;
  }

  /**
   * Reads a number.
   *
   * @param index 0 to {@code size - 1}
   * @return the number there
   */
  public long get(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("index " + index + " is not below " + size);
    }
    return values.get(index);
  }

  /**
   * Adds a number at the end.
   *
   * @param number any
   * @throws IndexOutOfBoundsException if there is no room: {@link #clear} makes it
   */
  public void add(long number) {
    values.set(size, number);
    size++;
  }

  /**
   * Replaces the list.
   *
   * @param other what to copy
   */
  public void copy(CellList other) {
    clear(other.size);
    values.copy(other.values, 0, 0, other.size);
    size = other.size;
  }

  /**
   * Becomes the union of two ascending lists without a number in common.
   *
   * @param one ascending, not this list
   * @param other ascending, not this list
   */
  public void union(CellList one, CellList other) {
    clear(one.size + other.size);
    long first = 0;
    long second = 0;
    while (first < one.size || second < other.size) {
      boolean fromOne =
          second == other.size
              || (first < one.size && one.values.get(first) < other.values.get(second));
      add(fromOne ? one.values.get(first++) : other.values.get(second++));
    }
  }

  /**
   * Finds a place in an ascending list.
   *
   * @param number any
   * @return the index of the first number that is not below it, {@code size} if there is none
   */
  public long lowerBound(long number) {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (values.get(middle) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Copies the list onto the heap.
   *
   * @return a new array; fails above 2<sup>31</sup> numbers
   */
  public long[] toArray() {
    long[] array = new long[Math.toIntExact(size)];
    values.read(0, array, array.length);
    return array;
  }

  /**
   * Returns how much memory is held.
   *
   * @return bytes
   */
  public long bytes() {
    return scratch.bytes();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    scratch.close();
    values = Longs.view(scratch.reserve(0));
    withEnd = values;
    size = 0;
  }
}
