package dev.rewire.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of {@code int}s outside the heap, aligned to 64 bytes and zero at first; see
 * {@link Floats}.
 */
public final class Ints {
  private final MemorySegment segment;
  private final long length;

  /**
   * Allocates zeros.
   *
   * @param length number of elements, 0 or more
   */
  public Ints(long length) {
    this(
        HugePages.under(
            Arena.ofAuto()
                .allocate(Math.multiplyExact(checked(length), Integer.BYTES), Floats.ALIGNMENT)),
        length);
  }

  private Ints(MemorySegment segment, long length) {
    this.segment = segment;
    this.length = length;
  }

  /**
   * Copies an array.
   *
   * @param values the elements
   * @return a new block with the same elements
   */
  public static Ints of(int... values) {
    Ints ints = new Ints(values.length);
    MemorySegment.copy(values, 0, ints.segment, ValueLayout.JAVA_INT, 0, values.length);
    return ints;
  }

  /**
   * Views native memory that the caller provides, a mapped file for example.
   *
   * @param segment native, 64-byte aligned, its size a multiple of 4
   * @return a view, not a copy
   */
  public static Ints view(MemorySegment segment) {
    if (!segment.isNative() || segment.address() % Floats.ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "segment must be native and start at a multiple of " + Floats.ALIGNMENT + " bytes");
    }
    return new Ints(segment, segment.byteSize() / Integer.BYTES);
  }

  /**
   * Returns the number of elements.
   *
   * @return 0 or more
   */
  public long length() {
    return length;
  }

  /**
   * Returns the memory itself, for kernels and file channels.
   *
   * @return native, 64-byte aligned, {@code 4 * length} bytes
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Reads one element.
   *
   * @param index 0 to {@code length - 1}
   * @return its value
   */
  public int get(long index) {
    return segment.getAtIndex(ValueLayout.JAVA_INT, index);
  }

  /**
   * Writes one element.
   *
   * @param index 0 to {@code length - 1}
   * @param value its new value
   */
  public void set(long index, int value) {
    segment.setAtIndex(ValueLayout.JAVA_INT, index, value);
  }

  /**
   * Copies a range of another block.
   *
   * @param source where to read
   * @param from its first element
   * @param to where to write the first element here
   * @param count how many
   */
  public void copy(Ints source, long from, long to, long count) {
    MemorySegment.copy(
        source.segment, from * Integer.BYTES, segment, to * Integer.BYTES, count * Integer.BYTES);
  }

  /**
   * Copies an array into this block.
   *
   * @param source the elements
   * @param from index of the first one to copy
   * @param to where to write it here
   * @param count how many
   */
  public void copy(int[] source, int from, long to, int count) {
    MemorySegment.copy(source, from, segment, ValueLayout.JAVA_INT, to * Integer.BYTES, count);
  }

  /**
   * Copies all elements onto the heap.
   *
   * @return a new array; fails above 2<sup>31</sup> elements
   */
  public int[] toArray() {
    return segment.toArray(ValueLayout.JAVA_INT);
  }

  private static long checked(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("length must be 0 or more: " + length);
    }
    return length;
  }
}
