package dev.rewire.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Native memory that is used again and again, grows when more is asked for, and is given back at
 * once when it is replaced or closed. Blocks of {@link Floats} and its like wait for the garbage
 * collector, which may never come when nothing else allocates.
 *
 * <p>Grown and closed by one thread; all threads may use what {@link #reserve} returned.
 */
public final class Scratch implements AutoCloseable {
  private @Nullable Arena arena;
  private MemorySegment segment = MemorySegment.NULL;

  /** Begins without memory. */
  public Scratch() {}

  /**
   * Makes room. Where there is not enough, what was there is lost and the room gets a sixteenth
   * more than asked for, so that sizes that vary a little do not move it each time.
   *
   * @param bytes how much is needed, 0 or more
   * @return 64-byte aligned, this much or more; valid until it grows again
   */
  public MemorySegment reserve(long bytes) {
    if (segment.byteSize() < bytes) {
      boolean grows = arena != null;
      close();
      long size = (grows ? bytes + bytes / 16 : bytes) + Floats.ALIGNMENT - 1;
      Arena shared = Arena.ofShared();
      arena = shared;
      segment = shared.allocate(size / Floats.ALIGNMENT * Floats.ALIGNMENT, Floats.ALIGNMENT);
    }
    return segment;
  }

  /**
   * Returns how much memory is held.
   *
   * @return 0 or more
   */
  public long bytes() {
    return segment.byteSize();
  }

  /** Gives the memory back; the next {@link #reserve} takes new one. */
  @Override
  public void close() {
    if (arena != null) {
      arena.close();
      arena = null;
      segment = MemorySegment.NULL;
    }
  }
}
