package dev.rewire.export;

import dev.rewire.random.RandomStreams;

/**
 * Some of the connections, drawn without replacement, each as likely as any other: selection
 * sampling (Knuth, The Art of Computer Programming 2, algorithm S), which needs no memory. The same
 * numbers give the same draw.
 */
final class EdgeSample {
  private static final long SEED = 1;

  private final long all;
  private final long size;
  private long seen;
  private long taken;

  EdgeSample(long all, long most) {
    this.all = all;
    size = Math.min(all, most);
  }

  /** How many will be taken. */
  long size() {
    return size;
  }

  /** Whether some are left out. */
  boolean partial() {
    return size < all;
  }

  /** Says whether the next connection is taken; to be asked once for each of them. */
  boolean next() {
    long left = all - seen;
    long needed = size - taken;
    boolean take = Math.unsignedMultiplyHigh(RandomStreams.mix(SEED + seen), left) < needed;
    seen++;
    taken += take ? 1 : 0;
    return take;
  }

  /** Says it in a sentence. */
  String sentence() {
    return partial()
        ? "%d of %d connections, drawn at random".formatted(size, all)
        : "all %d connections".formatted(all);
  }
}
