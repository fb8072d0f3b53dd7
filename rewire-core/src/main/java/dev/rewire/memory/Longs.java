package dev.rewire.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of {@code long}s outside the heap, aligned to 64 bytes and zero at first; see
 * {@link Floats}.
 */
public final class Longs {
  private final MemorySegment segment;
  private final long length;

  /**
   * Allocates zeros.
   *
   * @param length number of elements, 0 or more
   */
  public Longs(long length) {
    this(
        HugePages.under(
            Arena.ofAuto()
                .allocate(Math.multiplyExact(checked(length), Long.BYTES), Floats.ALIGNMENT)),
        length);
  }

  private Longs(MemorySegment segment, long length) {
    this.segment = segment;
    this.length = length;
  }

  /**
   * Views native memory that the caller provides.
   *
   * @param segment native, 64-byte aligned, its size a multiple of 8
   * @return a view, not a copy
   */
  public static Longs view(MemorySegment segment) {
    if (!segment.isNative() || segment.address() % Floats.ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "segment must be native and start at a multiple of " + Floats.ALIGNMENT + " bytes");
    }
    return new Longs(segment, segment.byteSize() / Long.BYTES);
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
   * Returns the memory itself.
   *
   * @return native, 64-byte aligned, {@code 8 * length} bytes
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
  public long get(long index) {
    return segment.getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  /**
   * Writes one element.
   *
   * @param index 0 to {@code length - 1}
   * @param value its new value
   */
  public void set(long index, long value) {
    segment.setAtIndex(ValueLayout.JAVA_LONG, index, value);
  }

  /**
   * Copies a range of another block, or of this one; the ranges may overlap.
   *
   * @param source where to read
   * @param from its first element
   * @param to where to write the first element here
   * @param count how many
   */
  public void copy(Longs source, long from, long to, long count) {
    MemorySegment.copy(
        source.segment, from * Long.BYTES, segment, to * Long.BYTES, count * Long.BYTES);
  }

  /**
   * Copies an array into this block.
   *
   * @param source the elements
   * @param from index of the first one to copy
   * @param to where to write it here
   * @param count how many
   */
  public void copy(long[] source, int from, long to, int count) {
    MemorySegment.copy(source, from, segment, ValueLayout.JAVA_LONG, to * Long.BYTES, count);
  }

  /**
   * Copies a range of this block into an array.
   *
   * @param from first element
   * @param target where to write, from index 0 on
   * @param count how many
   */
  public void read(long from, long[] target, int count) {
    MemorySegment.copy(segment, ValueLayout.JAVA_LONG, from * Long.BYTES, target, 0, count);
  }

  private static long checked(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("length must be 0 or more: " + length);
    }
    return length;
  }
}
