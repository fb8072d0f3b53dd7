package dev.rewire.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of {@code float}s outside the heap, aligned to 64 bytes and zero at first.
 *
 * <p>Native storage instead of {@code float[]} for two reasons: a Java array starts 16 bytes into
 * its object, so every 512-bit load would cross a cache line, and it ends at 2<sup>31</sup>
 * elements. Memory is released when the object is no longer reachable; there is nothing to close.
 */
public final class Floats {
  /** Alignment of every block, in bytes: one cache line, one 512-bit vector. */
  public static final long ALIGNMENT = 64;

  private final MemorySegment segment;
  private final long length;

  /**
   * Allocates zeros.
   *
   * @param length number of elements, 0 or more
   */
  public Floats(long length) {
    this(
        HugePages.under(
            Arena.ofAuto().allocate(Math.multiplyExact(checked(length), Float.BYTES), ALIGNMENT)),
        length);
  }

  private Floats(MemorySegment segment, long length) {
    this.segment = segment;
    this.length = length;
  }

  /**
   * Copies an array.
   *
   * @param values the elements
   * @return a new block with the same elements
   */
  public static Floats of(float... values) {
    Floats floats = new Floats(values.length);
    MemorySegment.copy(values, 0, floats.segment, ValueLayout.JAVA_FLOAT, 0, values.length);
    return floats;
  }

  /**
   * Views native memory that the caller provides, a mapped file for example.
   *
   * @param segment native, 64-byte aligned, its size a multiple of 4
   * @return a view, not a copy
   */
  public static Floats view(MemorySegment segment) {
    if (!segment.isNative() || segment.address() % ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "segment must be native and start at a multiple of " + ALIGNMENT + " bytes");
    }
    return new Floats(segment, segment.byteSize() / Float.BYTES);
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
  public float get(long index) {
    return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  /**
   * Writes one element.
   *
   * @param index 0 to {@code length - 1}
   * @param value its new value
   */
  public void set(long index, float value) {
    segment.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
  }

  /** Sets every element to zero. */
  public void clear() {
    segment.fill((byte) 0);
  }

  /**
   * Sets a range to zero.
   *
   * @param from first element
   * @param to one past the last element
   */
  public void clear(long from, long to) {
    // Not a slice, which would be an object: this is part of a training step.
    for (long i = from; i < to; i++) {
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, 0f);
    }
  }

  /**
   * Sets a range to one value.
   *
   * @param from first element
   * @param count how many
   * @param value their new value
   */
  public void fill(long from, int count, float value) {
    for (long i = from; i < from + count; i++) {
      set(i, value);
    }
  }

  /**
   * Copies a range of another block.
   *
   * @param source where to read
   * @param from its first element
   * @param to where to write the first element here
   * @param count how many
   */
  public void copy(Floats source, long from, long to, long count) {
    MemorySegment.copy(
        source.segment, from * Float.BYTES, segment, to * Float.BYTES, count * Float.BYTES);
  }

  /**
   * Copies an array into this block.
   *
   * @param source the elements
   * @param from index of the first one to copy
   * @param to where to write it here
   * @param count how many
   */
  public void copy(float[] source, int from, long to, int count) {
    MemorySegment.copy(source, from, segment, ValueLayout.JAVA_FLOAT, to * Float.BYTES, count);
  }

  /**
   * Returns a block of the same length and content.
   *
   * @return a copy that shares nothing with this
   */
  public Floats duplicate() {
    Floats copy = new Floats(length);
    copy.segment.copyFrom(segment);
    return copy;
  }

  /**
   * Looks for NaN and infinity.
   *
   * @return true if there is none
   */
  public boolean finite() {
    for (long i = 0; i < length; i++) {
      if (!Float.isFinite(get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies all elements onto the heap.
   *
   * @return a new array; fails above 2<sup>31</sup> elements
   */
  public float[] toArray() {
    return segment.toArray(ValueLayout.JAVA_FLOAT);
  }

  private static long checked(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("length must be 0 or more: " + length);
    }
    return length;
  }
}
