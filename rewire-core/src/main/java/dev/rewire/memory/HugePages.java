package dev.rewire.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Asks Linux for pages of 2 MB under large blocks. Rows are read at random, and with pages of 4 KB
 * nearly every one of them misses the cache of page addresses where a layer has millions of
 * neurons.
 *
 * <p>Only a wish: without it everything works the same, more slowly. It needs {@code
 * --enable-native-access} for this code and the usual setting {@code madvise} (or {@code always})
 * in {@code /sys/kernel/mm/transparent_hugepage/enabled}.
 */
final class HugePages {
  private static final long PAGE = 1 << 21;

  /** Blocks below this size gain nothing. */
  private static final long LEAST = 2 * PAGE;

  // Numbers of Linux: asm-generic/mman-common.h.
  private static final int DONTNEED = 4;
  private static final int HUGEPAGE = 14;

  private static final @Nullable MethodHandle MADVISE = find();

  private HugePages() {}

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find() {
    if (!System.getProperty("os.name", "").equals("Linux")
        || !HugePages.class.getModule().isNativeAccessEnabled()) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("madvise")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT)))
        .orElse(null);
  }

  /**
   * Puts a new block on large pages.
   *
   * @param zeros a block of zeros that nobody has written to
   * @return the same block
   */
  static MemorySegment under(MemorySegment zeros) {
    if (MADVISE == null || zeros.byteSize() < LEAST) {
      return zeros;
    }
    long from = Math.ceilDiv(zeros.address(), PAGE) * PAGE;
    long length = (zeros.address() + zeros.byteSize()) / PAGE * PAGE - from;
    try {
      if (length > 0 && (int) MADVISE.invokeExact(from, length, HUGEPAGE) == 0) {
        // The small pages that clearing has made go back; what comes in their place is zero, too.
        int ignored = (int) MADVISE.invokeExact(from, length, DONTNEED);
      }
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    return zeros;
  }
}
